#include "daemon/dedupe/text_changes.h"

#include "tests/daemon/dedupe/desk.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

namespace newsd {
namespace {

Revision told(const std::string& before, const std::string& after) {
  Revision revision;
  const Article now = article("Crane falls", {after});
  tell_changes(before, after, candidate_of(now, dropped_as("a.txt")), revision);
  return revision;
}

}  // namespace

TEST_CASE("words count as often as they stand in one text more than in the other") {
  CHECK(words_changed("the crane fell", "the crane fell and fell") == WordsChanged{2, 0});
  CHECK(words_changed("the crane fell and fell", "the crane fell") == WordsChanged{0, 2});
  CHECK(words_changed("", "two words") == WordsChanged{2, 0});
  CHECK(words_changed("", "") == WordsChanged{0, 0});
}

TEST_CASE("neither place nor case nor punctuation makes a word another") {
  CHECK(words_changed("The crane fell. Nobody was hurt.", "NOBODY was hurt; the crane fell") == WordsChanged{0, 0});
  CHECK(words_changed("Die Straße ist zu", "die Strasse ist zu").added <= 1);
  CHECK(words_changed("first\n\nsecond", "second\n\nfirst") == WordsChanged{0, 0});
}

TEST_CASE("of scripts without spaces characters count") {
  CHECK(words_changed("港が閉まる", "港が開まる") == WordsChanged{1, 1});
}

TEST_CASE("words changed agree with counting them one by one, and turn around with the texts") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 50; ++round) {
    std::map<int, long> balance;
    const auto text = [&](long sign) {
      std::string made;
      const auto length = static_cast<int>(random() % 60);
      for (int i = 0; i < length; ++i) {
        const int word = static_cast<int>(random() % 12);
        balance[word] += sign;
        made += std::string(static_cast<std::size_t>(word) + 1, 'a') + (random() % 5 == 0 ? ". " : " ");
      }
      return made;
    };
    const std::string before = text(-1), after = text(1);
    WordsChanged expected;
    for (const auto& [word, more] : balance)
      (more > 0 ? expected.added : expected.removed) += static_cast<std::uint64_t>(std::abs(more));
    REQUIRE(words_changed(before, after) == expected);
    REQUIRE(words_changed(after, before) == WordsChanged{expected.removed, expected.added});
  }
}

TEST_CASE("a short text's changed number is told with the words around it") {
  const Revision revision = told("12 sailors were hurt.", "15 sailors were hurt.");
  CHECK(revision.words == WordsChanged{1, 1});
  REQUIRE(revision.numbers.size() == 1);
  CHECK(revision.numbers[0] == NumberChange{"12", "15", "15 sailors were hurt"});
}

TEST_CASE("of very many changed numbers the first are told") {
  std::string before, after;
  for (int i = 0; i < 2000; ++i) {
    const std::string word = "word" + std::to_string(i) + "x ";
    before += word + std::to_string(i) + " ";
    after += word + std::to_string(i + 5000) + " ";
  }
  const Revision revision = told(before, after);
  CHECK(revision.words == WordsChanged{2000, 2000});
  CHECK(revision.numbers.size() == kMostChangesTold);
}

TEST_CASE("paragraphs of the earlier body are compared as placing compares them") {
  const Revision revision =
      told("By Ann Example\n\nKYIV, Oct 28 (Reuters) - The crane hurt 12 sailors.", "The crane hurt 12 sailors.");
  CHECK(revision.numbers.empty());
  CHECK(revision.words == WordsChanged{0, 7});
}

}  // namespace newsd
