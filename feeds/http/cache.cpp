#include "feeds/http/cache.h"

#include "feeds/http/http_date.h"

#include <algorithm>

namespace newsd {
namespace {

using std::chrono::seconds;

/// Digits of any number; what is too large is kLongestWait. Nothing when there is anything else.
std::optional<seconds> delta_seconds(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) value = std::min<std::int64_t>(value * 10 + (c - '0'), kLongestWait.count());
  return seconds(value);
}

seconds bounded(Instant::duration time) {
  return std::clamp(std::chrono::ceil<seconds>(time), seconds(0), kLongestWait);
}

struct CacheControl {
  std::optional<seconds> max_age;
  bool never = false;
};

CacheControl cache_control(const HeaderFields& header) {
  CacheControl said;
  for (std::string_view list : header.values("cache-control")) {
    while (!list.empty()) {
      const auto comma = std::min(list.find(','), list.size());
      const std::string_view directive = without_outer_space(list.substr(0, comma));
      list.remove_prefix(std::min(comma + 1, list.size()));
      const auto equals = std::min(directive.find('='), directive.size());
      const std::string_view name = without_outer_space(directive.substr(0, equals));
      if (equal_token(name, "no-store") || equal_token(name, "no-cache")) said.never = true;
      if (equal_token(name, "max-age") && equals < directive.size())
        said.max_age = delta_seconds(without_outer_space(directive.substr(equals + 1)));
    }
  }
  return said;
}

}  // namespace

std::optional<seconds> retry_after(std::string_view value, Instant now) {
  if (const auto delta = delta_seconds(value)) return delta;
  const auto date = parse_http_date(value, now);
  if (!date) return std::nullopt;
  return bounded(*date - now);
}

std::optional<seconds> retry_after(const HeaderFields& header, Instant now) {
  const auto value = header.value("retry-after");
  return value ? retry_after(*value, now) : std::nullopt;
}

std::optional<seconds> fresh_for(const HeaderFields& header, Instant now) {
  const CacheControl said = cache_control(header);
  if (said.never) return std::nullopt;
  if (said.max_age) {
    const auto age = header.value("age");
    return std::max(seconds(0), *said.max_age - (age ? delta_seconds(*age).value_or(seconds(0)) : seconds(0)));
  }
  const auto expires = header.value("expires");
  if (!expires) return std::nullopt;
  const auto until = parse_http_date(*expires, now);
  if (!until) return std::nullopt;
  const auto date = header.value("date");
  return bounded(*until - (date ? parse_http_date(*date, now).value_or(now) : now));
}

}  // namespace newsd
