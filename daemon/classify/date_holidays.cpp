#include "daemon/classify/date_holidays.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsd {
namespace {

constexpr auto kHolidays = std::to_array<Holiday>({
    {"new year's day", 1, 1},    {"new year's eve", 12, 31},     {"new year's", 1, 1},
    {"valentine's day", 2, 14},  {"halloween", 10, 31},          {"juneteenth", 6, 19},
    {"veterans day", 11, 11},    {"labor day", 9, 1, 1},         {"thanksgiving day", 11, 22, 4},
    {"thanksgiving", 11, 22, 4}, {"black friday", 11, 22, 4, 1}, {"christmas eve", 12, 24},
    {"christmas day", 12, 25},   {"christmas", 12, 25},          {"boxing day", 12, 26},
    {"ash wednesday", 0, -46},   {"palm sunday", 0, -7},         {"good friday", 0, -2},
    {"easter sunday", 0, 0},     {"easter monday", 0, 1},        {"easter", 0, 0},
    {"pentecost", 0, 49},
});

/// Easter Sunday of the Gregorian calendar, after the "anonymous" algorithm of Nature, 20 April 1876.
CalendarDay easter_of(int y) {
  const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return CalendarDay(std::chrono::year(y) / std::chrono::month(static_cast<unsigned>(n / 31)) /
                     std::chrono::day(static_cast<unsigned>(n % 31 + 1)));
}

}  // namespace

const Holiday* holiday_named(std::span<const std::string_view> words, std::size_t& taken) {
  const Holiday* best = nullptr;
  taken = 0;
  for (const Holiday& holiday : kHolidays) {
    std::string_view rest = holiday.name;
    std::size_t n = 0;
    for (; n < words.size() && !rest.empty() && !words[n].empty() && rest.starts_with(words[n]); ++n) {
      rest.remove_prefix(words[n].size());
      if (!rest.empty() && rest.front() != ' ' && rest.front() != '\'') break;
      const bool possessive = rest.starts_with("'s");
      if (possessive) rest.remove_prefix(2);
      if (possessive && (n + 1 >= words.size() || !words[n + 1].empty())) break;  // the token of the ’s has no word
      n += possessive;
      if (!rest.empty()) rest.remove_prefix(1);
    }
    if (rest.empty() && n > taken) {
      best = &holiday;
      taken = n;
    }
  }
  return best;
}

std::optional<CalendarDay> holiday_in(const Holiday& holiday, int year) {
  if (year < 1583 || year > 9999) return std::nullopt;  // before the Gregorian calendar
  if (holiday.month == 0) return easter_of(year) + std::chrono::days(holiday.day);
  auto day = day_of(year, holiday.month, static_cast<unsigned>(holiday.day));
  if (!day) return std::nullopt;
  if (holiday.weekday != 0) *day += std::chrono::days((holiday.weekday + 7 - weekday_of(*day)) % 7);
  return *day + std::chrono::days(holiday.behind);
}

}  // namespace newsd
