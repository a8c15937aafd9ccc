#include "daemon/serve/feed_standing.h"

#include "daemon/config/quantity.h"
#include "feeds/schedule/next_poll.h"

#include <algorithm>
#include <tuple>

namespace newsd {
namespace {

/// Blocked and failing feeds are alike: what counts is since when.
std::size_t rank_of(const FeedStanding& feed) {
  const auto* found = std::find(kStandings.begin(), kStandings.end(), standing_of(feed));
  return std::max<std::size_t>(static_cast<std::size_t>(found - kStandings.begin()), 1);
}

Instant failing_since(const FeedStanding& feed) {
  return feed.state != nullptr && feed.state->failures > 0 ? feed.state->failing_since : Instant::max();
}

}  // namespace

std::string_view standing_of(const FeedStanding& feed) {
  if (feed.state == nullptr || feed.state->polls == 0) return "new";
  if (feed.state->gone) return "gone";
  if (feed.state->failures > 0) return feed.state->failure.starts_with("blocked-") ? "blocked" : "failing";
  return feed.state->silence_told ? "silent" : "ok";
}

std::chrono::milliseconds interval_of(const FeedStanding& feed, const FetchConfig& fetch, Instant now) {
  static const FeedState kUnknown;
  PollRules rules;
  rules.interval = feed.interval;
  rules.min_interval = fetch.min_interval;
  rules.max_interval = fetch.max_interval;
  const auto usual = usual_interval(feed.state == nullptr ? kUnknown : *feed.state, rules, now);
  return usual < std::chrono::minutes(1) ? usual : std::chrono::floor<std::chrono::minutes>(usual);
}

bool is_worse(const FeedStanding& a, const FeedStanding& b) {
  return std::tuple(rank_of(a), failing_since(a), a.url) < std::tuple(rank_of(b), failing_since(b), b.url);
}

namespace {

void write_hub(JsonText& json, const HubState& hub, Instant now) {
  const auto when = [&](std::string_view name, Instant t) {
    if (t != Instant()) json.member(name, to_rfc3339(t));
  };
  json.key("webSub").begin_object().member("hub", hub.hub).member("topic", hub.topic);
  json.member("state", standing_of(hub, now));
  if (is_subscribed(hub, now)) {
    when("since", hub.since);
    when("until", hub.until);
  }
  when("lastPush", hub.last_push);
  json.key("pushes").integer(hub.pushes).key("missed").integer(hub.missed);
  if (hub.failures > 0)
    json.key("reason").begin_object().member("code", hub.failure).member("text", hub.failure_text).end_object();
  json.end_object();
}

}  // namespace

void write_feed(JsonText& json, const FeedStanding& feed, const FetchConfig& fetch, Instant now) {
  json.begin_object().member("url", feed.url).member_if("name", feed.name).member("state", standing_of(feed));
  json.member("interval", format_duration(interval_of(feed, fetch, now)));
  if (feed.state != nullptr) {
    const FeedState& s = *feed.state;
    const auto when = [&](std::string_view name, Instant t) {
      if (t != Instant() && t != Instant::max()) json.member(name, to_rfc3339(t));
    };
    if (s.url != feed.url) json.member_if("movedTo", s.url);
    when("lastPoll", s.last_poll);
    when("lastSuccess", s.last_success);
    when("lastArticle", s.last_new);
    when("nextPoll", feed.next_poll);
    json.key("polls").integer(s.polls).key("entries").integer(s.shown);
    if (!s.sitemaps.empty()) json.key("sitemaps").integer(s.sitemaps.size());
    if (s.failures > 0 || s.gone) {
      json.key("failures").integer(s.failures);
      when("failingSince", s.failing_since);
      json.key("reason").begin_object().member("code", s.failure).member("text", s.failure_text).end_object();
    }
  }
  if (feed.hub != nullptr && !feed.hub->hub.empty()) write_hub(json, *feed.hub, now);
  json.end_object();
}

}  // namespace newsd
