#include "feeds/extract/knowledge.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

namespace newsd {
namespace {

Lesson lesson(std::vector<std::uint64_t> lines, std::uint64_t container = 0, std::string source = "drop:inbox") {
  std::sort(lines.begin(), lines.end());
  return {std::move(source), std::move(lines), container};
}

/// A line that no other article has.
std::uint64_t unique_line() {
  static std::uint64_t last = 1000;
  return ++last;
}

SourceKnowledge taught(int with, int without, std::uint64_t line, const LearningLimits& limits = {}) {
  SourceKnowledge knowledge;
  for (int i = 0; i < with; ++i) knowledge.take(lesson({line, unique_line()}), limits);
  for (int i = 0; i < without; ++i) knowledge.take(lesson({unique_line()}), limits);
  return knowledge;
}

std::vector<Lesson> random_lessons(std::mt19937& random, int count) {
  std::vector<Lesson> lessons;
  for (int i = 0; i < count; ++i) {
    std::vector<std::uint64_t> lines;
    for (auto n = random() % 12; n > 0; --n) lines.push_back(random() % 3 == 0 ? random() % 8 + 1 : random());
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    lessons.push_back(lesson(lines, random() % 3, "host:" + std::to_string(random() % 9)));
  }
  return lessons;
}

}  // namespace

TEST_CASE("a line is known when three articles bore it, not when two did") {
  CHECK(taught(2, 0, 7).habit(7, 3, 2) == 0);
  CHECK(taught(3, 0, 7).habit(7, 3, 2) == 3);
  CHECK(taught(3, 0, 7).habit(7, 4, 2) == 0);
  CHECK(taught(3, 0, 7).habit(8, 3, 2) == 0);
  CHECK(taught(3, 0, 7).known_lines(3) == 1);
}

TEST_CASE("what some articles share and most do not is no habit") {
  CHECK(taught(3, 3, 7).habit(7, 3, 2) == 3);
  CHECK(taught(3, 4, 7).habit(7, 3, 2) == 0);
  CHECK(taught(3, 4, 7).habit(7, 3, 8) == 3);
  CHECK(taught(3, 22, 7).habit(7, 3, 8) == 0);
}

TEST_CASE("a line that is not seen any more is forgotten, by articles that go by and not by time") {
  LearningLimits limits;
  limits.forget = 20;
  CHECK(taught(30, 19, 7, limits).habit(7, 3, 8) == 30);
  const SourceKnowledge later = taught(30, 20, 7, limits);
  CHECK(std::none_of(later.lines().begin(), later.lines().end(), [](const Trait& trait) { return trait.key == 7; }));
}

TEST_CASE("of a long history the older half counts half, so that a source may change its ways") {
  SourceKnowledge knowledge = taught(2000, 0, 7);
  CHECK(knowledge.articles() == 2000);
  CHECK(knowledge.habit(7, 3, 2) > 60);
  LearningLimits limits;
  limits.forget = 1'000'000;
  int without = 0;
  for (; knowledge.habit(7, 3, 2) > 0 && without < 500; ++without) knowledge.take(lesson({unique_line()}), limits);
  CHECK(without > 60);
  CHECK(without < 130);
}

TEST_CASE("however many lines articles have, no more are remembered than the limit, and the shared ones stay") {
  LearningLimits limits;
  limits.lines = 20;
  SourceKnowledge knowledge;
  for (int i = 0; i < 50; ++i) {
    std::vector<std::uint64_t> lines{1, 2, 3};
    for (int n = 0; n < 30; ++n) lines.push_back(unique_line());
    knowledge.take(lesson(lines), limits);
    CHECK(knowledge.lines().size() <= 20);
  }
  CHECK(knowledge.known_lines(3) == 3);
  CHECK(knowledge.habit(2, 3, 2) == 50);
}

TEST_CASE("the element of bodies is known when most of three articles agree") {
  SourceKnowledge knowledge;
  const LearningLimits limits;
  knowledge.take(lesson({}, 5), limits);
  knowledge.take(lesson({}, 5), limits);
  CHECK_FALSE(knowledge.container(3));
  knowledge.take(lesson({}, 5), limits);
  CHECK(knowledge.container(3) == std::optional<std::uint64_t>(5));
  for (int i = 0; i < 3; ++i) knowledge.take(lesson({}, 6), limits);
  CHECK(knowledge.container(3) == std::optional<std::uint64_t>(6));  // the new layout: all since it was first seen
  for (std::uint64_t i = 10; i < 20; ++i) knowledge.take(lesson({}, i), limits);
  CHECK_FALSE(knowledge.container(3));
}

TEST_CASE("what is known is the same after it was written down and read again") {
  std::mt19937 random(Catch::rngSeed());
  for (int round = 0; round < 30; ++round) {
    SourceKnowledge knowledge;
    for (const Lesson& l : random_lessons(random, static_cast<int>(random() % 60))) {
      knowledge.take(l, {});
      REQUIRE(decode_lesson(encode(l)) == l);
    }
    REQUIRE(SourceKnowledge::decode(knowledge.encode()) == knowledge);
  }
}

TEST_CASE("damaged bytes are nothing, or something that can be written down again") {
  std::mt19937 random(Catch::rngSeed());
  SourceKnowledge knowledge;
  for (const Lesson& l : random_lessons(random, 40)) knowledge.take(l, {});
  const std::string bytes = knowledge.encode(), taught = encode(random_lessons(random, 1).front());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_FALSE(SourceKnowledge::decode(std::string_view(bytes).substr(0, length)));
  for (std::size_t length = 0; length < taught.size(); ++length)
    CHECK_FALSE(decode_lesson(std::string_view(taught).substr(0, length)));
  for (int round = 0; round < 2000; ++round) {
    std::string broken = bytes;
    for (auto n = random() % 3 + 1; n > 0; --n) broken[random() % broken.size()] = static_cast<char>(random());
    if (const auto read = SourceKnowledge::decode(broken)) CHECK(SourceKnowledge::decode(read->encode()) == read);
  }
}

TEST_CASE("lessons taught in pieces make the same knowledge, and what was handed out before stays as it was") {
  std::mt19937 random(Catch::rngSeed());
  const LearningLimits limits;
  const std::vector<Lesson> lessons = random_lessons(random, 200);
  Knowledge whole, pieces;
  whole.take(lessons, limits);
  for (auto at = lessons.begin(); at != lessons.end();) {
    const Knowledge before = pieces;
    const auto first = before.sources().empty() ? std::string() : before.sources().begin()->first;
    const auto bytes = first.empty() ? std::string() : before.find(first)->encode();
    const auto end = at + std::min<std::ptrdiff_t>(lessons.end() - at, static_cast<std::ptrdiff_t>(random() % 9 + 1));
    pieces.take({at, end}, limits);
    at = end;
    if (!first.empty()) CHECK(before.find(first)->encode() == bytes);
  }
  REQUIRE(whole.sources().size() == pieces.sources().size());
  for (const auto& [name, source] : whole.sources()) {
    REQUIRE(pieces.find(name) != nullptr);
    CHECK(*pieces.find(name) == *source.knowledge);
    CHECK(pieces.sources().at(name).used == source.used);
    CHECK(pieces.sources().at(name).known_lines == source.known_lines);
  }
}

TEST_CASE("beyond the limit the source that taught longest ago leaves, and is said to have changed") {
  LearningLimits limits;
  limits.sources = 2;
  Knowledge knowledge;
  knowledge.take({lesson({1}, 0, "a"), lesson({1}, 0, "b"), lesson({1}, 0, "a")}, limits);
  const auto changes = knowledge.take({lesson({1}, 0, "c")}, limits);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].source == "b");
  CHECK(changes[1].source == "c");
  CHECK(knowledge.find("b") == nullptr);
  CHECK(knowledge.find("a") != nullptr);
  knowledge.take({lesson({1}, 0, "a"), lesson({1}, 0, "a")}, limits);
  CHECK(knowledge.known_lines() == 1);
}

}  // namespace newsd
