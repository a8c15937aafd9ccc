// conf/newsd.toml, the reference people read, held against the table of keys.
#include "daemon/config/config.h"
#include "daemon/config/keys.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <sstream>

using namespace newsd;

namespace {

const std::filesystem::path kReference = std::filesystem::path(NEWSD_SOURCE_DIR) / "conf/newsd.toml";

/// The lines of the reference without the mark that comments them out, by section ("" is the top); prose is dropped.
struct Reference {
  std::map<std::string, std::map<std::string, std::string>> lines;  // section → key → whole line
  std::string uncommented;
};

bool is_key_line(const std::string& line) {
  const auto end = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  return end != 0 && end != std::string::npos && line.compare(end, 3, " = ") == 0;
}

Reference read_reference() {
  std::ifstream in(kReference);
  REQUIRE(in);
  Reference reference;
  std::string section;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) line.erase(0, 1);
    if (line.starts_with('[')) {
      section = line.substr(line.find_first_not_of('['));
      section.erase(section.find(']'));
    } else if (is_key_line(line)) {
      reference.lines[section][line.substr(0, line.find(' '))] = line;
    } else {
      continue;
    }
    reference.uncommented += line + "\n";
  }
  return reference;
}

template <class S>
void check_section(Reference& reference, const std::string& name, const S& defaults) {
  auto& lines = reference.lines[name];
  CAPTURE(name);
  for (const auto& key : keys_of<S>()) {
    CAPTURE(key.facts.name);
    const auto at = lines.find(std::string(key.facts.name));
    REQUIRE(at != lines.end());
    const auto& line = at->second;
    CHECK(line.ends_with("# " + std::string(key.facts.doc)));
    if ((name == "drop" || name == "feed" || name == "rule") && key.facts.required) continue;  // no default: an example
    const auto start = std::string(key.facts.name) + " = " + toml_of(key.facts, key.get(defaults));
    CHECK(line.substr(0, line.find_last_not_of(' ', line.find("#") - 1) + 1) == start);
  }
  CHECK(lines.size() == keys_of<S>().size());
}

}  // namespace

TEST_CASE("the reference shows every key with its documentation and its default, and no other") {
  auto reference = read_reference();
  each_section(static_cast<const Config&>(Config{}), [&](std::string_view name, const auto& section) {
    check_section(reference, std::string(name), section);
  });
  check_section(reference, "drop", DropConfig{});
  check_section(reference, "feed", FeedConfig{});
  check_section(reference, "output", OutputConfig{});
  check_section(reference, "rule", RuleConfig{});
}

TEST_CASE("the reference with every line uncommented gives the defaults") {
  const auto loaded = parse_config(read_reference().uncommented, kReference);
  for (const auto& error : loaded.errors) UNSCOPED_INFO(error.message());
  CHECK(loaded.errors.empty());
  Config expected;
  auto& drop = expected.drops.emplace_back();
  drop.path = drop.name = "/var/lib/newsd/inbox";
  expected.feeds.emplace_back().url = "https://news.example/rss";
  expected.outputs.emplace_back().name = "stdout";
  expected.rules.push_back({"ceasefire", "ceasefire*", RuleConfig::Action::Label, 0});
  CHECK(show_config(loaded.config) == show_config(expected));
}

TEST_CASE("the reference as it is installed gives the defaults") {
  std::ifstream in(kReference);
  std::ostringstream text;
  text << in.rdbuf();
  const auto loaded = parse_config(text.str(), kReference);
  CHECK(loaded.errors.empty());
  CHECK(show_config(loaded.config) == show_config(Config{}));
}
