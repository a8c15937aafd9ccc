#include "feeds/http/http_date.h"

#include "feeds/http/header_fields.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace newsd {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

/// The words of a date, cut at spaces, commas and hyphens; at most eight.
struct Words {
  std::array<std::string_view, 8> word;
  std::size_t count = 0;

  explicit Words(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && count < word.size()) {
      const auto begin = text.find_first_not_of(" ,-\t", at);
      if (begin == std::string_view::npos) return;
      const auto end = std::min(text.find_first_of(" ,-\t", begin), text.size());
      word[count++] = text.substr(begin, end - begin);
      at = end;
    }
    if (text.find_first_not_of(" ,-\t", at) != std::string_view::npos) count = 0;  // more words than any date has
  }
};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > 4 || error != std::errc() || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

std::optional<unsigned> month(std::string_view text) {
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (text.size() >= 3 && equal_token(text.substr(0, 3), kMonths[i])) return static_cast<unsigned>(i + 1);
  }
  return std::nullopt;
}

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  const auto first = text.find(':'), second = first == std::string_view::npos ? first : text.find(':', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto h = number(text.substr(0, first)), m = number(text.substr(first + 1, second - first - 1)),
             s = number(text.substr(second + 1));
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  return std::chrono::hours(*h) + std::chrono::minutes(*m) + std::chrono::seconds(*s);
}

bool is_utc(std::string_view zone) {
  return equal_token(zone, "gmt") || equal_token(zone, "utc") || equal_token(zone, "z") || zone == "+0000" ||
         zone == "0000";  // the sign of -0000 was cut off as a hyphen
}

int full_year(int year, std::size_t digits, Instant now) {
  if (digits > 2) return year;
  const auto today = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
  const int last = static_cast<int>(today.year()) + 50;
  const int guess = last - last % 100 + year;
  return guess > last ? guess - 100 : guess;
}

std::optional<Instant> instant(std::string_view year, std::string_view month_name, std::string_view day,
                               std::string_view time, Instant now) {
  const auto y = number(year), d = number(day);
  const auto m = month(month_name);
  const auto t = time_of_day(time);
  if (!y || !m || !d || !t) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(full_year(*y, year.size(), now)), std::chrono::month(*m),
                                         std::chrono::day(static_cast<unsigned>(*d)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + *t;
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text, Instant now) {
  if (text.size() > 64) return std::nullopt;
  const Words words(text);
  const auto& w = words.word;
  if (words.count == 6 && is_utc(w[5])) return instant(w[3], w[2], w[1], w[4], now);
  if (words.count == 5 && is_utc(w[4])) return instant(w[2], w[1], w[0], w[3], now);  // without a weekday
  if (words.count == 5 && month(w[1])) return instant(w[4], w[1], w[2], w[3], now);   // asctime
  return std::nullopt;
}

}  // namespace newsd
