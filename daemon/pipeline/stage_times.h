// StageTimes: how long inputs and batches take on their way, by stage. Counted by the threads that do the work, read by
// whoever asks; no locks.
#pragma once

#include "daemon/ops/histogram.h"

#include <array>
#include <string_view>
#include <utility>

namespace newsd {

struct StageTimes {
  LatencyHistogram wait;    ///< an input: until a worker takes it
  LatencyHistogram read;    ///< an input: reading and labelling
  LatencyHistogram place;   ///< a batch
  LatencyHistogram record;  ///< a batch: until it is durable
  LatencyHistogram whole;   ///< an event about an input: from its receipt until outputs have it

  /// The stages by their names, in the order of the way; without `whole`.
  std::array<std::pair<std::string_view, LatencyCounts>, 4> by_stage() const {
    return {{{"wait", wait.counts()}, {"read", read.counts()}, {"place", place.counts()}, {"record", record.counts()}}};
  }
};

}  // namespace newsd
