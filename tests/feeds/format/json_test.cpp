#include "feeds/format/json.h"

#include <catch2/catch.hpp>

using namespace newsd;
using namespace std::string_literals;

TEST_CASE("a value keeps its strings, its digits and its order") {
  const auto parsed = parse_json(R"( {"a":"\u00e9\n","n":-1.50e3,"l":[true,false,null,{}],"a":"last"} )");
  REQUIRE(parsed.has_value());
  CHECK(*parsed->find("a")->as_string() == "last");
  CHECK(*parsed->find("n")->as_number() == "-1.50e3");
  CHECK(parsed->find("n")->as_double() == -1500.0);
  REQUIRE(parsed->find("l")->as_array() != nullptr);
  CHECK(parsed->find("l")->as_array()->size() == 4);
  CHECK(parsed->find("l")->as_array()->at(2).is_null());
  CHECK(parsed->find("l")->as_array()->at(3).is_object());
  CHECK(parsed->find("none") == nullptr);
  CHECK(parsed->find("a")->find("b") == nullptr);
  CHECK(parsed->find("a")->as_number() == nullptr);
}

TEST_CASE("what RFC 8259 forbids is refused with its column") {
  for (const char* text : {"", " ", "{", "{\"a\"}", "[1,]", "{'a':1}", "01", "+1", "nul", "\"a", "\"\t\"", "\"\xE9\"",
                           "1 2", "// c\n1", "NaN", "\"\\x\""}) {
    CAPTURE(text);
    const auto parsed = parse_json(text);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().code == "malformed-json");
    CHECK(parsed.error().where.starts_with("column "));
  }
  CHECK(parse_json("[1, x]").error().where == "column 5");
}

TEST_CASE("half of a surrogate pair is a character that cannot be shown, not the end of the document") {
  const auto text_of = [](const char* json) { return *parse_json(json).value().as_string(); };
  CHECK(text_of(R"("a\ud83d")") == "a\uFFFD");  // an emoji cut in two
  CHECK(text_of(R"("\ude00z")") == "\uFFFDz");
  CHECK(text_of(R"("\uDE00\uD83D")") == "\uFFFD\uFFFD");  // the halves in the wrong order
  CHECK(text_of(R"("\ud83d\ud83d\ude00")") == "\uFFFD\U0001F600");
  CHECK(text_of(R"("\ud83d\n\\ude00")") == "\uFFFD\n\\ude00");  // an escaped backslash
  CHECK(text_of(R"("\ud83d\ude00")") == "\U0001F600");
  const auto named = parse_json(R"({"\ud83d":1})");
  CHECK(named.value().find("\uFFFD") != nullptr);
  CHECK(parse_json(R"("\ud83)").has_error());
  CHECK(parse_json(R"("\ud83")").has_error());
}

TEST_CASE("a zero byte ends no document quietly") { CHECK(parse_json("1\0{"s).has_error()); }

TEST_CASE("a number beyond every double is no number") {
  const auto parsed = parse_json("[1.79e309, 5e-324, 123456789012345678901234567890]");
  if (parsed.has_value()) {
    CHECK_FALSE(parsed->as_array()->at(0).as_double());
    CHECK(*parsed->as_array()->at(2).as_number() == "123456789012345678901234567890");
  } else {
    CHECK(parsed.error().code == "malformed-json");
  }
}

TEST_CASE("depth and size are bounded, a million brackets cost nothing") {
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']')).has_value());
  const auto deep = parse_json(std::string(65, '[') + std::string(65, ']'));
  REQUIRE(deep.has_error());
  CHECK(deep.error().text == "JSON nested deeper than 64 levels");
  CHECK(parse_json(std::string(1'000'000, '[')).has_error());
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"title\":";
  CHECK(parse_json(objects).has_error());
  const auto large = parse_json("[1,2,3,4,5]", {64, 4});
  REQUIRE(large.has_error());
  CHECK(large.error().text == "JSON of more than 4 values");
}
