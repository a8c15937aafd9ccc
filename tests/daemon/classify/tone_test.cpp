#include "tests/daemon/classify/reading.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

double tone_of(std::string text) { return facts_of(std::move(text)).tone.value().tone; }

TEST_CASE("praise is positive, blame negative, and a negation turns either") {
  CHECK(tone_of("It was a superb and joyful evening.") > 0);
  CHECK(tone_of("It was a cruel and shameful evening.") < 0);
  CHECK(tone_of("It was not a good idea.") < 0);
}

TEST_CASE("boosters say more, dampers less, and what follows a but counts most") {
  CHECK(tone_of("It was a very good idea.") > tone_of("It was one good idea."));
  CHECK(tone_of("It was a slightly good idea.") < tone_of("It was one good idea."));
  CHECK(tone_of("The food was awful, but the music was wonderful.") > 0);
  CHECK(tone_of("The music was wonderful, but the food was awful.") < 0);
}

TEST_CASE("one word of praise in a short text is no glowing report") {
  CHECK(tone_of("Wonderful.") < 50);
  CHECK(tone_of("Wonderful.") > 0);
}

TEST_CASE("what a story is about is no tone") {
  CHECK(tone_of("Troops and security forces met for peace talks about the war.") == 0);
}

TEST_CASE("words in somebody else's mouth are not the author's tone") {
  CHECK(tone_of("“They are cruel and barbaric liars, all of them,” Marta Lind said.") == 0);
}

TEST_CASE("a text without words has no tone") { CHECK_FALSE(facts_of("… 7 …").tone.has_value()); }

TEST_CASE("the numbers are those of a GKG column") {
  const ToneLabel tone = facts_of("We welcomed a superb, cruel plan.").tone.value();
  CHECK(tone.tone == Approx(tone.positive - tone.negative));
  CHECK(tone.polarity == Approx(tone.positive + tone.negative));
}

}  // namespace
}  // namespace newsd
