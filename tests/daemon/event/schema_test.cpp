#include "daemon/event/event.h"
#include "daemon/event/event_schema.h"
#include "daemon/event/json_walk.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace newsd {
namespace {

TEST_CASE("the schema in the program is the file in the tree") {
  std::ifstream file(std::string(NEWSD_SOURCE_DIR) + "/daemon/event/newsd-event-1.schema.json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  REQUIRE_FALSE(text.empty());
  CHECK(embedded::event_schema() == text);
}

TEST_CASE("the schema knows exactly the types the program knows") {
  std::set<std::string> said, known;
  REQUIRE(walk_json(embedded::event_schema(), [&](const JsonLeaf& leaf) {
    if (leaf.path.starts_with("properties.type.enum.")) said.emplace(leaf.text);
  }));
  for (int n = 1; n <= static_cast<int>(kLastEventType); ++n) known.emplace(to_string(static_cast<EventType>(n)));
  CHECK(said == known);
}

}  // namespace
}  // namespace newsd
