#include "daemon/classify/token.h"
#include "daemon/classify/vocabulary.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace newsd {
namespace {

using Words = std::vector<std::string>;

Words tokens_of(std::string_view text) {
  const Vocabulary none;
  const TokenText read = tokenise(text, none);
  Words words;
  for (const Token& token : read.tokens) words.emplace_back(read.of(token));
  return words;
}

Words sentences_of(std::string_view text) {
  const Vocabulary none;
  const TokenText read = tokenise(text, none);
  Words sentences;
  for (const Sentence& s : read.sentences) sentences.emplace_back(read.of(s.first, s.last - 1));
  return sentences;
}

TEST_CASE("every word has the number that the vocabulary has for it, one asked for by one") {
  Vocabulary words;
  for (int n = 0; n < 3000; n += 2) words.add("word" + std::to_string(n));
  words.add("u.s");
  std::string text = "The U.S. – ";
  for (int n = 0; n < 3000; ++n) text += (n % 3 == 0 ? "Word" : "word") + std::to_string(n) + (n % 7 == 0 ? ", " : " ");
  for (const std::string& part : {text, std::string("U.S."), std::string("..."), std::string()}) {
    const TokenText read = tokenise(part, words);
    for (std::size_t i = 0; i < read.tokens.size(); ++i) {
      CAPTURE(read.of(i));
      REQUIRE(read.tokens[i].word == (read.folded(i).empty() ? kNoWord : words.find(read.folded(i))));
    }
  }
}

TEST_CASE("a possessive is a token of its own, an apostrophe inside a word is not") {
  CHECK(tokens_of("Oslo’s mayor O’Neill can't") == Words{"Oslo", "’s", "mayor", "O’Neill", "can't"});
  CHECK(tokens_of("the ferry´s bell") == Words{"the", "ferry", "´s", "bell"});
}

TEST_CASE("stops belong to abbreviations and initials") {
  CHECK(tokens_of("The U.S. envoy, Mr. Lund.") == Words{"The", "U.S.", "envoy", ",", "Mr.", "Lund", "."});
  CHECK(tokens_of("Anna J. Berg") == Words{"Anna", "J.", "Berg"});
}

TEST_CASE("numbers keep their commas, stops and endings") {
  CHECK(tokens_of("1,200 boats, 3.5 tonnes on the 4th in the 1990s.") ==
        Words{"1,200", "boats", ",", "3.5", "tonnes", "on", "the", "4th", "in", "the", "1990s", "."});
}

TEST_CASE("a hyphen joins two tokens and is none") {
  const Vocabulary none;
  const TokenText read = tokenise("ten-year plan - yes", none);
  CHECK(read.tokens[1].hyphened);
  CHECK_FALSE(read.tokens[2].hyphened);
  CHECK(read.tokens[3].mark == '-');
}

TEST_CASE("sentences end at stops, not at abbreviations, and take the closing marks in") {
  CHECK(sentences_of("Gen. Holm left at 6 p.m. sharp. He was late.") ==
        Words{"Gen. Holm left at 6 p.m. sharp.", "He was late."});
  CHECK(sentences_of("“We sail.” The crew cheered!") == Words{"“We sail.”", "The crew cheered!"});
  CHECK(sentences_of("“Why?” she asked. Nobody knew.") == Words{"“Why?” she asked.", "Nobody knew."});
  CHECK(sentences_of("One\n\nTwo") == Words{"One", "Two"});
}

TEST_CASE("paragraphs are counted by line feeds with text between them") {
  const Vocabulary none;
  const TokenText read = tokenise("One. Two.\n\nThree.", none);
  REQUIRE(read.sentences.size() == 3);
  CHECK(read.sentences[1].paragraph == 0);
  CHECK(read.sentences[2].paragraph == 1);
}

TEST_CASE("the vocabulary numbers words in the order they come and finds none that it lacks") {
  Vocabulary words;
  for (int i = 0; i < 3000; ++i) CHECK(words.add("w" + std::to_string(i)) == static_cast<std::uint32_t>(i));
  CHECK(words.add("w7") == 7);
  CHECK(words.find("w2999") == 2999);
  CHECK(words.find("absent") == kNoWord);
  CHECK(words.at(12) == "w12");
  CHECK(Vocabulary().find("w") == kNoWord);
}

}  // namespace
}  // namespace newsd
