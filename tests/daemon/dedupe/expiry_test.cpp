#include "daemon/dedupe/known_articles.h"
#include "tests/daemon/dedupe/desk.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {
Article numbered(int n) {
  return article("Number " + std::to_string(n), {"The ferry with the number " + std::to_string(n) +
                                                 " leaves the old harbour at seven in the morning."});
}
Origin file(int n) { return dropped_as(std::to_string(n) + ".txt"); }
}  // namespace

TEST_CASE("an article not seen since is forgotten and would be new again") {
  Desk desk;
  desk.take(numbered(1), file(1));
  desk.take(numbered(2), file(2));
  desk.placer->expire(at_minute(1));
  CHECK(desk.placer->size() == 1);
  CHECK(desk.placer->place(candidate_of(numbered(1), file(1)), desk.now).kind == VerdictKind::New);
  CHECK(desk.placer->place(candidate_of(numbered(1), file(9)), desk.now).kind == VerdictKind::New);
  CHECK(desk.placer->place(candidate_of(numbered(2), file(2)), desk.now).kind == VerdictKind::Duplicate);
}

TEST_CASE("a repetition keeps the article it repeats") {
  Desk desk;
  desk.take(numbered(1), file(1));
  desk.take(numbered(2), file(2));
  desk.take(numbered(1), file(9));
  desk.placer->expire(at_minute(2));
  CHECK(desk.placer->size() == 2);  // the article and its copy
  CHECK(desk.placer->place(candidate_of(numbered(1), file(1)), desk.now).kind == VerdictKind::Duplicate);
}

TEST_CASE("a clock that steps back makes nothing older") {
  Desk desk;
  desk.now = at_minute(100);
  desk.take(numbered(1), file(1));
  desk.now = at_minute(10);
  desk.take(numbered(2), file(2));
  desk.placer->expire(at_minute(50));
  CHECK(desk.placer->size() == 2);
}

TEST_CASE("what is forgotten leaves room that is used again, and nothing of itself") {
  Desk desk;
  for (int round = 0; round < 20; ++round) {
    for (int n = 0; n < 50; ++n) REQUIRE(desk.take(numbered(n), file(n)).kind == VerdictKind::New);
    desk.placer->expire(desk.now);
    REQUIRE(desk.placer->size() == 0);
  }
}

TEST_CASE("a duplicate whose original is gone from the journal brings it back") {
  Desk desk;
  const Verdict first = desk.take(numbered(1), file(1));
  desk.take(numbered(1), file(2));
  const auto placer = make_exact_placer();
  placer->remember(desk.decisions.back());
  const Verdict v = placer->place(candidate_of(numbered(1), file(3)), desk.now);
  CHECK(v.kind == VerdictKind::Duplicate);
  CHECK(v.of == first.article);
  CHECK(v.story == first.story);
}
