#include "tests/daemon/dedupe/desk.h"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <utility>

using namespace newsd;

namespace {

/// Few identities and few texts, so that everything meets everything: ids, guids, URLs, paths, streams, teasers,
/// datelines, edits.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  Candidate candidate() {
    Article a = article("Headline " + std::to_string(below(3)), {});
    if (below(6) != 0)
      a.paragraphs.push_back("The ferry number " + std::to_string(below(12)) +
                             " leaves the old harbour of Lenn at seven in the morning.");
    if (below(4) == 0) a.byline = "By Ann " + std::to_string(below(2));
    if (below(3) == 0) a.published = When{"2024-05-0" + std::to_string(1 + below(3)), Precision::Day, ""};
    if (below(3) == 0) a.id = std::to_string(below(8));
    if (below(4) == 0) a.guid = std::to_string(below(8));
    if (below(3) == 0) a.url = Url::parse("https://news.example/" + std::to_string(below(8))).value();
    Origin origin = dropped_as(std::to_string(below(8)) + ".txt", below(2) != 0 ? "inbox" : "other");
    if (below(5) == 0) origin.kind = OriginKind::Stdin;
    return candidate_of(a, origin);
  }

 private:
  std::mt19937 random_;
};

void check_same(const Verdict& a, const Verdict& b) {
  REQUIRE(a.kind == b.kind);
  REQUIRE(a.article == b.article);
  REQUIRE(a.version == b.version);
  REQUIRE(a.of == b.of);
  REQUIRE(a.of_event == b.of_event);
  REQUIRE(a.repeat == b.repeat);
  REQUIRE(a.how == b.how);
  REQUIRE(a.evidence == b.evidence);
  REQUIRE(a.revision == b.revision);
  REQUIRE(a.story == b.story);
}

}  // namespace

/// Decides for both the same questions.
void check_agree(Chance& chance, Placer& lived, Placer& rebuilt, Instant now) {
  for (int i = 0; i < 60; ++i) {
    const Candidate c = chance.candidate();
    check_same(lived.place(c, now), rebuilt.place(c, now));
  }
  REQUIRE(lived.size() == rebuilt.size());
}

TEST_CASE("a placer rebuilt from its decisions decides as the one that took them") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  Chance chance(seed);
  Desk desk;
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 60; ++i) desk.take(chance.candidate());
    auto rebuilt = make_exact_placer();
    for (const Decision& decision : desk.decisions) rebuilt->remember(decision);
    check_agree(chance, *desk.placer, *rebuilt, desk.now);
  }
}

TEST_CASE("a placer rebuilt with the same expiries decides the same") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  Chance chance(seed);
  Desk desk;
  auto rebuilt = make_exact_placer();
  std::size_t replayed = 0;
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 60; ++i) desk.take(chance.candidate());
    for (; replayed < desk.decisions.size(); ++replayed) rebuilt->remember(desk.decisions[replayed]);
    const Instant before = desk.now - std::chrono::minutes(chance.below(90));
    desk.placer->expire(before);
    rebuilt->expire(before);
    check_agree(chance, *desk.placer, *rebuilt, desk.now);
  }
}

TEST_CASE("a placer rebuilt from a journal whose beginning is cut off still names remembered articles only") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  Chance chance(seed);
  Desk desk;
  for (int i = 0; i < 600; ++i) desk.take(chance.candidate());
  desk.placer = make_exact_placer();
  for (std::size_t i = 300; i < desk.decisions.size(); ++i) desk.placer->remember(desk.decisions[i]);
  for (int i = 0; i < 600; ++i) {
    const Verdict v = desk.take(chance.candidate());
    if (v.kind == VerdictKind::Duplicate) REQUIRE(v.of != ArticleId{});
    if (v.kind == VerdictKind::Updated) REQUIRE(v.version == v.revision.of + 1);
    REQUIRE(v.story != StoryId{});
  }
}

TEST_CASE("every verdict keeps the promises of the contract") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  Chance chance(seed);
  Desk desk;
  std::map<ArticleId, std::uint32_t> versions;
  std::map<std::pair<ArticleId, ArticleId>, std::uint32_t> repeats;
  for (int i = 0; i < 5'000; ++i) {
    const Verdict v = desk.take(chance.candidate());
    switch (v.kind) {
      case VerdictKind::New:
        REQUIRE_FALSE(versions.contains(v.article));
        REQUIRE(v.version == 1);
        REQUIRE(v.starts_story);
        versions[v.article] = 1;
        break;
      case VerdictKind::Updated:
        REQUIRE(versions.at(v.article) + 1 == v.version);
        REQUIRE(v.revision.of + 1 == v.version);
        REQUIRE_FALSE(v.revision.changed.empty());
        versions[v.article] = v.version;
        break;
      case VerdictKind::Duplicate:
        REQUIRE(versions.contains(v.of));
        REQUIRE(v.version <= versions.at(v.of));
        REQUIRE(v.repeat > repeats[{v.article, v.of}]);
        REQUIRE_FALSE(v.evidence.empty());
        repeats[{v.article, v.of}] = v.repeat;
        break;
    }
  }
}
