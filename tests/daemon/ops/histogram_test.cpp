#include "daemon/ops/histogram.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

using namespace newsd;
using namespace std::chrono_literals;

namespace {

std::size_t bucket_of(std::chrono::nanoseconds took) {
  LatencyHistogram histogram;
  histogram.observe(took);
  const auto counts = histogram.counts();
  return static_cast<std::size_t>(std::find(counts.buckets.begin(), counts.buckets.end(), 1U) - counts.buckets.begin());
}

}  // namespace

TEST_CASE("a duration is counted in the first bucket that reaches it, both ends told apart") {
  CHECK(bucket_of(0ns) == 0);
  CHECK(bucket_of(-5s) == 0);
  for (std::size_t i = 0; i < kLatencyBounds.size(); ++i) {
    CAPTURE(kLatencyBounds[i].seconds);
    CHECK(bucket_of(kLatencyBounds[i].up_to) == i);
    CHECK(bucket_of(kLatencyBounds[i].up_to + 1ns) == i + 1);
  }
  CHECK(bucket_of(24h) == kLatencyBounds.size());
}

TEST_CASE("the bounds rise, and are written as the numbers they are") {
  std::chrono::microseconds before{0};
  for (const LatencyBound& bound : kLatencyBounds) {
    CHECK(bound.up_to > before);
    CHECK(std::stod(std::string(bound.seconds)) == Approx(std::chrono::duration<double>(bound.up_to).count()));
    before = bound.up_to;
  }
}

TEST_CASE("threads that count at the same time lose nothing") {
  LatencyHistogram histogram;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10'000; ++n) histogram.observe(std::chrono::microseconds(n));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto counts = histogram.counts();
  CHECK(std::accumulate(counts.buckets.begin(), counts.buckets.end(), std::uint64_t{0}) == 40'000);
  CHECK(counts.sum == 4 * std::chrono::microseconds(9'999 * 10'000 / 2));
}
