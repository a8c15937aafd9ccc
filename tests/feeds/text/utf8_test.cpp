#include "feeds/text/utf8.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("well-formed UTF-8 is told from ill-formed") {
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("plain ASCII, longer than eight bytes"));
  CHECK(is_valid_utf8("é € 𝄞 渡 \xF4\x8F\xBF\xBF"));
  for (const char* bytes :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "\xF0\x9D\x84", "\xFF", "12345678\xE9t\xE9"}) {
    CAPTURE(bytes);
    CHECK_FALSE(is_valid_utf8(bytes));
    CHECK(is_valid_utf8(repair_utf8(bytes).text));
  }
}

TEST_CASE("each maximal subpart becomes one replacement character") {
  // the example of Unicode 15, table 3-8
  const auto repaired = repair_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41");
  CHECK(repaired.replaced == 8);
  CHECK(repaired.text.back() == 'A');
  CHECK(repair_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41").replaced == 4);
  CHECK(repair_utf8("caf\xC3\xA9").replaced == 0);
  CHECK(repair_utf8("caf\xC3\xA9").multibyte == 1);
}

TEST_CASE("characters are walked and written back") {
  const std::string text = "aé€𝄞";
  std::string again;
  std::size_t at = 0;
  while (at < text.size()) append_utf8(again, next_character(text, at));
  CHECK(again == text);
  CHECK(count_characters(text) == 4);
}

TEST_CASE("what is no character is written as the replacement character") {
  std::string out;
  append_utf8(out, 0xD800);
  append_utf8(out, 0x110000);
  CHECK(out == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("text is shortened at a character's end") {
  CHECK(shortened("aé€", 10) == "aé€");
  CHECK(shortened("aé€", 5) == "aé");
  CHECK(shortened("aé€", 2) == "a");
  CHECK(shortened("€", 2) == "");
  CHECK(shortened("€", 0) == "");
}
