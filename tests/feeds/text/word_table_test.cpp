#include "feeds/text/word_table.h"

#include <catch2/catch.hpp>

#include <string>

using namespace newsd;

namespace {

using Numbered = std::pair<std::string_view, int>;
constexpr WordTable kNumbers(
    std::to_array<Numbered>({{"one", 1}, {"two", 2}, {"three", 3}, {"zwölf", 12}, {"x", 10}, {"two", 22}}));
constexpr WordSet kSmall({"a", "the", "of"});
static_assert(kNumbers.find("three", 0) == 3 && !kSmall.contains("then"));

}  // namespace

TEST_CASE("a word of the table is found, and no other") {
  CHECK(kNumbers.find("one", 0) == 1);
  CHECK(kNumbers.find("three", 0) == 3);
  CHECK(kNumbers.find("zwölf", 0) == 12);
  CHECK(kNumbers.find("x", 0) == 10);
  CHECK(kNumbers.find("two", 0) == 2);  // of equal words the first
  CHECK(kNumbers.find("", -1) == -1);
  CHECK(kNumbers.find("thrae", -1) == -1);
  CHECK(kNumbers.find("threes", -1) == -1);
  CHECK(kNumbers.find(std::string(1000, 'o'), -1) == -1);
  CHECK(kSmall.contains("the"));
  CHECK_FALSE(kSmall.contains("ten"));
}

TEST_CASE("of all words of three letters those of the tables are found") {
  int found = 0;
  std::string word(3, 'a');
  for (char a = 'a'; a <= 'z'; ++a)
    for (char b = 'a'; b <= 'z'; ++b)
      for (char c = 'a'; c <= 'z'; ++c) {
        word = {a, b, c};
        found += (kNumbers.find(word, 0) != 0) + kSmall.contains(word);
      }
  CHECK(found == 3);  // one, two, the
}
