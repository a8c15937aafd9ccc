#include "daemon/pipeline/placer_rebuild.h"
#include "tests/daemon/dedupe/made_news.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("a placer rebuilt on two threads decides as the one whose decisions it was given") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Desk desk;
  desk.placer = make_placer({});
  std::vector<std::string> texts;
  int page = 0;
  const auto next = [&] {
    if (texts.empty() || news.below(3) > 0)
      texts.push_back(joined(news.sentences(6)));
    else
      texts.push_back(texts[news.below(static_cast<unsigned>(texts.size()))] + " " + news.sentence());
    return published_on(news.word() + ".example", std::to_string(page++), news.sentence(5), texts.back());
  };
  for (int i = 0; i < 2500; ++i) desk.take(next());
  auto placer = make_placer({});
  PlacerRebuild rebuild(*placer);
  std::size_t change = 0;
  for (std::size_t i = 0; i < desk.decisions.size(); ++i) {
    rebuild.take(desk.decisions[i]);
    for (; change < desk.changes.size() && desk.changed_after[change] == i + 1; ++change)
      rebuild.take(desk.changes[change]);
  }
  rebuild.finish();
  CHECK(placer->load().texts == desk.placer->load().texts);
  CHECK(placer->load().stories == desk.placer->load().stories);
  CHECK(placer->load().topics == desk.placer->load().topics);
  for (int i = 0; i < 100; ++i) {
    const Candidate c = next();
    const Verdict expected = desk.placer->place(c, desk.now), got = placer->place(c, desk.now);
    REQUIRE(got.kind == expected.kind);
    REQUIRE(got.of == expected.of);
    REQUIRE(got.story == expected.story);
    REQUIRE(got.evidence == expected.evidence);
  }
}

TEST_CASE("nothing is rebuilt from nothing") {
  auto placer = make_placer({});
  PlacerRebuild rebuild(*placer);
  rebuild.finish();
  CHECK(placer->size() == 0);
}
