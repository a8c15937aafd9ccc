#include "daemon/ops/histogram.h"

#include <algorithm>

namespace newsd {

void LatencyHistogram::observe(std::chrono::nanoseconds took) {
  took = std::max(took, std::chrono::nanoseconds(0));
  const auto* bound = std::find_if(kLatencyBounds.begin(), kLatencyBounds.end(),
                                   [&](const LatencyBound& b) { return took <= b.up_to; });
  buckets_[static_cast<std::size_t>(bound - kLatencyBounds.begin())].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(took.count(), std::memory_order_relaxed);
}

LatencyCounts LatencyHistogram::counts() const {
  LatencyCounts counts;
  for (std::size_t i = 0; i < buckets_.size(); ++i) counts.buckets[i] = buckets_[i].load(std::memory_order_relaxed);
  counts.sum = std::chrono::nanoseconds(sum_.load(std::memory_order_relaxed));
  return counts;
}

}  // namespace newsd
