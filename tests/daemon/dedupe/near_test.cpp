#include "daemon/dedupe/near_index.h"

#include "tests/daemon/dedupe/made_news.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace newsd;

namespace {

Desk desk_for_near(PlacingOptions options = {}) {
  Desk desk;
  desk.placer = make_placer(options);
  desk.now = *parse_rfc3339("2024-03-01T10:00:00Z");
  return desk;
}

std::string without(std::string text, const std::string& part, const std::string& other) {
  text.replace(text.find(part), part.size(), other);
  return text;
}

const std::string kFerry =
    "The ferry company said on Friday that 12 sailors had been hurt when a crane fell across the deck of a ship that "
    "was being loaded at the old quay, and that the port would stay closed until divers had looked at the sea wall. "
    "Witnesses told of a loud crack before the arm came down, and the harbour master praised the crew for clearing the "
    "ramp within minutes. The owner of the crane, which was built forty years ago, promised a report by next week.";

}  // namespace

TEST_CASE("a reprint with another headline and frame is a syndicated duplicate, with shared words as evidence") {
  Desk desk = desk_for_near();
  const Verdict first = desk.take(published_on("a.example", "1", "Crane falls at quay", kFerry));
  const Verdict copy = desk.take(published_on("b.example", "x", "Sailors hurt in harbour",
                                              kFerry + " Sign up for our letter with the best of the morning."));
  CHECK(first.kind == VerdictKind::New);
  REQUIRE(copy.kind == VerdictKind::Duplicate);
  CHECK(copy.of == first.article);
  CHECK(copy.how == DuplicateKind::Syndicated);
  CHECK(copy.similarity > 0.8);
  CHECK(copy.containment > 0.95);
  CHECK(copy.story == first.story);
  const auto shared = std::count_if(copy.evidence.begin(), copy.evidence.end(),
                                    [](const std::string& e) { return e.starts_with("both have “"); });
  CHECK(shared == 3);
}

TEST_CASE("a new article tells of the likeliest known one what both share") {
  Desk desk = desk_for_near();
  MadeNews news(11);
  const Verdict first = desk.take(published_on("a.example", "1", "Crane falls at quay", kFerry));
  const std::string quoted = kFerry.substr(0, kFerry.find(", and that"));
  const Verdict other = desk.take(published_on(
      "b.example", "1", "Old harbours", joined(news.sentences(8)) + " " + quoted + ". " + joined(news.sentences(8))));
  REQUIRE(other.kind == VerdictKind::New);
  CHECK(other.nearest == first.article);
  CHECK(other.similarity > 0.02);
  CHECK(other.similarity < 0.4);
  CHECK(std::any_of(other.evidence.begin(), other.evidence.end(),
                    [](const std::string& e) { return e.starts_with("both have “"); }));
}

TEST_CASE("a text cut to its half is contained in the whole") {
  Desk desk = desk_for_near();
  const Verdict first = desk.take(published_on("a.example", "1", "Crane falls at quay", kFerry));
  const Verdict part = desk.take(published_on("b.example", "1", "Crane", kFerry.substr(0, kFerry.find(" Witnesses"))));
  REQUIRE(part.kind == VerdictKind::Duplicate);
  CHECK(part.of == first.article);
  CHECK(part.how == DuplicateKind::Contained);
  CHECK(part.similarity < part.containment);
}

TEST_CASE("another outlet's retelling with a changed number is a new article that revises the first") {
  Desk desk = desk_for_near();
  const Verdict first = desk.take(published_on("a.example", "1", "Crane falls at quay", kFerry));
  const Verdict later = desk.take(published_on("b.example", "1", "Crane: more hurt", without(kFerry, "12", "15")));
  REQUIRE(later.kind == VerdictKind::New);
  CHECK(later.of == first.article);
  CHECK(later.of_event == numbered_event(1));
  REQUIRE(later.revision.numbers.size() == 1);
  CHECK(later.revision.numbers[0].before == "12");
  CHECK(later.revision.numbers[0].after == "15");
  CHECK(later.revision.numbers[0].context.find("15 sailors had been") != std::string::npos);
  CHECK(later.story == first.story);
  CHECK(later.story_size == 2);
}

TEST_CASE("one number of many that changed is a revision where nothing else did, a slip where much did") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  std::vector<std::string> sentences;
  for (int i = 0; i < 12; ++i)
    sentences.push_back("The " + news.sentence(3) + " " + std::to_string(1000 + 7 * i) + " " + news.sentence(18));
  const auto with_change = [&](std::vector<std::string> text) {
    text[5] = without(text[5], "1035", "2041");
    return text;
  };
  const auto told = [&](const std::vector<std::string>& text) {
    Desk desk = desk_for_near();
    desk.take(published_on("a.example", "1", "Stores counted", joined(sentences)));
    return desk.take(published_on("b.example", "1", "Stores counted again", joined(text)));
  };
  const Verdict revision = told(with_change(sentences));
  CHECK(revision.kind == VerdictKind::New);
  REQUIRE(revision.revision.numbers.size() == 1);
  CHECK(revision.revision.numbers[0].after == "2041");
  std::vector<std::string> framed = with_change(sentences);
  for (int i = 0; i < 8; ++i) framed.push_back(news.sentence(10));
  CHECK(told(framed).kind == VerdictKind::Duplicate);
}

TEST_CASE("a copy of a revision repeats the revision, not the first report") {
  Desk desk = desk_for_near();
  desk.take(published_on("a.example", "1", "Crane falls at quay", kFerry));
  const Verdict later = desk.take(published_on("b.example", "1", "Crane: more hurt", without(kFerry, "12", "15")));
  const Verdict copy = desk.take(
      published_on("c.example", "1", "Crane", without(kFerry, "12", "15") + " More about harbours on our pages."));
  REQUIRE(copy.kind == VerdictKind::Duplicate);
  CHECK(copy.of == later.article);
}

TEST_CASE("an updated article says which numbers changed") {
  Desk desk = desk_for_near();
  desk.take(published_on("a.example", "1", "Crane falls at quay", kFerry));
  const Verdict update = desk.take(published_on("a.example", "1", "Crane falls at quay", without(kFerry, "12", "15")));
  REQUIRE(update.kind == VerdictKind::Updated);
  CHECK(update.revision.changed == std::vector<std::string>{"body"});
  REQUIRE(update.revision.numbers.size() == 1);
  CHECK(update.revision.numbers[0].before == "12");
}

TEST_CASE("a counter, an age or a time stamp that ticked is no update") {
  Desk desk = desk_for_near();
  const auto page = [](const std::string& furniture) {
    Article made = with_url(article("Crane falls at quay", {kFerry, furniture}), "https://a.example/1");
    return candidate_of(made, dropped_as("1.txt"));
  };
  desk.take(page("1,204 views"));
  CHECK(desk.take(page("1,377 views")).kind == VerdictKind::Duplicate);
  CHECK(desk.take(page("Updated 10:15 GMT")).kind == VerdictKind::Duplicate);
  CHECK(desk.take(page("5 minutes ago")).kind == VerdictKind::Duplicate);
  CHECK(desk.take(page("Twelve more were hurt at night.")).kind == VerdictKind::Updated);
}

TEST_CASE("copies of one story on hundreds of sites stay one, whatever names stand around it") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Desk desk = desk_for_near();
  const std::string story =
      kFerry +
      " The line belongs to Halm Steel of Norra, whose chief Ann Lindqvist had met Bo Muster of the union in "
      "Oldhaven. A spokesman for Lindqvist said that Halm Steel would pay, and that the Sailors Fund had been told. In "
      "Norra the mayor, Eve Tamm, thanked the crew of the Albatross and the divers of the Blue Anchor club.";
  const auto furniture = [&news] {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      std::string word = news.word();
      if (news.below(3) == 0) word.front() = static_cast<char>(word.front() - 'a' + 'A');
      text += word + " ";
    }
    return text;
  };
  const Verdict first = desk.take(published_on("0.example", "1", "Crane", furniture() + story + " " + furniture()));
  for (int i = 1; i < 300; ++i) {
    const Verdict copy = desk.take(published_on(std::to_string(i) + ".example", "1", "T" + std::to_string(i),
                                                furniture() + story + " " + furniture()));
    REQUIRE(copy.kind == VerdictKind::Duplicate);
    REQUIRE(copy.of == first.article);
  }
}

TEST_CASE("the same sentences about others are neither a copy nor a revision") {
  Desk desk = desk_for_near();
  const std::string match =
      "The final between Harlow and Brennan was decided by Okafor of Castellan in the last minute "
      "after Lindqvist had missed from close range, and the coach of Marchetti said that nobody "
      "could have asked more of a team that had lost Petrov early on a pitch made heavy by rain.";
  std::string other = match;
  for (const auto& [before, after] :
       {std::pair("Harlow", "Sandoval"), std::pair("Brennan", "Duvall"), std::pair("Okafor", "Whitmore"),
        std::pair("Lindqvist", "Nakagawa"), std::pair("Petrov", "Ferreira")})
    other = without(other, before, after);
  desk.take(published_on("a.example", "1", "Cup final", match));
  const Verdict second = desk.take(published_on("b.example", "1", "Cup final", other));
  CHECK(second.kind == VerdictKind::New);
  CHECK(second.of == ArticleId{});
}

TEST_CASE("texts published further apart than the window are no copies of one another") {
  Desk desk = desk_for_near();
  desk.now = *parse_rfc3339("2024-03-05T09:59:30Z");  // a time of publication yet to come would not count
  desk.take(published_on("a.example", "1", "Crane falls at quay", kFerry, "2024-03-01T10:00:00Z"));
  const Verdict late =
      desk.take(published_on("b.example", "1", "Crane", kFerry + " And so on.", "2024-03-05T10:00:01Z"));
  CHECK(late.kind == VerdictKind::New);
}

TEST_CASE("what a host frames all its articles with makes none of them a copy") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Desk desk = desk_for_near();
  const std::string frame = joined(news.sentences(12));
  for (unsigned i = 0; i < 300; ++i) {
    const std::string own = joined(news.sentences(12));
    const Verdict v = desk.take(published_on("one.example", std::to_string(i), news.sentence(6), frame + " " + own));
    REQUIRE(v.kind == VerdictKind::New);
    REQUIRE(v.of == ArticleId{});
  }
}

TEST_CASE("one story in a thousand frames stays one cluster, found through few comparisons") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Spill spill;
  NearIndex index({}, spill);
  const Instant now = *parse_rfc3339("2024-03-01T10:00:00Z");
  NearIndex::DocId first = NearIndex::kNone;
  for (unsigned i = 0; i < 1000; ++i) {
    const Candidate c = published_on("h" + std::to_string(i) + ".example", "1", "Crane",
                                     news.sentence() + " " + kFerry + " " + joined(news.sentences(2)));
    const auto around = index.look(c.sketch, now);
    if (i > 0) {
      REQUIRE(around.near.size() == 1);
      REQUIRE(index.is_enough(around.near.front().like));
      REQUIRE(index.doc(around.near.front().doc).cluster == first);
    }
    const auto id = index.add(c.sketch, ArticleId(Uuid{{1}}), 1, now, now, first);
    if (i == 0) first = id;
  }
}

TEST_CASE("a digest of several articles is a copy of none") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  Desk desk = desk_for_near();
  std::string digest;
  for (unsigned i = 0; i < 5; ++i) {
    const std::string text = joined(news.sentences(5));
    desk.take(published_on("h" + std::to_string(i) + ".example", "1", news.word() + " " + news.word(), text));
    digest += text + " ";
  }
  CHECK(desk.take(published_on("d.example", "1", "The day in brief", digest)).kind == VerdictKind::New);
}

/// All pairs, whole sets: what the index has to find without looking at all pairs.
TEST_CASE("the index and a comparison of all pairs find the same neighbours") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  const auto pool = news.sentences(300);
  const Instant now = *parse_rfc3339("2024-03-01T10:00:00Z");
  Spill spill;
  NearIndex index({}, spill);
  std::vector<Sketch> known;
  std::map<std::uint32_t, unsigned> texts_with;
  unsigned found = 0;
  for (unsigned i = 0; i < 400; ++i) {
    std::vector<std::string> text;
    for (unsigned s = 0; s < 2 + news.below(3); ++s) text.push_back(pool[news.below(300)]);
    const Candidate made = published_on("h.example", std::to_string(i), "T", joined(text));
    Sketch sketch = made.sketch;
    sketch.host = sketch.series = 0;  // the rules for hosts and series are the placer's and tested there
    REQUIRE(sketch.limit == UINT32_MAX);

    std::set<std::size_t> expected;
    for (std::size_t k = 0; k < known.size(); ++k) {
      unsigned shared = 0;
      for (const std::uint32_t shingle : sketch.shingles)
        shared +=
            std::binary_search(known[k].shingles.begin(), known[k].shingles.end(), shingle) && texts_with[shingle] <= 4;
      if (shared >= 4) expected.insert(k);
    }
    const auto around = index.look(sketch, now);
    std::set<std::size_t> got;
    for (const auto& n : around.near) got.insert(n.doc);
    if (expected.size() <= NearIndex::kMostNeighbours) {
      REQUIRE(got == expected);
    } else {
      REQUIRE(std::includes(expected.begin(), expected.end(), got.begin(), got.end()));
    }
    found += static_cast<unsigned>(got.size());
    Uuid id;
    id.bytes[8] = static_cast<std::uint8_t>(i);
    id.bytes[9] = static_cast<std::uint8_t>(i >> 8);
    index.add(sketch, ArticleId(id), 1, now, now);
    for (const std::uint32_t shingle : sketch.shingles) ++texts_with[shingle];
    known.push_back(std::move(sketch));
  }
  CHECK(found > 50);
}

TEST_CASE("texts leave with the window, and with too little memory the oldest first") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  PlacingOptions options;
  options.max_memory = 2 << 20;
  Desk desk = desk_for_near(options);
  for (unsigned i = 0; i < 3000; ++i)
    desk.take(published_on("h.example", std::to_string(i), news.sentence(4), joined(news.sentences(8))));
  const PlacerLoad load = desk.placer->load();
  CHECK(load.left_early > 0);
  CHECK(load.texts + load.left_early == 3000);
  CHECK(load.text_bytes <= options.max_memory);
}
