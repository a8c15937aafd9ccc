// How a feed is doing, for `newsd feeds list` on a terminal. Pure.
#pragma once

#include "daemon/serve/feed_standing.h"

#include <string>

namespace newsd {

/// The state, the address, when it was last well, when it is asked next, its usual interval, and what is wrong with it.
std::string feed_words(const FeedStanding& feed, const FetchConfig& fetch, Instant now);

}  // namespace newsd
