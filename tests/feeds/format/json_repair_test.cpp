#include "feeds/format/json_repair.h"

#include "feeds/format/json.h"

#include <catch2/catch.hpp>

namespace newsd {

TEST_CASE("JSON that is whole stays as it is") {
  for (const std::string text : {R"({"a": [1, "x", {"b": null}], "c": "d \"e\" \\"})", R"([])", R"("x")", R"({})"})
    CHECK(repaired_json(text) == text);
}

TEST_CASE("commas before closing brackets are dropped") {
  CHECK(repaired_json(R"({"a": [1, 2, ], })") == R"({"a": [1, 2 ] })");
  CHECK(repaired_json(R"({"a": 1,)") == R"({"a": 1})");
}

TEST_CASE("what never closes is closed at the end") {
  CHECK(repaired_json(R"({"a": {"b": [1)") == R"({"a": {"b": [1]}})");
  CHECK(repaired_json(R"({"a": "cut sho)") == R"({"a": "cut sho"})");
  CHECK(repaired_json(R"({"a": [1})") == R"({"a": [1]})");
}

TEST_CASE("quotation marks inside a string are escaped") {
  CHECK(repaired_json(R"({"headline": "The "old" quay", "x": 1})") == R"({"headline": "The \"old\" quay", "x": 1})");
}

TEST_CASE("what stands behind the first value is left out") {
  CHECK(repaired_json(R"({"a": 1}}; more)") == R"({"a": 1})");
}

TEST_CASE("the repaired text of such faults can be read") {
  for (const std::string text : {R"({"a": [1, 2, ], })", R"({"a": {"b": [1)", R"({"headline": "The "old" quay",})"})
    CHECK(parse_json(repaired_json(text)).has_value());
}

}  // namespace newsd
