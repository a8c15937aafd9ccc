#include "daemon/dedupe/spill.h"
#include "tests/daemon/dedupe/made_news.h"
#include "tests/daemon/dedupe/memory_space.h"

#include <catch2/catch.hpp>

#include <random>

using namespace newsd;

namespace {

struct Spilling {
  std::shared_ptr<MemorySpace::State> state = std::make_shared<MemorySpace::State>();
  Spill spill{std::make_unique<MemorySpace>(state)};
};

std::vector<std::uint32_t> words_of(std::uint32_t seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<std::uint32_t> made(count);
  for (auto& word : made) word = static_cast<std::uint32_t>(random());
  return made;
}

bool says(const Spilled& record, const std::vector<std::uint32_t>& words) {
  const auto read = record.read();
  return std::equal(read.begin(), read.end(), words.begin(), words.end());
}

}  // namespace

TEST_CASE("records come back as they were kept, from memory and from the space") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  Spilling with;
  Spill without;
  std::vector<std::pair<Spilled, std::uint32_t>> kept;
  const auto size_of = [](std::uint32_t n) { return n % 701; };
  for (std::uint32_t n = 0; n < 4000; ++n) {
    for (Spill* spill : {&with.spill, &without}) kept.emplace_back(spill->keep(words_of(n, size_of(n))), n);
    if (random() % 2 == 0) {
      std::swap(kept[random() % kept.size()], kept.back());
      kept.pop_back();
    }
    if (random() % 8 == 0) kept[random() % kept.size()] = kept[random() % kept.size()];
  }
  CHECK(with.state->writes > 10);
  for (const auto& [record, n] : kept) REQUIRE(says(record, words_of(n, size_of(n))));
  CHECK(with.state->reads > 100);
  CHECK_FALSE(with.spill.trouble());
}

TEST_CASE("a record of a whole segment and one of nothing are kept") {
  Spilling s;
  const auto words = words_of(1, Spill::kSegmentWords);
  const Spilled large = s.spill.keep(words), none = s.spill.keep({}), after = s.spill.keep(words);
  CHECK(says(large, words));
  CHECK(none.read().empty());
  CHECK(says(after, words));
  CHECK(Spilled().read().empty());
}

TEST_CASE("full segments leave memory, and are used again when their records are gone") {
  Spilling s;
  const std::size_t segment = Spill::kSegmentWords * sizeof(std::uint32_t);
  std::vector<Spilled> kept;
  for (std::uint32_t n = 0; n < 1000; ++n) kept.push_back(s.spill.keep(words_of(n, 512)));
  CHECK(s.spill.bytes() < segment + 20 * kept.size());
  CHECK(s.spill.spilled_bytes() == 31 * segment);
  for (int round = 0; round < 5; ++round) {
    for (std::uint32_t n = 0; n < 1000; ++n) kept[n] = s.spill.keep(words_of(n, 512));
    for (std::uint32_t n = 0; n < 1000; ++n) REQUIRE(says(kept[n], words_of(n, 512)));
  }
  CHECK(s.spill.spilled_bytes() <= 32 * segment);
  CHECK(s.state->words.rbegin()->first < 34 * segment);
  kept.clear();
  CHECK(s.spill.spilled_bytes() == 0);
  CHECK(s.spill.bytes() <= segment);
}

TEST_CASE("what a full space refuses stays in memory until there is room") {
  Spilling s;
  s.state->full = true;
  std::vector<Spilled> kept;
  for (std::uint32_t n = 0; n < 1000; ++n) kept.push_back(s.spill.keep(words_of(n, 512)));
  CHECK(s.state->writes == 0);
  CHECK(s.spill.bytes() > 2'000'000);
  for (std::uint32_t n = 0; n < 1000; ++n) REQUIRE(says(kept[n], words_of(n, 512)));
  s.state->full = false;
  for (std::uint32_t n = 0; n < 32; ++n) kept.push_back(s.spill.keep(words_of(n, 512)));
  CHECK(s.spill.bytes() < 100'000);
  for (std::uint32_t n = 0; n < 1000; ++n) REQUIRE(says(kept[n], words_of(n, 512)));
}

TEST_CASE("a record that cannot be read again is told") {
  Spilling s;
  std::vector<Spilled> kept;
  for (std::uint32_t n = 0; n < 100; ++n) kept.push_back(s.spill.keep(words_of(n, 512)));
  s.state->lost = true;
  CHECK(says(kept.back(), words_of(99, 512)));
  CHECK_FALSE(s.spill.trouble());
  CHECK(kept.front().read().empty());
  REQUIRE(s.spill.trouble());
  CHECK(s.spill.trouble()->is(SpaceError::Lost));
}

TEST_CASE("a placer decides the same with its texts spilled, and says when it cannot read them") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  MadeNews news(seed);
  const auto texts = std::make_shared<MemorySpace::State>(), stories = std::make_shared<MemorySpace::State>();
  Desk kept, spilled;
  kept.placer = make_placer({});
  spilled.placer = make_placer({}, {std::make_unique<MemorySpace>(texts), std::make_unique<MemorySpace>(stories)});
  std::vector<std::vector<std::string>> seen;
  const auto next = [&](int i) {
    std::vector<std::string> text =
        seen.empty() || news.below(3) > 0 ? news.sentences(20) : seen[news.below(static_cast<unsigned>(seen.size()))];
    text[news.below(20)] = news.sentence();
    seen.push_back(text);
    return published_on(news.word() + ".example", std::to_string(i), text[0] + " " + text[1], joined(text));
  };
  for (int i = 0; i < 600; ++i) {
    const Candidate c = next(i);
    const Verdict a = kept.take(c), b = spilled.take(c);
    REQUIRE(a.kind == b.kind);
    REQUIRE(a.evidence == b.evidence);
    REQUIRE(a.story == b.story);
    REQUIRE(a.story_likeness == b.story_likeness);
  }
  CHECK(texts->reads > 100);
  CHECK(stories->reads > 100);
  CHECK(spilled.placer->soundness().has_value());
  CHECK(spilled.placer->load().spilled_bytes > 0);
  CHECK(kept.placer->load().text_bytes > spilled.placer->load().text_bytes);
  texts->lost = true;
  for (int i = 600; i < 640; ++i) spilled.take(next(i));
  CHECK_FALSE(spilled.placer->soundness().has_value());
}
