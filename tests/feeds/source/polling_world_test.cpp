// A week of 30 feeds; tests/bench/polling_simulation.cpp has the month of ten thousand.
#include "tests/support/polling_world.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("the adaptive pace asks less often than every quarter of an hour, and misses nothing") {
  constexpr std::size_t kFeeds = 30;
  constexpr double kDays = 7;
  const std::uint64_t seed = GENERATE(1, 2);
  INFO("seed " << seed);
  PollingWorld world(kFeeds, kDays, seed);
  const PollingFigures adaptive = world.run(std::nullopt), quarterly = world.run(std::chrono::minutes(15));
  CHECK(adaptive.missed == 0);
  CHECK(adaptive.found > 500);
  CHECK(adaptive.polls < quarterly.polls * 3 / 4);
  CHECK(adaptive.bytes < quarterly.bytes * 3 / 4);

  const double as_often = kDays * 86'400'000 * kFeeds / static_cast<double>(adaptive.polls);
  const PollingFigures even = world.run(std::chrono::milliseconds(static_cast<std::int64_t>(as_often)));
  CHECK(adaptive.mean_delay() < even.mean_delay() * 0.8);  // for as many polls, news is found sooner
}
