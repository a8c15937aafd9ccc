// What a feed says about itself that whoever polls it must know: when to come back, where to, and whether the feed was
// in order. Plain values; nothing in it is made up, and nothing in it is a decision.
#pragma once

#include "feeds/article/timestamp.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

struct FeedFacts {
  std::string title;                                    ///< plain text
  std::string home_page;                                ///< absolute http(s) URL
  std::string self;                                     ///< what the feed gives as its own address, absolute
  std::string new_location;                             ///< where it says it has moved to, absolute
  std::vector<std::string> hubs;                        ///< WebSub hubs, absolute
  std::optional<std::chrono::minutes> ttl;              ///< positive
  std::vector<int> skip_hours;                          ///< 0–23 UTC, ascending
  std::vector<int> skip_days;                           ///< 0 Sunday – 6 Saturday, UTC, ascending
  std::optional<std::chrono::seconds> update_interval;  ///< sy:updatePeriod / sy:updateFrequency, positive
  std::optional<Instant> update_base;                   ///< sy:updateBase
  bool malformed = false;
  std::string malformed_reason;
  std::size_t entries = 0;  ///< in the document, before any was refused
  bool operator==(const FeedFacts&) const = default;
};

}  // namespace newsd
