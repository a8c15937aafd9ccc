// Publishing: how often a feed publishes, learned from when its entries came, by hour of the day. Plain value, pure.
// Both counts and time fade with a half-life of a week, so that the estimate follows a feed that changes its habits.
#pragma once

#include "feeds/article/timestamp.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace newsd {

class Publishing {
 public:
  static constexpr std::size_t kHours = 24;  ///< of the day, UTC

  /// Before anything was seen: what the dates of the entries found at first sight tell. Dates in the future or older
  /// than two weeks do not count; `shown` entries without any usable date tell nothing.
  static Publishing from_dates(const std::vector<Instant>& published, Instant now);
  /// `entries` new ones came between two looks.
  void observe(Instant since, Instant now, std::size_t entries);

  /// Entries an hour to be expected in the hour of the day that holds t: what came in that hour, smoothed with its
  /// neighbours and the whole day, and with a little of what feeds are like in general, which counts until more is
  /// known.
  double rate_at(Instant t) const;
  /// Entries an hour over the whole day.
  double rate() const;

  std::array<float, kHours> counts{};  ///< entries, faded
  float hours = 0;                     ///< for how long was looked, faded

  bool operator==(const Publishing&) const = default;
};

}  // namespace newsd
