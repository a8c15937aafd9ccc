// Rebuilds a placer from what was decided before, while that is still being read: texts on one thread, stories on
// another. The same placer comes out as from one remember() after the other.
#pragma once

#include "daemon/dedupe/place.h"

#include <cstddef>
#include <future>
#include <vector>

namespace newsd {

class PlacerRebuild {
 public:
  /// The placer is not to be used until finish() has returned, or this is gone.
  explicit PlacerRebuild(Placer& placer) : placer_(placer) {}
  void take(Past past);
  void finish();

 private:
  static constexpr std::size_t kBatch = 1024;
  void fold();
  void wait();

  Placer& placer_;
  std::vector<Past> read_, folding_;
  std::future<void> texts_, stories_;  // of folding_; after it, so that they end before it goes
};

}  // namespace newsd
