// data.feed of newsd.feed.*: what a poll came to → JSON members. Pure.
#pragma once

#include "daemon/event/event.h"
#include "feeds/schedule/settle.h"

#include <string>
#include <string_view>

namespace newsd {

EventType type_of(FeedNotice::Kind kind);
Severity severity_of(FeedNotice::Kind kind);

/// feed: its URL as configured, by which it is known whatever became of it; name: as configured, may be empty; state:
/// as of the poll.
std::string placed_feed(const FeedNotice& notice, std::string_view feed, std::string_view name, const FeedState& state);

}  // namespace newsd
