// How feeds are doing, for `newsd feeds list`: subscriptions and what the journal remembers of them → lines for people
// or for programs. Pure.
#pragma once

#include "daemon/config/config.h"
#include "feeds/schedule/feed_state.h"

#include <optional>
#include <string>

namespace newsd {

/// state: nothing when it was never polled.
struct FeedStanding {
  FeedConfig feed;
  std::optional<FeedState> state;
};

/// "ok", "failing", "blocked", "gone", "silent", "new".
std::string_view standing_of(const FeedStanding& feed);
/// One line of JSON, without the newline.
std::string feed_line(const FeedStanding& feed, const FetchConfig& fetch, Instant now);
/// For people: the state, the address, when it was last well, when it is asked next, its usual interval, and what is
/// wrong with it.
std::string feed_words(const FeedStanding& feed, const FetchConfig& fetch, Instant now);

}  // namespace newsd
