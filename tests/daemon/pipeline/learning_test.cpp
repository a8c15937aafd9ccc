#include "daemon/pipeline/learning.h"

#include "daemon/pipeline/knowledge_epochs.h"
#include "tests/support/memory_journal.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

namespace newsd {
namespace {

constexpr std::uint64_t kShort = 8;

std::vector<Lesson> random_lessons(std::mt19937& random) {
  std::vector<Lesson> lessons;
  for (auto n = random() % 4; n > 0; --n) {
    Lesson lesson{"host:" + std::to_string(random() % 5), {random() % 6 + 1, random() | 1u << 20}, random() % 2};
    std::sort(lesson.lines.begin(), lesson.lines.end());
    lessons.push_back(std::move(lesson));
  }
  return lessons;
}

/// All that can be told of it, in bytes.
std::string all_of(const Knowledge& knowledge) {
  std::string all;
  for (const auto& [name, source] : knowledge.sources())
    all += name + " " + std::to_string(source.used) + " " + source.knowledge->encode() + "\n";
  return all;
}

/// What each of the inputs would be read by; the journal is opened anew before some of them.
std::vector<std::string> read_by(const std::vector<std::vector<Lesson>>& inputs, const std::vector<bool>& restarts,
                                 const LearningLimits& limits) {
  MemoryJournal journal;
  auto learning = std::make_unique<Learning>(limits, kShort);
  std::vector<std::string> knowledge;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (restarts[i]) {
      learning = std::make_unique<Learning>(limits, kShort);
      REQUIRE(learning->restore(*journal.learned(), i).has_value());
    }
    REQUIRE(learning->epoch() == i / kShort);
    knowledge.push_back(all_of(*learning->now()) + "then " + all_of(*learning->next()));
    Batch batch;
    learning->take(inputs[i], batch);
    REQUIRE(journal.commit(batch, Instant{}).has_value());
  }
  return knowledge;
}

}  // namespace

TEST_CASE("what an input is read by was taught at least an epoch before, and nothing between changes it") {
  Learning learning({}, kShort);
  std::vector<std::string> known;
  for (std::uint64_t i = 0; i < 5 * kShort; ++i) {
    known.push_back(all_of(*learning.now()));
    Batch batch;
    const bool turned = learning.take({{"host:a", {i + 1}, 0}}, batch);
    CHECK(turned == ((i + 1) % kShort == 0));
    REQUIRE(batch.lessons.size() == 1);
    CHECK(batch.lessons.front().input == i);
    CHECK(batch.learned.size() == (turned && i + 1 >= 2 * kShort ? 1 : 0));
  }
  for (std::uint64_t i = 0; i < known.size(); ++i) {
    CHECK(known[i] == known[i / kShort * kShort]);
    CHECK(known[i].empty() == (i < 2 * kShort));
  }
  CHECK(learning.now()->find("host:a")->articles() == 4 * kShort);
  CHECK(learning.next()->find("host:a")->articles() == 5 * kShort);
}

TEST_CASE("whenever newsd was restarted, every input is read by what it would have been read by without") {
  std::mt19937 random(Catch::rngSeed());
  LearningLimits limits;
  limits.sources = 1 + random() % 6;
  limits.lines = 2 + random() % 10;
  std::vector<std::vector<Lesson>> inputs;
  std::vector<bool> restarts;
  for (int i = 0; i < 90; ++i) {
    inputs.push_back(random_lessons(random));
    restarts.push_back(random() % 5 == 0);
  }
  CHECK(read_by(inputs, restarts, limits) == read_by(inputs, std::vector<bool>(inputs.size()), limits));
}

TEST_CASE("lessons that were left over when learning was off are not lost") {
  MemoryJournal journal;
  Learning before({}, kShort);
  for (std::uint64_t i = 0; i < 3; ++i) {
    Batch batch;
    before.take({{"host:a", {7}, 0}}, batch);
    REQUIRE(journal.commit(batch, Instant{}).has_value());
  }
  Learning after({}, kShort);
  REQUIRE(after.restore(*journal.learned(), 100).has_value());
  REQUIRE(after.now()->find("host:a") != nullptr);
  CHECK(after.now()->find("host:a")->habit(7, 3, 2) == 3);
  for (std::uint64_t i = 100; i < 100 + kShort; ++i) {
    Batch batch;
    after.take({}, batch);
    REQUIRE(journal.commit(batch, Instant{}).has_value());
  }
  CHECK(journal.learned()->lessons.empty());
  REQUIRE(journal.learned()->sources.size() == 1);
  CHECK(journal.learned()->sources.front().bytes == after.now()->find("host:a")->encode());
}

TEST_CASE("of an input with very many articles the first thousand teach") {
  Learning learning({}, kShort);
  Batch batch;
  learning.take(std::vector<Lesson>(3000, Lesson{"host:a", {7}, 0}), batch);
  CHECK(batch.lessons.size() == Learning::kMostLessons);
}

TEST_CASE("what cannot be read back is an error") {
  const std::string lesson = encode(Lesson{"host:a", {7}, 0}), source = SourceKnowledge().encode();
  const auto fails = [](const LearnedRows& kept) {
    const auto restored = Learning({}, kShort).restore(kept, 10);
    return restored.has_error() && restored.error().is(JournalError::Corrupt);
  };
  CHECK_FALSE(fails({{{"host:a", 1, source}}, {{9, 0, lesson}}}));
  CHECK(fails({{{"host:a", 1, "?"}}, {}}));
  CHECK(fails({{}, {{9, 0, "?"}}}));
  CHECK(fails({{}, {{10, 0, lesson}}}));
}

TEST_CASE("a source is news when lines of it are known for the first time") {
  Learning learning({}, kShort);
  std::vector<std::string> told;
  for (std::uint64_t i = 0; i < 6 * kShort; ++i) {
    Batch batch;
    if (!learning.take({{"host:a", {7}, 0}, {"host:b", {100 + i}, 0}}, batch)) continue;
    for (const auto& news : learning.news()) told.push_back(news.source + " " + std::to_string(news.known_now));
  }
  CHECK(told == std::vector<std::string>{"host:a 1"});
  CHECK(learning.load().sources == 2);
  CHECK(learning.load().lines == 1);
}

TEST_CASE("who is ahead of what was published waits for it, and says so; at the end whoever waits gets nothing") {
  KnowledgeEpochs epochs;
  const auto knowledge = std::make_shared<const Knowledge>();
  const auto silent = [] { FAIL("nobody has to wait"); };
  epochs.publish(4, knowledge);
  epochs.publish(5, std::make_shared<const Knowledge>());
  CHECK(epochs.of(4, silent) == knowledge);
  CHECK(epochs.of(5, silent) != knowledge);
  CHECK_FALSE(epochs.someone_waits());

  std::atomic<bool> wanted = false;
  std::shared_ptr<const Knowledge> got;
  std::thread ahead([&] { got = epochs.of(6, [&] { wanted = true; }); });
  while (!wanted) std::this_thread::yield();
  CHECK(epochs.someone_waits());
  epochs.publish(6, knowledge);
  ahead.join();
  CHECK(got == knowledge);
  CHECK_FALSE(epochs.someone_waits());

  std::thread left_over([&] { got = epochs.of(7, [&] { epochs.end(); }); });
  left_over.join();
  CHECK(got == nullptr);
  CHECK(epochs.of(6, silent) == knowledge);
  CHECK(epochs.of(9, silent) == nullptr);
}

}  // namespace newsd
