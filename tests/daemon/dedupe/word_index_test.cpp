#include "daemon/dedupe/word_index.h"

#include "daemon/dedupe/tally.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

using namespace newsd;

namespace {

using Id = WordIndex::Id;

/// The same, said simply: a word's live ids in the order of their starting.
class SimpleIndex {
 public:
  void set_live(Id oldest, Id next) {
    const auto is_dead = [&](Id id) { return distance(oldest, id) >= distance(oldest, next); };
    for (auto& [word, ids] : ids_) std::erase_if(ids, is_dead);
    oldest_ = oldest;
  }
  void enter(std::uint32_t word, Id id) {
    std::vector<Id>& ids = ids_[word];
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) return;
    if (ids.size() == WordIndex::kMostIds) ids.erase(ids.begin());
    ids.push_back(id);
    std::sort(ids.begin(), ids.end(), [&](Id a, Id b) { return distance(oldest_, a) < distance(oldest_, b); });
  }
  const std::vector<Id>& of(std::uint32_t word) { return ids_[word]; }
  auto begin() const { return ids_.begin(); }
  auto end() const { return ids_.end(); }

 private:
  static Id distance(Id from, Id to) { return to >= from ? to - from : to + PostingTable::kIds - from; }
  std::map<std::uint32_t, std::vector<Id>> ids_;
  Id oldest_ = 0;
};

constexpr Id after(Id id, Id steps = 1) { return (id + steps) % PostingTable::kIds; }

}  // namespace

TEST_CASE("a word leads to what a simple index says, while the oldest leave and old ids come back") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  WordIndex index;
  SimpleIndex simple;
  const unsigned spread = 1 + random() % 8;             // of words: few that are full, or many that are not
  Id oldest = PostingTable::kIds - 400, next = oldest;  // ids wrap around on the way
  for (int i = 0; i < 30'000; ++i) {
    if (random() % 8 == 0) next = after(next);
    if (random() % 9 == 0 && oldest != next) oldest = after(oldest);
    if (random() % 5000 == 0) oldest = next;
    index.set_live(oldest, next);
    simple.set_live(oldest, next);
    const auto word = static_cast<std::uint32_t>(random() % 40 * (random() % spread)) << 10;
    const Id live = next >= oldest ? next - oldest : next + PostingTable::kIds - oldest;
    if (live > 0) {
      const Id back = random() % 3 == 0 ? static_cast<Id>(random() % live) : 0;  // mostly the newest
      const Id id = after(oldest, live - 1 - back);
      index.enter(word, id);
      simple.enter(word, id);
    }
    const auto found = index.live(index.look_up(word));
    REQUIRE(std::vector<Id>(found.begin(), found.end()) == simple.of(word));
  }
  for (const auto& [word, ids] : simple) {
    const auto found = index.live(index.look_up(word));
    REQUIRE(std::vector<Id>(found.begin(), found.end()) == ids);
  }
}

TEST_CASE("an index whose words all leave keeps the room of those that come after them, no more") {
  WordIndex index;
  std::mt19937 random(5);
  std::size_t most_of_first = 0;
  for (Id id = 0; id < 40'000; ++id) {
    index.set_live(id < 1000 ? 0 : id - 1000, id + 1);
    for (int n = 0; n < 12; ++n) index.enter(static_cast<std::uint32_t>(random()) << 10, id);
    if (id < 10'000) most_of_first = std::max(most_of_first, index.bytes());
  }
  CHECK(index.bytes() < most_of_first + most_of_first / 4);
}

TEST_CASE("a tally tells the heaviest, of equal ones the lowest") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  Tally tally;
  for (int round = 0; round < 50; ++round) {
    const std::size_t count = random() % 6000, most = random() % 16;
    std::map<Tally::Id, float> sums;
    tally.make_room(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto id = static_cast<Tally::Id>(random() % 1000 * 4096);
      const float weight = static_cast<float>(1 + random() % 4);
      tally.add(id, weight);
      sums[id] += weight;
    }
    std::vector<Tally::Entry> expected(sums.begin(), sums.end());
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    expected.resize(std::min(most, expected.size()));
    const auto found = tally.take(most);
    REQUIRE(std::vector<Tally::Entry>(found.begin(), found.end()) == expected);
  }
}
