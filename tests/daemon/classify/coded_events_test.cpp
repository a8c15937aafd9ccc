#include "tests/daemon/classify/reading.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

std::string actors(const std::vector<ActorLabel>& list) {
  std::string codes;
  for (const ActorLabel& a : list) codes += (codes.empty() ? "" : "+") + a.code;
  return codes;
}

/// "SOURCE TYPE TARGET" of the best event.
std::string best_of(std::string text) {
  const Labels labels = facts_of(std::move(text));
  if (labels.events.empty()) return "nothing";
  const EventLabel& e = labels.events.front();
  return actors(e.source) + " " + e.type + " " + actors(e.target);
}

TEST_CASE("source, verb, target") {
  CHECK(best_of("Norway accused Sweden of overfishing.") == "NOR ACCUSE SWE");
  CHECK(best_of("Chile praised Peru for its patience.") == "CHL SUPPORT PER");
  CHECK(best_of("Iran threatened to attack Iraq.") == "IRN THREATEN IRQ");
  CHECK(best_of("Kenya imposed sanctions on Uganda.") == "KEN SANCTION UGA");
}

TEST_CASE("a passive turns source and target") {
  CHECK(best_of("Sweden was accused of overfishing by Norway.") == "NOR ACCUSE SWE");
}

TEST_CASE("names joined by and are one source") {
  CHECK(best_of("Norway and Finland accused Sweden of overfishing.") == "FIN+NOR ACCUSE SWE");
}

TEST_CASE("a refusal is no consent, and what is negated did not happen") {
  CHECK(best_of("Norway refused to meet Sweden.") == "NOR REJECT SWE");
  const Labels labels = facts_of("Norway did not invade Sweden.");
  REQUIRE_FALSE(labels.events.empty());
  CHECK(labels.events[0].status == EventStatus::Denied);
}

TEST_CASE("what is said in a quotation is the speaker's doing") {
  const Labels labels =
      facts_of("Norway’s President Ola Dahl met pilots. “We call on Sweden to stop the fighting at once,” Dahl said.");
  const auto at = std::find_if(labels.events.begin(), labels.events.end(),
                               [](const EventLabel& e) { return !e.via_quote.empty(); });
  REQUIRE(at != labels.events.end());
  CHECK(at->type == "REQUEST");
  CHECK(actors(at->source) == "NOR");
}

TEST_CASE("an event told twice is one, and surer") {
  const Labels once = facts_of("Norway accused Sweden of overfishing.");
  const Labels twice = facts_of("Norway accused Sweden of overfishing. Again, Norway accused Sweden of overfishing.");
  REQUIRE(once.events.size() == 1);
  REQUIRE(twice.events.size() == 1);
  CHECK(twice.events[0].confidence > once.events[0].confidence);
}

TEST_CASE("a text without actors and verbs of the list has no event") {
  CHECK(facts_of("The sea was calm.").events.empty());
}

}  // namespace
}  // namespace newsd
