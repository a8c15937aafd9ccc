#include "daemon/classify/phrase_matcher.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

using namespace newsd;

namespace {

std::vector<PhraseHit> found(const std::vector<TopicPhrase>& phrases, std::string_view text) {
  WordStream stream;
  stream.assign(text);
  std::vector<PhraseHit> matches;
  PhraseMatcher(phrases).find(stream, matches);
  return matches;
}

/// Every phrase at every word, by comparing words: slow and obvious.
std::vector<PhraseHit> found_slowly(const std::vector<TopicPhrase>& phrases, const WordStream& stream) {
  std::vector<PhraseHit> matches;
  for (std::uint32_t p = 0; p < phrases.size(); ++p) {
    const auto length = static_cast<std::uint32_t>(phrases[p].words.size());
    for (std::uint32_t first = 0; first + length <= stream.words.size(); ++first) {
      bool equal = true;
      for (std::uint32_t i = 0; i < length && equal; ++i) {
        const bool is_open = phrases[p].is_prefix && i + 1 == length;
        const std::string_view word = stream.word(first + i);
        equal = is_open ? word.starts_with(phrases[p].words[i]) : word == phrases[p].words[i];
        equal = equal && (i == 0 || !stream.words[first + i].follows_break);
      }
      if (equal) matches.push_back({p, first, first + length - 1});
    }
  }
  return matches;
}

void sort(std::vector<PhraseHit>& matches) {
  std::sort(matches.begin(), matches.end(), [](const PhraseHit& a, const PhraseHit& b) {
    return std::tuple(a.last, a.phrase, a.first) < std::tuple(b.last, b.phrase, b.first);
  });
}

}  // namespace

TEST_CASE("the automaton finds what comparing word by word finds") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string> words = {"a", "ab", "aba", "b", "ba", "bab", "c", "ca", "été", "停"};
  const std::vector<std::string> gaps = {" ", " ", " ", "-", ". ", ", ", "\n"};
  const auto one_of = [&](const std::vector<std::string>& list) { return list[random() % list.size()]; };
  for (int round = 0; round < 60; ++round) {
    std::set<TopicPhrase> some;
    for (int i = 0; i < 40; ++i) {
      std::string phrase = one_of(words);
      for (unsigned n = random() % 4; n > 0; --n) phrase += " " + one_of(words);
      some.insert(TopicPhrase::parse(phrase + (random() % 3 == 0 ? "*" : "")));
    }
    const std::vector<TopicPhrase> phrases(some.begin(), some.end());
    std::string text;
    for (int i = 0; i < 120; ++i) text += one_of(words) + one_of(gaps);
    WordStream stream;
    stream.assign(text);
    auto slow = found_slowly(phrases, stream), fast = found(phrases, text);
    sort(slow);
    sort(fast);
    REQUIRE_FALSE(slow.empty());
    REQUIRE(fast == slow);
  }
}

TEST_CASE("an automaton of more states than sixteen bits count finds the same") {
  std::mt19937 random(1975);
  std::vector<TopicPhrase> phrases;
  std::string text;
  for (int i = 0; i < 9000; ++i) {
    std::string word;
    for (int letter = 0; letter < 8; ++letter) word += static_cast<char>('a' + random() % 20);
    phrases.push_back(TopicPhrase::parse(word + " " + std::to_string(i) + (i % 3 == 0 ? "*" : "")));
    if (i % 100 == 0) text += word + " " + std::to_string(i) + " ";
  }
  std::sort(phrases.begin(), phrases.end());
  const PhraseMatcher matcher(phrases);
  REQUIRE(matcher.states() > (1u << 15));
  WordStream stream;
  stream.assign(text);
  std::vector<PhraseHit> hits;
  matcher.find(stream, hits);
  CHECK(hits.size() >= 90);
  for (const PhraseHit& hit : hits) {
    const TopicPhrase& phrase = phrases[hit.phrase];
    CHECK(stream.word(hit.first) == phrase.words[0]);
    CHECK(stream.word(hit.last).starts_with(phrase.words[1]));
  }
}

TEST_CASE("a phrase is whole words, with a star the beginning of the last") {
  CHECK(found({TopicPhrase::parse("war")}, "warm wars reward").empty());
  CHECK(found({TopicPhrase::parse("war*")}, "warm wars reward").size() == 2);
  CHECK(found({TopicPhrase::parse("cease-fire*")}, "the Cease-Fires").size() == 1);
}

TEST_CASE("no phrase reaches over the end of a sentence") {
  CHECK(found({TopicPhrase::parse("war in")}, "He hates war. In May he left.").empty());
  CHECK(found({TopicPhrase::parse("war in")}, "the war in May").size() == 1);
}

TEST_CASE("an automaton without phrases finds nothing") { CHECK(found({}, "anything at all").empty()); }

TEST_CASE("a character that folds to a space harms nobody") {
  CHECK_NOTHROW(found({TopicPhrase::parse("a b")}, "a\u1680b"));  // an Ogham space, a letter to some tables
}

TEST_CASE("many overlapping phrases in a hostile text stay linear") {
  std::vector<TopicPhrase> phrases;
  for (int n = 1; n <= 10; ++n) {
    TopicPhrase phrase;
    phrase.words.assign(static_cast<std::size_t>(n), "a");
    phrases.push_back(phrase);
  }
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "a ";
  CHECK(found(phrases, text).size() == 20'000 * 10 - 45);
}
