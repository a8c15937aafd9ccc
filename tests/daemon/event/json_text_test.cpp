#include "daemon/event/json_text.h"

#include <catch2/catch.hpp>

#include <limits>
#include <string>

using namespace std::string_literals;

namespace newsd {
namespace {

std::string quoted(std::string_view text) { return JsonText().string(text).take(); }

TEST_CASE("commas stand between members and elements, and nowhere else") {
  JsonText json;
  json.begin_object().key("a").begin_array().end_array().member("b", "x").key("c").begin_array();
  json.integer(1).string("y").begin_object().end_object().null().boolean(true).end_array().end_object();
  CHECK(json.take() == R"({"a":[],"b":"x","c":[1,"y",{},null,true]})");
}

TEST_CASE("groups of members stand on lines of their own") {
  JsonText json;
  json.member("a", "1").member("b", "2").next_line().member("c", "3");
  CHECK(json.take() == "\"a\":\"1\",\"b\":\"2\"\n\"c\":\"3\"");
}

TEST_CASE("an absent field is left out") {
  CHECK(JsonText().member_if("a", "").member_if("b", "x").take() == R"("b":"x")");
}

TEST_CASE("quotes, backslashes and control characters are escaped, NUL, DEL and C1 too") {
  CHECK(quoted("a\"b\\c/\n\t\r") == R"("a\"b\\c/\n\t\r")");
  CHECK(quoted("\0\x01\x1b\x1f\x7f"s) == R"("\u0000\u0001\u001b\u001f\u007f")");
  CHECK(quoted("\xC2\x80\xC2\x9B\xC2\x9F\xC2\xA0") == "\"\\u0080\\u009b\\u009f\xC2\xA0\"");
}

TEST_CASE("line and paragraph separators are escaped, their neighbours are not") {
  CHECK(quoted("\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA") == "\"\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA\"");
}

TEST_CASE("text beyond ASCII stays as it is") {
  const std::string text = "Åse “東港” 🛳 \xF4\x8F\xBF\xBF";
  CHECK(quoted(text) == "\"" + text + "\"");
}

TEST_CASE("bytes that are no UTF-8 become U+FFFD and what follows them survives") {
  CHECK(quoted("a\xff\x62") ==
        "\"a\xEF\xBF\xBD"
        "b\"");
  CHECK(quoted("\xC3(") == "\"\xEF\xBF\xBD(\"");
  CHECK(quoted("\xC0\x80\xED\xA0\x80").find('\x80') == std::string::npos);
  CHECK(quoted("end \xE2\x82") == "\"end \xEF\xBF\xBD\"");
  CHECK(quoted("\xE2\x80") == "\"\xEF\xBF\xBD\"");
  CHECK(quoted("\xC2") == "\"\xEF\xBF\xBD\"");
}

TEST_CASE("numbers are printed the same everywhere, and what is no number as 0") {
  CHECK(JsonText().integer(UINT64_MAX).take() == "18446744073709551615");
  CHECK(JsonText().decimal(1).take() == "1");
  CHECK(JsonText().decimal(0.98765).take() == "0.988");
  CHECK(JsonText().decimal(0.1 + 0.2).take() == "0.3");
  CHECK(JsonText().decimal(std::numeric_limits<double>::quiet_NaN()).take() == "0");
  CHECK(JsonText().decimal(std::numeric_limits<double>::infinity()).take() == "0");
}

}  // namespace
}  // namespace newsd
