#include "daemon/cli/feed_rows.h"

#include "daemon/config/quantity.h"
#include "daemon/event/json_text.h"
#include "feeds/schedule/next_poll.h"

#include <fmt/format.h>

namespace newsd {
namespace {

std::chrono::milliseconds interval_of(const FeedStanding& feed, const FetchConfig& fetch, Instant now) {
  PollRules rules;
  if (feed.feed.interval.count() > 0) rules.interval = feed.feed.interval;
  rules.min_interval = fetch.min_interval;
  rules.max_interval = fetch.max_interval;
  const auto usual = usual_interval(feed.state.value_or(FeedState{}), rules, now);
  return usual < std::chrono::minutes(1) ? usual : std::chrono::floor<std::chrono::minutes>(usual);
}

/// "12m ago", "in 3h", to the largest unit.
std::string from_now(Instant t, Instant now) {
  const auto apart = t > now ? t - now : now - t;
  const auto told = [&](auto count, std::string_view unit) {
    return t > now ? fmt::format("in {}{}", count, unit) : fmt::format("{}{} ago", count, unit);
  };
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(apart).count();
  if (seconds < 60) return told(seconds, "s");
  if (seconds < 3600) return told(seconds / 60, "m");
  if (seconds < 2 * 86'400) return told(seconds / 3600, "h");
  return told(seconds / 86'400, "d");
}

}  // namespace

std::string_view standing_of(const FeedStanding& feed) {
  if (!feed.state || feed.state->polls == 0) return "new";
  if (feed.state->gone) return "gone";
  if (feed.state->failures > 0) return feed.state->failure.starts_with("blocked-") ? "blocked" : "failing";
  return feed.state->silence_told ? "silent" : "ok";
}

std::string feed_line(const FeedStanding& feed, const FetchConfig& fetch, Instant now) {
  JsonText json;
  json.begin_object().member("url", feed.feed.url).member_if("name", feed.feed.name);
  json.member("state", standing_of(feed));
  json.member("interval", format_duration(interval_of(feed, fetch, now)));
  if (feed.state) {
    const FeedState& s = *feed.state;
    const auto when = [&](std::string_view name, Instant t) {
      if (t != Instant() && t != Instant::max()) json.member(name, to_rfc3339(t));
    };
    if (s.url != feed.feed.url) json.member_if("movedTo", s.url);
    when("lastPoll", s.last_poll);
    when("lastSuccess", s.last_success);
    when("lastArticle", s.last_new);
    when("nextPoll", s.next_poll);
    json.key("polls").integer(s.polls).key("entries").integer(s.shown);
    if (s.failures > 0 || s.gone) {
      json.key("failures").integer(s.failures);
      json.key("reason").begin_object().member("code", s.failure).member("text", s.failure_text).end_object();
    }
  }
  return json.end_object().take();
}

std::string feed_words(const FeedStanding& feed, const FetchConfig& fetch, Instant now) {
  std::string line = fmt::format("{:<8} {}", standing_of(feed), feed.feed.url);
  if (!feed.feed.name.empty()) line += fmt::format(" ({})", feed.feed.name);
  if (feed.state && feed.state->polls > 0) {
    const FeedState& s = *feed.state;
    if (s.url != feed.feed.url) line += fmt::format("\n         moved to {}", s.url);
    line += "\n         ";
    line += s.last_success == Instant() ? "never read" : fmt::format("last read {}", from_now(s.last_success, now));
    if (s.last_new != Instant()) line += fmt::format(", last news {}", from_now(s.last_new, now));
    if (!s.gone)
      line += fmt::format(", next {}, usually every {}", from_now(s.next_poll, now),
                          format_duration(interval_of(feed, fetch, now)));
    if (s.failures > 0 || s.gone)
      line += fmt::format("\n         {} failure{} since {}: {}: {}", s.failures, s.failures == 1 ? "" : "s",
                          to_rfc3339(s.failing_since), s.failure, s.failure_text);
  }
  return line;
}

}  // namespace newsd
