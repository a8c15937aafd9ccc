#include "daemon/cli/feed_words.h"

#include "daemon/config/quantity.h"

#include <fmt/format.h>

namespace newsd {
namespace {

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

std::string hub_words(const HubState& hub, Instant now) {
  const std::string_view standing = standing_of(hub, now);
  if (standing == "refused")
    return fmt::format("not pushed by its hub {}: {}: {}", hub.hub, hub.failure, hub.failure_text);
  if (standing == "asked") return fmt::format("its hub {} is asked to push it", hub.hub);
  if (standing == "leaving") return fmt::format("its hub {} is asked to push it no more", hub.hub);
  std::string words = fmt::format("pushed by its hub {} until {}", hub.hub, to_rfc3339(hub.until));
  if (hub.last_push != Instant()) words += fmt::format(", last {}", from_now(hub.last_push, now));
  if (standing == "doubted")
    words += fmt::format("; it left something out {} times, and is polled as well", hub.missed);
  return words;
}

}  // namespace

std::string feed_words(const FeedStanding& feed, const FetchConfig& fetch, Instant now) {
  std::string line = fmt::format("{:<8} {}", standing_of(feed), feed.url);
  if (!feed.name.empty()) line += fmt::format(" ({})", feed.name);
  if (feed.state != nullptr && feed.state->polls > 0) {
    const FeedState& s = *feed.state;
    if (s.url != feed.url) line += fmt::format("\n         moved to {}", s.url);
    line += "\n         ";
    line += s.last_success == Instant() ? "never read" : fmt::format("last read {}", from_now(s.last_success, now));
    if (s.last_new != Instant()) line += fmt::format(", last news {}", from_now(s.last_new, now));
    if (!s.gone)
      line += fmt::format(", next {}, usually every {}", from_now(feed.next_poll, now),
                          format_duration(interval_of(feed, fetch, now)));
    if (!s.sitemaps.empty())
      line += fmt::format("\n         a sitemap index: {} sitemaps are polled", s.sitemaps.size());
    if (s.failures > 0 || s.gone)
      line += fmt::format("\n         {} failure{} since {}: {}: {}", s.failures, s.failures == 1 ? "" : "s",
                          to_rfc3339(s.failing_since), s.failure, s.failure_text);
  }
  if (feed.hub != nullptr && !feed.hub->hub.empty()) line += "\n         " + hub_words(*feed.hub, now);
  return line;
}

}  // namespace newsd
