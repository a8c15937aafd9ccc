// What a Feed says about when and where to ask for it, read.
#include "feeds/extract/feed_articles.h"
#include "feeds/extract/plain_html.h"
#include "feeds/text/date.h"
#include "feeds/text/lines.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace newsd {
namespace {

using namespace std::chrono;

/// A feed that wants to be left alone for longer than a year has written nonsense.
constexpr minutes kLongestTtl = hours{24 * 365};

std::string lowered(std::string_view text) {
  std::string out(trimmed(text));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// A whole number and nothing else.
std::optional<int> number(std::string_view text) {
  text = trimmed(text);
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string http_url(std::string_view text) {
  const auto url = Url::parse(text);
  return url ? url->str() : std::string();
}

void sort_unique(std::vector<int>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// RSS counts hours from 0 to 23; 24 is an old way to write 0.
std::vector<int> hours_of(const std::vector<std::string>& texts) {
  std::vector<int> out;
  for (const std::string& text : texts) {
    const auto hour = number(text);
    if (hour && *hour >= 0 && *hour <= 24) out.push_back(*hour % 24);
  }
  sort_unique(out);
  return out;
}

std::vector<int> days_of(const std::vector<std::string>& texts) {
  static constexpr auto kDays =
      std::to_array<std::string_view>({"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"});
  std::vector<int> out;
  for (const std::string& text : texts) {
    const auto day = std::find(kDays.begin(), kDays.end(), lowered(text));
    if (day != kDays.end()) out.push_back(static_cast<int>(day - kDays.begin()));
  }
  sort_unique(out);
  return out;
}

/// RSS 1.0's syndication module: a period, daily when it is not written, and how often in it, once when it is not.
std::optional<seconds> interval_of(const FeedPace& pace) {
  if (pace.update_period.empty() && pace.update_frequency.empty()) return std::nullopt;
  const std::string period = lowered(pace.update_period);
  seconds length{0};
  if (period == "hourly") length = 1h;
  if (period == "daily" || period.empty()) length = 24h;
  if (period == "weekly") length = 24h * 7;
  if (period == "monthly") length = 24h * 30;
  if (period == "yearly") length = 24h * 365;
  const int frequency = pace.update_frequency.empty() ? 1 : number(pace.update_frequency).value_or(0);
  if (length == 0s || frequency <= 0) return std::nullopt;
  return std::max(length / frequency, 1s);
}

}  // namespace

FeedFacts facts_of(const Feed& feed) {
  FeedFacts facts;
  for (const std::string& line : html_paragraphs(feed.title.value)) {
    if (!facts.title.empty()) facts.title += ' ';
    facts.title += line;
  }
  facts.home_page = http_url(feed.link);
  facts.self = http_url(feed.self);
  facts.new_location = http_url(feed.new_location);
  for (const std::string& hub : feed.pace.hubs) {
    if (auto url = http_url(hub); !url.empty()) facts.hubs.push_back(std::move(url));
  }
  const auto ttl = number(feed.pace.ttl);
  if (ttl && *ttl > 0) facts.ttl = std::min(minutes{*ttl}, kLongestTtl);
  facts.skip_hours = hours_of(feed.pace.skip_hours);
  facts.skip_days = days_of(feed.pace.skip_days);
  facts.update_interval = interval_of(feed.pace);
  if (const auto base = parse_date(feed.pace.update_base)) facts.update_base = base->at;
  facts.malformed = feed.malformed;
  facts.malformed_reason = feed.malformed_reason;
  facts.entries = feed.entries.size();
  return facts;
}

}  // namespace newsd
