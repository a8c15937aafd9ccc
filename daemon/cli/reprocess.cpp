#include "daemon/cli/reprocess.h"

#include "daemon/event/json_text.h"
#include "daemon/event/json_walk.h"
#include "feeds/source/file_identity.h"
#include "feeds/text/digest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace newsd {
namespace {

/// What may differ although the reading is the same: what placing said, when it was, and by which version.
bool is_reading(std::string_view path) {
  constexpr std::array<std::string_view, 15> kNot{"data.item.uri",
                                                  "data.item.version",
                                                  "data.item.pubStatus",
                                                  "data.item.representationType",
                                                  "data.newsd.version",
                                                  "data.newsd.dedupe",
                                                  "data.newsd.story",
                                                  "data.newsd.revision",
                                                  "data.newsd.timing",
                                                  "data.newsd.pipeline",
                                                  "data.newsd.origin.receivedAt",
                                                  "data.newsd.origin.input",
                                                  "data.newsd.origin.uri",
                                                  "data.newsd.origin.kind",
                                                  "data.origin"};
  if (!path.starts_with("data.")) return path == "type";
  if (path.starts_with("data.item.associations.") && path.ends_with(".uri")) return false;  // holds the article's own
  return std::none_of(kNot.begin(), kNot.end(), [&](std::string_view not_it) { return path.starts_with(not_it); });
}

struct Leaf {
  std::string text;
  bool is_string = false;
  bool operator==(const Leaf&) const = default;
};
using Leaves = std::map<std::string, Leaf, std::less<>>;

Leaves leaves_of(std::string_view line) {
  Leaves leaves;
  walk_json(line, [&](const JsonLeaf& leaf) {
    if (is_reading(leaf.path)) leaves.emplace(leaf.path, Leaf{std::string(leaf.text), leaf.is_string});
  });
  // an update is a new article to whoever has never seen it
  if (const auto type = leaves.find("type"); type != leaves.end() && type->second.text == "newsd.article.updated")
    type->second.text = "newsd.article.new";
  return leaves;
}

void add_values(std::string_view name, const std::vector<std::string>& paths, const Leaves& leaves, JsonText& json) {
  json.key(name).begin_object();
  for (const auto& path : paths) {
    const auto at = leaves.find(path);
    if (at == leaves.end()) continue;
    json.key(path);
    if (at->second.is_string)
      json.string(at->second.text);
    else
      json.raw(at->second.text);
  }
  json.end_object();
}

}  // namespace

/// What an event says about its input.
struct Reprocessor::Told {
  std::string sequence, subject, uri, input, member, sha256, received_at, bytes;

  static Told from(std::string_view line) {
    Told told;
    const std::map<std::string_view, std::string*> wanted{{"sequence", &told.sequence},
                                                          {"subject", &told.subject},
                                                          {"data.newsd.origin.uri", &told.uri},
                                                          {"data.newsd.origin.input", &told.input},
                                                          {"data.newsd.origin.member", &told.member},
                                                          {"data.origin.member", &told.member},
                                                          {"data.newsd.origin.sha256", &told.sha256},
                                                          {"data.newsd.origin.receivedAt", &told.received_at},
                                                          {"data.newsd.origin.bytes", &told.bytes}};
    walk_json(line, [&](const JsonLeaf& leaf) {
      if (const auto at = wanted.find(leaf.path); at != wanted.end()) *at->second = leaf.text;
    });
    return told;
  }
};

/// The lines the input would make today, or nothing when it is gone.
const std::vector<std::string>* Reprocessor::lines_of(const Told& told) {
  if (const auto input = told.uri + "\n" + told.sha256; input != last_input_) {
    last_input_ = input;
    last_lines_.clear();
    const auto path = path_of_file_uri(told.uri);
    std::uint64_t size = 0;
    std::from_chars(told.bytes.data(), told.bytes.data() + told.bytes.size(), size);
    auto bytes = path ? archive_.find(*path, size, told.sha256) : std::nullopt;
    if (!bytes) return nullptr;
    Document document;
    document.bytes = std::move(*bytes);
    auto& origin = document.origin;
    origin.input = told.input;
    origin.uri = told.uri;
    origin.name = readable_name(path->filename().string());
    origin.received_at = parse_rfc3339(told.received_at).value_or(Instant{});
    origin.bytes = document.bytes.size();
    origin.sha256 = sha256(document.bytes);
    const auto drop = std::find_if(config_.drops.begin(), config_.drops.end(),
                                   [&](const DropConfig& d) { return d.name == told.input; });
    if (drop != config_.drops.end()) document.forced = drop->format;
    ParseStream().each_line(prepare(document, *preparation_, learned_.learned()),
                            [&](std::string_view line) { last_lines_.emplace_back(line); });
  }
  return last_lines_.empty() ? nullptr : &last_lines_;
}

std::optional<std::string> Reprocessor::difference(std::string_view line) {
  const auto told = Told::from(line);
  const auto* lines = lines_of(told);
  if (lines == nullptr) {
    ++gone_;
    return std::nullopt;
  }
  ++read_again_;
  const auto before = leaves_of(line);
  Leaves after;  // empty when the input no longer has this part
  for (const auto& now : *lines) {
    if (Told::from(now).member == told.member) after = leaves_of(now);
  }
  std::vector<std::string> changed;
  for (const auto& [path, leaf] : before) {
    const auto at = after.find(path);
    if (at == after.end() || at->second != leaf) changed.push_back(path);
  }
  for (const auto& [path, leaf] : after) {
    if (!before.contains(path)) changed.push_back(path);
  }
  if (changed.empty()) return std::nullopt;
  JsonText json;
  json.begin_object().member("sequence", told.sequence).member("subject", told.subject).key("changed").begin_array();
  for (const auto& path : changed) json.string(path);
  json.end_array();
  add_values("before", changed, before, json);
  add_values("after", changed, after, json);
  return json.end_object().take();
}

}  // namespace newsd
