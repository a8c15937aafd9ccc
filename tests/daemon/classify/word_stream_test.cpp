#include "daemon/classify/word_stream.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {
/// Words with a bar where no phrase may reach over.
std::string shown(std::string_view text) {
  WordStream stream;
  stream.assign(text);
  std::string out;
  for (std::size_t i = 0; i < stream.words.size(); ++i) {
    if (i > 0) out += stream.words[i].follows_break ? "|" : " ";
    out += stream.word(i);
  }
  return out;
}
}  // namespace

TEST_CASE("words are folded, possessives and hyphens taken apart") {
  CHECK(shown("Russia’s CEASE-fire and O'Neill's Übung") == "russia cease fire and o neill übung");
  CHECK(shown("the boys' game") == "the boys game");
  CHECK(shown("'S ist spät") == "s ist spät");
}

TEST_CASE("sentences, clauses and paragraphs break, initials do not") {
  CHECK(shown("It ends. War, in short: no") == "it ends|war|in short|no");
  CHECK(shown("the U.S. Senate") == "the u s senate");
  CHECK(shown("one\ntwo — three") == "one|two|three");
}

TEST_CASE("characters of unspaced scripts are words") { CHECK(shown("停火 talks") == "停 火 talks"); }

TEST_CASE("every word stands where it says") {
  const std::string text = "  “Größe”\u00A0— naïve! e\u0301te\u0301 ";
  WordStream stream;
  stream.assign(text);
  REQUIRE(stream.words.size() == 3);
  CHECK(text.substr(stream.words[0].begin, stream.words[0].end - stream.words[0].begin) == "Größe");
  CHECK(stream.word(0) == "grösse");
  CHECK(stream.word(2) == "été");
}

TEST_CASE("a text without words has none") {
  CHECK(shown("").empty());
  CHECK(shown(" … — !? ").empty());
}
