#include "daemon/classify/resources.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

std::string error_of(std::string_view file, std::string_view text) {
  const NamedText files[] = {{std::string(file), text}};
  const auto made = Lexicon::make(files);
  return made ? "none" : made.error().message();
}

TEST_CASE("a mistake in a lexicon is named with file and line") {
  CHECK(error_of("countries.tsv", "# ok\nNOR\n").starts_with("countries.tsv:2: "));
  CHECK(error_of("words.en.tsv", "verbs\tgo").starts_with("words.en.tsv:1: "));
  CHECK(error_of("events.en.tsv", "AGREE\t030\tx\tagree").starts_with("events.en.tsv:1: "));
  CHECK(error_of("events.en.tsv", "AGREE\t030\t5\t* agree").starts_with("events.en.tsv:1: "));
  CHECK(error_of("rivers.tsv", "Rhine\tDEU").starts_with("rivers.tsv: is called as no lexicon"));
  CHECK(error_of("places.tsv", "Rhineland\tDEU") == "none");
}

TEST_CASE("the longest of overlapping names is taken") {
  const NamedText files[] = {{"countries.tsv", "SDN\tSudan\t\tSudanese\t\nSSD\tSouth Sudan\t\tSouth Sudanese\t\n"}};
  const Lexicon lexicon = Lexicon::make(files).value();
  const TokenText text = tokenise("In South Sudan and Sudan.", lexicon.vocabulary());
  const auto hits = lexicon.names(text);
  REQUIRE(hits.size() == 2);
  CHECK(lexicon.thing(hits[0].thing).code == "SSD");
  CHECK(lexicon.thing(hits[1].thing).code == "SDN");
}

TEST_CASE("a name marked exact is found only as it is written") {
  const NamedText files[] = {{"countries.tsv", "USA\tUnited States\t=US\t\t\n"}};
  const Lexicon lexicon = Lexicon::make(files).value();
  CHECK(lexicon.names(tokenise("The US and us and Us.", lexicon.vocabulary())).size() == 1);
}

TEST_CASE("who held an office depends on the day, and nobody is guessed between two") {
  const NamedText files[] = {{"people.tsv", "Ada Holm\tNOR\tpresident\t2010\t2014\nBo Holm\tNOR\tpresident\t2015\t\n"}};
  const Lexicon lexicon = Lexicon::make(files).value();
  REQUIRE(lexicon.holder("Holm", "NOR", "2012-01-01"));
  CHECK(lexicon.thing(*lexicon.holder("Holm", "NOR", "2012-01-01")).name == "Ada Holm");
  CHECK(lexicon.thing(*lexicon.holder("Holm", "NOR", "2020-01-01")).name == "Bo Holm");
  CHECK_FALSE(lexicon.holder("Holm", "NOR", ""));
  CHECK_FALSE(lexicon.holder("Holm", "SWE", "2020-01-01"));
}

}  // namespace
}  // namespace newsd
