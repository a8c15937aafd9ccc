// conf/man/newsd-events.7 held against the event types and the schema: what one of them names, the other has, and the
// words below a member are the schema's.
#include "daemon/event/encoding.h"
#include "daemon/event/event.h"
#include "daemon/event/event_schema.h"
#include "daemon/event/json_walk.h"
#include "tests/support/manual_page.h"

#include <map>
#include <set>

using namespace newsd;

namespace {

using Members = std::map<std::string, std::string>;  // name → what is said of it

Members told_in(const std::string& section) {
  Members members;
  for (const ManualItem& item : manual_items("newsd-events.7")) {
    if (item.section != section) continue;
    CAPTURE(item.line);
    REQUIRE(item.line.starts_with("Cm "));
    CHECK(members.emplace(item.line.substr(3), item.text).second);
  }
  return members;
}

/// The schema's leaves by their paths.
const std::map<std::string, std::string>& schema() {
  static const auto leaves = [] {
    std::map<std::string, std::string> all;
    REQUIRE(
        walk_json(embedded::event_schema(), [&](const JsonLeaf& leaf) { all[std::string(leaf.path)] = leaf.text; }));
    return all;
  }();
  return leaves;
}

std::string leaf(const std::string& path) {
  const auto found = schema().find(path);
  return found == schema().end() ? std::string() : found->second;
}

/// The properties below a place of the schema: a member's own description, else that of what it refers to, or holds.
Members properties_of(const std::string& place) {
  const std::string prefix = place.empty() ? "properties." : place + ".properties.";
  Members members;
  for (const auto& [path, text] : schema()) {
    if (!path.starts_with(prefix)) continue;
    const std::string name = path.substr(prefix.size(), path.find('.', prefix.size()) - prefix.size());
    const std::string member = prefix + name;
    std::string says = leaf(member + ".description");
    if (const std::string of = leaf(member + ".$ref"); says.empty() && of.starts_with("#/$defs/"))
      says = leaf("$defs." + of.substr(8) + ".description");
    if (says.empty()) says = leaf(member + ".items.description");
    members[name] = says;
  }
  return members;
}

}  // namespace

TEST_CASE("newsd-events(7) tells every event type and no other") {
  std::set<std::string> types;
  for (const auto& [type, text] : told_in("TYPES")) {
    CAPTURE(type);
    CHECK_FALSE(text.empty());
    types.insert(type);
  }
  std::set<std::string> known;
  for (auto n = static_cast<int>(EventType::ArticleNew); n <= static_cast<int>(kLastEventType); ++n)
    known.emplace(to_string(static_cast<EventType>(n)));
  CHECK(types == known);
}

TEST_CASE("newsd-events(7) tells the envelope and the members of data in the schema's words") {
  Members envelope = properties_of("");
  CHECK(envelope.erase("data") == 1);
  CHECK(told_in("ENVELOPE") == envelope);
  CHECK(told_in("ARTICLES") == properties_of("$defs.article"));
  CHECK(told_in("LABELS") == properties_of("$defs.labels"));
  CHECK(told_in("STORIES") == properties_of("$defs.story"));
  CHECK(told_in("FEEDS") == properties_of("$defs.feed"));
  CHECK(told_in("INPUTS") == properties_of("$defs.origin"));
  CHECK(told_in("REASONS") == properties_of("$defs.reason"));
  CHECK(told_in("GAPS") == properties_of("$defs.gap"));
  CHECK(told_in("THE DAEMON") == properties_of("$defs.daemon"));
  CHECK(envelope.size() > 10);
  CHECK(properties_of("$defs.article").size() > 15);
}

TEST_CASE("newsd-events(7) tells every encoding and no other") {
  std::set<std::string> told, known;
  for (const auto& [name, text] : told_in("ENCODINGS")) told.insert(name);
  for (const Encoding& encoding : encodings()) known.emplace(encoding.name);
  CHECK(told == known);
}
