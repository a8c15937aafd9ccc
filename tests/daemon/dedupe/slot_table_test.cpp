#include "daemon/dedupe/slot_table.h"

#include "daemon/dedupe/hash_filter.h"

#include <catch2/catch.hpp>

#include <map>
#include <random>

using namespace newsd;

namespace {
struct HashOf {
  const std::vector<std::uint64_t>* hashes;
  std::uint64_t operator()(std::uint32_t i) const { return (*hashes)[i]; }
};
}  // namespace

TEST_CASE("the slot table agrees with a map over random inserts and erasures") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  std::vector<std::uint64_t> hashes;
  for (int i = 0; i < 3000; ++i) hashes.push_back(random() % (i < 1500 ? 40 : UINT64_MAX));  // half of them collide
  SlotTable<HashOf> table{HashOf{&hashes}};
  std::map<std::uint32_t, bool> held;
  for (int step = 0; step < 20'000; ++step) {
    const auto index = static_cast<std::uint32_t>(random() % hashes.size());
    if (held[index])
      table.erase(index);
    else
      table.insert(index);
    held[index] = !held[index];
    const auto asked = static_cast<std::uint32_t>(random() % hashes.size());
    const auto found = table.find(hashes[asked], [&](std::uint32_t i) { return i == asked; });
    REQUIRE(found == (held[asked] ? asked : SlotTable<HashOf>::kNone));
  }
  for (const auto& [index, is_in] : held) {
    const auto found = table.find(hashes[index], [&, i = index](std::uint32_t other) { return other == i; });
    REQUIRE((found == index) == is_in);
  }
}

TEST_CASE("a filter has what was put in this generation and in the one before, and little else") {
  const unsigned seed = Catch::rngSeed();
  CAPTURE(seed);
  std::mt19937 random(seed);
  HashFilter filter;
  std::vector<std::uint32_t> before, now;
  for (int generation = 0; generation < 4; ++generation) {
    filter.next_generation();
    before = std::exchange(now, {});
    for (int i = 0; i < 2000; ++i) filter.put(now.emplace_back(static_cast<std::uint32_t>(random())));
    for (const auto& put : {before, now})
      for (const std::uint32_t hash : put) REQUIRE(filter.may_have(hash));
    unsigned others = 0;
    for (int i = 0; i < 10'000; ++i) others += filter.may_have(static_cast<std::uint32_t>(random()));
    CHECK(others < 100);  // 4000 of 2 million bits are set
  }
  filter.next_generation();
  filter.next_generation();
  for (const std::uint32_t hash : now) REQUIRE_FALSE(filter.may_have(hash));
}
