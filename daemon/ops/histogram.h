// LatencyHistogram: durations counted in fixed buckets, as OpenMetrics wants them. observe() may be called from any
// thread, takes no lock and no memory; counts() may miss what is being counted.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace newsd {

struct LatencyBound {
  std::chrono::microseconds up_to;
  std::string_view seconds;  ///< as metrics write it
};

/// The buckets' upper bounds, both included; beyond the last there is one more bucket.
inline constexpr std::array<LatencyBound, 16> kLatencyBounds{{{std::chrono::microseconds(100), "0.0001"},
                                                              {std::chrono::microseconds(250), "0.00025"},
                                                              {std::chrono::microseconds(500), "0.0005"},
                                                              {std::chrono::microseconds(1'000), "0.001"},
                                                              {std::chrono::microseconds(2'500), "0.0025"},
                                                              {std::chrono::microseconds(5'000), "0.005"},
                                                              {std::chrono::microseconds(10'000), "0.01"},
                                                              {std::chrono::microseconds(25'000), "0.025"},
                                                              {std::chrono::microseconds(50'000), "0.05"},
                                                              {std::chrono::microseconds(100'000), "0.1"},
                                                              {std::chrono::microseconds(250'000), "0.25"},
                                                              {std::chrono::microseconds(500'000), "0.5"},
                                                              {std::chrono::microseconds(1'000'000), "1.0"},
                                                              {std::chrono::microseconds(2'500'000), "2.5"},
                                                              {std::chrono::microseconds(10'000'000), "10.0"},
                                                              {std::chrono::microseconds(60'000'000), "60.0"}}};

/// What was counted: of each bucket alone, not of those below it.
struct LatencyCounts {
  std::array<std::uint64_t, kLatencyBounds.size() + 1> buckets{};
  std::chrono::nanoseconds sum{0};
  bool operator==(const LatencyCounts&) const = default;
};

class LatencyHistogram {
 public:
  /// What is less than nothing (a clock that was set back) counts as nothing.
  void observe(std::chrono::nanoseconds took);
  LatencyCounts counts() const;

 private:
  std::array<std::atomic<std::uint64_t>, kLatencyBounds.size() + 1> buckets_{};
  std::atomic<std::int64_t> sum_{0};
};

}  // namespace newsd
