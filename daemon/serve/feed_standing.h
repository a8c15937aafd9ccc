// How feeds are doing: subscriptions and what is remembered of them → one object of JSON each, as `newsd feeds list`
// and /feeds tell it. Pure.
#pragma once

#include "daemon/config/config.h"
#include "daemon/event/json_text.h"
#include "feeds/schedule/feed_state.h"
#include "feeds/schedule/hub_state.h"

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

namespace newsd {

/// Views of what the subscription and its memory are held in.
struct FeedStanding {
  std::string_view url, name;
  std::optional<std::chrono::milliseconds> interval;  ///< as configured; nothing: adaptive
  const FeedState* state = nullptr;                   ///< null: it was never polled
  Instant next_poll = Instant::max();                 ///< max: not polled any more
  const HubState* hub = nullptr;                      ///< null: it has no subscription at a hub
};

/// How a feed may stand, the worst first.
inline constexpr std::array<std::string_view, 6> kStandings = {"blocked", "failing", "gone", "silent", "new", "ok"};
/// One of kStandings.
std::string_view standing_of(const FeedStanding& feed);
/// How often it is polled while nothing is wrong, in whole minutes when it is more than one.
std::chrono::milliseconds interval_of(const FeedStanding& feed, const FetchConfig& fetch, Instant now);
/// Whether `a` needs somebody to look at it more than `b` does: blocked and failing feeds first, the longest failing
/// before others, then gone, silent, new and well ones; else in the order of the URLs.
bool is_worse(const FeedStanding& a, const FeedStanding& b);
/// {"url","name","state","interval","lastPoll","lastSuccess","lastArticle","nextPoll","polls","entries","sitemaps",
/// "failures","failingSince","reason":{"code","text"},"webSub":{"hub","topic","state","since","until","lastPush",
/// "pushes","missed","reason"}}; what is not known is left out.
void write_feed(JsonText& json, const FeedStanding& feed, const FetchConfig& fetch, Instant now);

}  // namespace newsd
