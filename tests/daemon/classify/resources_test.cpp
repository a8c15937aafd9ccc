#include "daemon/classify/resources.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace newsd;

namespace {

constexpr std::string_view kVocabulary = "# a small one\n10000000\t\tharbours\n20000001\t10000000\tferries\n";

Result<std::shared_ptr<const Resources>> made(std::string_view pack, std::string_view vocabulary = kVocabulary) {
  const std::vector<NamedText> packs = {{"own.toml", pack}};
  return make_resources(packs, {"topics.tsv", vocabulary});
}

std::string error_of(std::string_view pack, std::string_view vocabulary = kVocabulary) {
  const auto result = made(pack, vocabulary);
  return result ? "no error" : result.error().message();
}

std::string topic(std::string_view rest) {
  return "language = \"en\"\n[[topic]]\ncode = \"20000001\"\nname = \"ferries\"\n" + std::string(rest);
}

}  // namespace

TEST_CASE("what is embedded compiles and names its versions") {
  const auto resources = default_resources();
  CHECK(resources->tree.size() == 1099);
  CHECK(resources->topics_version == "medtop-rules-2");
  CHECK(resources->language->version().starts_with("language-"));
  CHECK(resources->topics.rules.size() > 40);
  CHECK(default_resources() == resources);
}

TEST_CASE("every file of conf/topics is embedded as it is") {
  std::vector<std::string> texts;
  std::vector<NamedText> packs;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(NEWSD_SOURCE_DIR "/conf/topics"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  texts.reserve(files.size());
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    packs.push_back({file.filename().string(), texts.back()});
  }
  const auto resources = make_resources(packs);
  REQUIRE(resources.has_value());
  CHECK((*resources)->topics_version == default_resources()->topics_version);
}

TEST_CASE("other packs than the embedded ones have another version") {
  const auto resources = made(topic("strong = [\"ferry\"]"));
  REQUIRE(resources.has_value());
  CHECK((*resources)->topics_version.starts_with("medtop-rules-2+"));
  CHECK(made(topic("strong = [\"boat\"]")).value()->topics_version != (*resources)->topics_version);
}

TEST_CASE("no packs are no error, and no topics") {
  const auto resources = make_resources({}, {"topics.tsv", kVocabulary});
  REQUIRE(resources.has_value());
  CHECK((*resources)->topics.rules.empty());
}

TEST_CASE("a mistake in a rule pack is named with its file and line") {
  CHECK(error_of("language = \"en\"\n[[topic]\n").starts_with("own.toml:2: "));
  CHECK(error_of("[[topic]]\ncode = \"20000001\"").starts_with("own.toml:1: a rule pack says its language"));
  CHECK(error_of("language = \"EN\"").find("says its language") != std::string::npos);
  CHECK(error_of("language = \"en\"\ntopics = 3") ==
        "own.toml:2: a rule pack has `language = \"…\"` and [[topic]] tables, not this `topics`");
  CHECK(error_of("language = \"en\"\n[[topic]]\nname = \"ferries\"") ==
        "own.toml:2: a [[topic]] needs the code of its topic");
  CHECK(error_of("language = \"en\"\n[[topic]]\ncode = \"20000009\"") ==
        "own.toml:3: the vocabulary has no topic 20000009");
  CHECK(error_of("language = \"en\"\n[[topic]]\ncode = \"20000001\"\nname = \"boats\"") ==
        "own.toml:2: topic 20000001 is named \"ferries\"");
  CHECK(error_of(topic("strng = [\"ferry\"]")).starts_with("own.toml:5: `strng` is no key"));
  CHECK(error_of(topic("threshold = -1")).starts_with("own.toml:5: `threshold`"));
  CHECK(error_of(topic("strong = \"ferry\"")) == "own.toml:5: phrases stand in a list of strings");
  CHECK(error_of(topic("strong = [\"ferry\",\n  3]")) == "own.toml:6: a phrase is a string");
  CHECK(error_of(topic("strong = [\"ferry\"]\nweak = [\n\"Ferry\"]")) ==
        "own.toml:7: the phrase \"Ferry\" stands twice in this topic");
  for (const std::string phrase : {"", "…", "*", "fer*ry", "a b c d e f g h i j k"}) {
    CAPTURE(phrase);
    CHECK(error_of(topic("strong = [\"" + phrase + "\"]")).find("is no phrase") != std::string::npos);
  }
}

TEST_CASE("a mistake in the vocabulary is named with its file and line") {
  CHECK(error_of("", "10000000 harbours\n").starts_with("topics.tsv:1: "));
  CHECK(error_of("", "1000000x\t\tharbours\n").starts_with("topics.tsv:1: a topic's code"));
  CHECK(error_of("", "\n10000000\t\t\n") == "topics.tsv:2: topic 10000000 has no name");
  CHECK(error_of("", "10000000\t\ta\n10000000\t\tb\n") == "topics.tsv:2: topic 10000000 stands twice");
  CHECK(error_of("", "10000000\t30000000\ta\n") == "topics.tsv:1: the parent 30000000 is no topic");
  CHECK(error_of("", "10000000\t20000000\ta\n20000000\t10000000\tb\n").find("own ancestor") != std::string::npos);
}
