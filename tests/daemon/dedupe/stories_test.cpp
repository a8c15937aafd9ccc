#include "daemon/dedupe/stories.h"

#include "tests/daemon/dedupe/made_news.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace newsd;

namespace {

Desk desk_for_stories() {
  Desk desk;
  desk.placer = make_placer({});
  desk.now = *parse_rfc3339("2024-03-01T10:00:00Z");
  return desk;
}

/// Reports of one event: each in its own sentences, with the event's words and names in them.
class Happening {
 public:
  explicit Happening(MadeNews& news) : news_(&news) {
    for (int i = 0; i < 14; ++i) words_.push_back(news.word() + news.word());
    for (int i = 0; i < 5; ++i) names_.push_back("M" + news.word() + news.word());
  }
  Candidate report(const std::string& published) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      text += news_->sentence(3);
      text.pop_back();
      text += " " + words_[news_->below(14)] + " " + news_->word() + " " + names_[news_->below(5)] + " " +
              words_[news_->below(14)] + ". ";
    }
    ++reports_;
    return published_on("h" + std::to_string(news_->below(1'000'000)) + ".example", std::to_string(reports_),
                        words_[0] + " " + words_[news_->below(14)] + " " + names_[0], text, published);
  }

 private:
  MadeNews* news_;
  std::vector<std::string> words_, names_;
  int reports_ = 0;
};

void check_same_story(Desk& desk, Placer& rebuilt, const Candidate& c) {
  const Verdict a = desk.placer->place(c, desk.now), b = rebuilt.place(c, desk.now);
  REQUIRE(a.kind == b.kind);
  REQUIRE(a.of == b.of);
  REQUIRE(a.story == b.story);
  REQUIRE(a.topic == b.topic);
  REQUIRE(a.story_size == b.story_size);
  REQUIRE(a.evidence == b.evidence);
  REQUIRE(a.story_likeness == b.story_likeness);
}

}  // namespace

TEST_CASE("reports of one event are one story, those of another another") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Happening first(news), second(news);
  Desk desk = desk_for_stories();
  const StoryId a = desk.take(first.report("2024-03-01T08:00:00Z")).story;
  const StoryId b = desk.take(second.report("2024-03-01T08:30:00Z")).story;
  CHECK(a != b);
  for (std::uint32_t size = 2; size < 6; ++size) {
    const Verdict joined_a = desk.take(first.report("2024-03-01T09:00:00Z"));
    CHECK(joined_a.story == a);
    CHECK(joined_a.story_size == size);
    CHECK_FALSE(joined_a.starts_story);
    CHECK(joined_a.story_likeness > 0);
    CHECK(desk.take(second.report("2024-03-01T09:00:00Z")).story == b);
  }
  const auto facts = desk.placer->story(a);
  REQUIRE(facts);
  CHECK(facts->size == 5);
  CHECK(facts->articles.size() == 5);
  CHECK(facts->first_seen < facts->last_seen);
}

TEST_CASE("the same words weeks later are another story of the same topic") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Happening event(news);
  Desk desk = desk_for_stories();
  desk.now = *parse_rfc3339("2024-04-01T10:00:00Z");
  const Verdict first = desk.take(event.report("2024-03-01T08:00:00Z"));
  const Verdict later = desk.take(event.report("2024-03-18T08:00:00Z"));
  CHECK(later.story != first.story);
  CHECK(later.starts_story);
  CHECK(later.topic == first.topic);
}

TEST_CASE("a near-duplicate counts once in its story") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Desk desk = desk_for_stories();
  const std::string text = joined(news.sentences(12));
  const Verdict first = desk.take(published_on("a.example", "1", "One thing happened", text));
  const Verdict copy = desk.take(published_on("b.example", "1", "Another headline", text + " " + news.sentence()));
  REQUIRE(copy.kind == VerdictKind::Duplicate);
  CHECK(copy.story == first.story);
  CHECK(copy.story_size == 1);
  CHECK(desk.placer->story(first.story)->size == 1);
}

TEST_CASE("a story is closed when nothing was added for a week, and only then") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Happening event(news);
  auto placer = make_placer({});
  Desk desk = desk_for_stories();
  const Verdict v = desk.take(event.report("2024-03-01T08:00:00Z"));
  const Instant last = desk.decisions.back().at;
  CHECK(desk.placer->tend(last + kStoriesOpen).empty());
  const auto changes = desk.placer->tend(last + kStoriesOpen + std::chrono::milliseconds(1));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].kind == StoryChange::Kind::Closed);
  CHECK(changes[0].story == v.story);
  desk.placer->remember(changes[0]);
  CHECK_FALSE(desk.placer->story(v.story));
  CHECK(desk.placer->tend(last + 2 * kStoriesOpen).empty());
}

TEST_CASE("articles of a merged story are told as of the one it went into") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Happening first(news), second(news);
  Desk desk = desk_for_stories();
  const Candidate report = second.report("2024-03-01T08:30:00Z");
  const Verdict a = desk.take(first.report("2024-03-01T08:00:00Z")), b = desk.take(report);
  desk.placer->remember(StoryChange{desk.now, StoryChange::Kind::Merged, b.story, a.story, {}});
  CHECK_FALSE(desk.placer->story(b.story));
  CHECK(desk.placer->story(a.story)->size == 2);
  CHECK(desk.take(report).story == a.story);
  CHECK(desk.take(second.report("2024-03-01T09:00:00Z")).story == a.story);
}

TEST_CASE("a split story's articles are in the new one, the others where they were") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Happening first(news), second(news);
  Desk desk = desk_for_stories();
  const Verdict a = desk.take(first.report("2024-03-01T08:00:00Z")),
                b = desk.take(second.report("2024-03-01T08:30:00Z"));
  desk.placer->remember(StoryChange{desk.now, StoryChange::Kind::Merged, b.story, a.story, {}});
  const StoryId made(Uuid{{7}});
  desk.placer->remember(StoryChange{desk.now, StoryChange::Kind::Split, a.story, made, {b.article}});
  CHECK(desk.placer->story(a.story)->articles == std::vector{a.article});
  CHECK(desk.placer->story(made)->articles == std::vector{b.article});
  CHECK(desk.take(second.report("2024-03-01T09:00:00Z")).story == made);
}

TEST_CASE("a placer rebuilt from its decisions has the same clusters, stories and topics") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  std::vector<Happening> events;
  for (int i = 0; i < 12; ++i) events.emplace_back(news);
  Desk desk = desk_for_stories();
  std::vector<Candidate> seen;
  const auto next = [&] {
    if (!seen.empty() && news.below(4) == 0) {
      Candidate again = seen[news.below(static_cast<unsigned>(seen.size()))];
      if (news.below(2) == 0) again.identities = {{IdentityKind::Url, {news.below(1'000'000), 1}}};
      again.self =
          ArticleId(Uuid{{static_cast<std::uint8_t>(news.below(256)), static_cast<std::uint8_t>(news.below(256)), 1}});
      if (news.below(2) == 0) again.content.low ^= 1;
      return again;
    }
    return events[news.below(12)].report("2024-03-01T0" + std::to_string(news.below(10)) + ":00:00Z");
  };
  for (int round = 0; round < 4; ++round) {
    for (int i = 0; i < 100; ++i) {
      const Candidate c = next();
      desk.take(c);
      seen.push_back(c);
    }
    auto rebuilt = make_placer({});
    std::size_t change = 0;
    for (std::size_t i = 0; i < desk.decisions.size(); ++i) {
      rebuilt->remember(desk.decisions[i]);
      for (; change < desk.changes.size() && desk.changed_after[change] == i + 1; ++change)
        rebuilt->remember(desk.changes[change]);
    }
    for (int i = 0; i < 40; ++i) check_same_story(desk, *rebuilt, next());
    REQUIRE(desk.placer->load().texts == rebuilt->load().texts);
    REQUIRE(desk.placer->load().stories == rebuilt->load().stories);
    REQUIRE(desk.placer->load().topics == rebuilt->load().topics);
  }
}

TEST_CASE("words that half the texts have weigh less than rare ones") {
  WordWeights weights;
  MadeNews news(5);
  for (int i = 0; i < 50; ++i) {
    Sketch sketch;
    sketch.terms = {{1, 1}, {static_cast<std::uint32_t>(1000 + i), 1}};
    weights.learn(sketch);
  }
  Sketch sketch;
  sketch.terms = {{1, 1}, {2, 1}};
  const WordVector body = weights.vectors_of(sketch).body;
  REQUIRE(body.size() == 2);
  CHECK(body[0].second < body[1].second);
  CHECK(dot(body, body) == Approx(1));
}
