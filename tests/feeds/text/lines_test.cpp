#include "feeds/text/lines.h"

#include "feeds/text/controls.h"
#include "feeds/text/words.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string numbered(std::string_view text) {
  std::string out;
  for (const Line& line : split_lines(text).lines)
    out += std::to_string(line.number) + "[" + std::string(line.text) + "]";
  return out;
}

}  // namespace

TEST_CASE("every kind of line end ends a line") {
  CHECK(numbered("a\nb\r\nc\rd\xC2\x85"
                 "e\xE2\x80\xA8"
                 "f\xE2\x80\xA9g") == "1[a]2[b]3[c]4[d]5[e]6[f]7[g]");
}

TEST_CASE("empty lines are lines and a last line end starts none") {
  CHECK(numbered("a\n\n\r\n\rb\n") == "1[a]2[]3[]4[]5[b]");
  CHECK(numbered("") == "");
  CHECK(numbered("\n") == "1[]");
  CHECK(numbered("\xE2\x80") == "1[\xE2\x80]");
}

TEST_CASE("more lines than wanted are said to be cut") {
  CHECK(split_lines("a\nb\nc", 1, 2).cut);
  CHECK(split_lines("a\nb\nc", 1, 2).lines.size() == 2);
  CHECK_FALSE(split_lines("a\nb\nc", 1, 3).cut);
  CHECK_FALSE(split_lines("a\nb\n", 1, 2).cut);
  CHECK(split_lines("a\nb", 7).lines[1].number == 8);
}

TEST_CASE("white space of any width is trimmed, inside it stays") {
  CHECK(trimmed("\xC2\xA0 \t a\xC2\xA0"
                "b  c \xE3\x80\x80\xEF\xBB\xBF") ==
        "a\xC2\xA0"
        "b  c");
  CHECK(trimmed(" \xE2\x80\x8B\xC2\xA0 ").empty());
  CHECK(trimmed("渡") == "渡");
}

TEST_CASE("control characters go, tabs and line ends stay") {
  CHECK(without_controls("a\x07"
                         "b\tc\r\n\x1B[1md\x7F\xC2\x9B\xC2\x85"
                         "e") ==
        "ab\tc\r\n[1md\xC2\x85"
        "e");
  CHECK(without_controls("page\fnext\vline") == "page next line");
  CHECK(without_controls("caf\xC3\xA9 \xC2\xA0") == "caf\xC3\xA9 \xC2\xA0");
}

TEST_CASE("words are counted in scripts with and without spaces") {
  CHECK(count_words("It’s a well-known fact – isn't it?") == 6);
  CHECK(count_words("Паром ушёл.") == 2);
  CHECK(count_words("渡船九点出发。") == 6);
  CHECK(count_words(" … — “” ") == 0);
}
