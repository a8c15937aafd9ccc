#include "tests/daemon/classify/reading.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

std::string kind_of(const Labels& labels, std::string_view name) {
  const EntityLabel* entity = entity_named(labels, name);
  return entity == nullptr ? "none" : std::string(to_string(entity->kind));
}

std::string countries_of(const Labels& labels) {
  std::string codes;
  for (const CountryLabel& c : labels.countries) codes += (codes.empty() ? "" : " ") + c.code;
  return codes;
}

TEST_CASE("countries are found by name, inhabitants, capital and city, most salient first") {
  CHECK(countries_of(facts_of(
            "Norway and Sweden closed the strait. Norwegian pilots had asked for it. Oslo agreed.")) == "NOR SWE");
  CHECK(countries_of(facts_of("The flood reached Hamburg on Monday.")) == "DEU");
  CHECK(countries_of(facts_of(article_of({"A ferry sank off Chile."}, "", "Peru sends divers"))) == "PER CHL");
}

TEST_CASE("words that are also countries are none in lower case or in a person's name") {
  CHECK(countries_of(facts_of("They ate turkey from fine china.")).empty());
  CHECK(countries_of(facts_of("Michael Jordan scored twice.")).empty());
  CHECK(countries_of(facts_of("It gave us hope.")).empty());
  CHECK(countries_of(facts_of("The US gave hope.")) == "USA");
}

TEST_CASE("a person is known by title, given name or verb, and a surname later is the same person") {
  const Labels labels = facts_of("Harbour master Ingrid Solheim met Captain Rask. Solheim said the quay was safe.");
  const EntityLabel* solheim = entity_named(labels, "Ingrid Solheim");
  REQUIRE(solheim != nullptr);
  CHECK(solheim->kind == EntityKind::Person);
  CHECK(solheim->mentions.size() == 2);
  CHECK(kind_of(labels, "Rask") == "person");
}

TEST_CASE("two persons of one family name are told apart by their titles") {
  const Labels labels =
      facts_of("Finance minister Peter Holm met mayor Anna Holm. “No,” mayor Holm said. “Yes,” minister Holm said.");
  REQUIRE(labels.quotes.size() == 2);
  CHECK(speaker_of(labels, 0) == "Anna Holm");
  CHECK(speaker_of(labels, 1) == "Peter Holm");
}

TEST_CASE("a surname behind Mr. is the holder of the office at the article's day") {
  const Labels labels =
      facts_of(article_of({"China spoke with Ukraine. Mr. Wang said the call was useful."}, "2022-03-02"));
  CHECK(kind_of(labels, "Wang Yi") == "person");
}

TEST_CASE("organisations are known by list, ending or capitals") {
  const Labels labels = facts_of("NATO thanked the Harbour Pilots Association and the EMSB.");
  CHECK(kind_of(labels, "NATO") == "organisation");
  CHECK(kind_of(labels, "Harbour Pilots Association") == "organisation");
  CHECK(kind_of(labels, "EMSB") == "organisation");
}

TEST_CASE("a country's ministry is an organisation of that country") {
  const Labels labels = facts_of("Sweden’s foreign ministry has called for calm.");
  const EntityLabel* ministry = entity_named(labels, "Ministry of Foreign Affairs of Sweden");
  REQUIRE(ministry != nullptr);
  CHECK(ministry->country == "SWE");
}

TEST_CASE("a ministry whose spokeswoman speaks is named all the same, and she is who speaks") {
  const Labels labels = facts_of("“We regret it,” Norway’s foreign ministry spokesperson Ingrid Solheim said.");
  CHECK(kind_of(labels, "Ministry of Foreign Affairs of Norway") == "organisation");
  REQUIRE(labels.quotes.size() == 1);
  CHECK(speaker_of(labels, 0) == "Ingrid Solheim");
}

TEST_CASE("a given name that an editor put into a quotation belongs to the surname") {
  const Labels labels = facts_of("“The visit of President (Vladimir) Putin was short,” the mayor said.");
  CHECK(kind_of(labels, "Vladimir Putin") == "person");
  CHECK(kind_of(labels, "Vladimir") == "none");
}

TEST_CASE("days of the week and quarters of the sky are no names") {
  const Labels labels = facts_of("The paper released on Friday said Western leaders met Ingrid Solheim on Monday.");
  for (const std::string none : {"Friday", "Monday", "Western"}) CHECK(kind_of(labels, none) == "none");
}

TEST_CASE("mentions are strict: no article, no possessive, no title, and adjectives are none") {
  const std::string text = "The Russian envoy visited the United Nations and Norway’s President Ola Dahl.";
  const Labels labels = facts_of(text);
  const auto said = [&](std::string_view name) {
    const EntityLabel* e = entity_named(labels, name);
    return e == nullptr || e->mentions.empty()
               ? std::string()
               : text.substr(e->mentions[0].begin, e->mentions[0].end - e->mentions[0].begin);
  };
  CHECK(said("United Nations") == "United Nations");
  CHECK(said("Norway") == "Norway");
  CHECK(said("Ola Dahl") == "Ola Dahl");
  CHECK(said("Russia").empty());
}

}  // namespace
}  // namespace newsd
