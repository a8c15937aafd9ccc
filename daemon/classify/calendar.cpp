#include "daemon/classify/calendar.h"

#include <fmt/format.h>

namespace newsd {
namespace {

std::chrono::year_month_day civil(CalendarDay day) { return std::chrono::year_month_day(day); }

std::optional<int> number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<CalendarDay> day_of(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok() || year < 1 || year > 9999) return std::nullopt;
  return CalendarDay(date);
}

std::optional<CalendarDay> day_from_iso(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return day_of(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

CalendarDay plus_months(CalendarDay day, int months) {
  const auto date = civil(day);
  const auto moved = date.year() / date.month() + std::chrono::months(months);
  const std::chrono::year_month_day same = moved / date.day();
  return same.ok() ? CalendarDay(same) : CalendarDay(moved / std::chrono::last);
}

unsigned weekday_of(CalendarDay day) { return std::chrono::weekday(day).iso_encoding(); }
CalendarDay monday_of(CalendarDay day) { return day - std::chrono::days(weekday_of(day) - 1); }
int year_of(CalendarDay day) { return static_cast<int>(civil(day).year()); }
unsigned month_of(CalendarDay day) { return static_cast<unsigned>(civil(day).month()); }

CalendarDay first_of(CalendarDay day, DatePrecision unit) {
  const std::chrono::year year = civil(day).year();
  const auto first = [](std::chrono::year y, unsigned month) { return CalendarDay(y / std::chrono::month(month) / 1); };
  switch (unit) {
    case DatePrecision::Time:
    case DatePrecision::Day: break;
    case DatePrecision::Week: return monday_of(day);
    case DatePrecision::Month: return first(year, month_of(day));
    case DatePrecision::Quarter: return first(year, (month_of(day) - 1) / 3 * 3 + 1);
    case DatePrecision::Year: return first(year, 1);
    case DatePrecision::Decade: return first(year - std::chrono::years(static_cast<int>(year) % 10), 1);
  }
  return day;
}

std::string timex(CalendarDay day, DatePrecision unit) {
  const auto date = civil(day);
  const int year = static_cast<int>(date.year());
  switch (unit) {
    case DatePrecision::Time:
    case DatePrecision::Day: break;
    case DatePrecision::Week: {
      const CalendarDay thursday = monday_of(day) + std::chrono::days(3);  // a week belongs to its Thursday's year
      const int of = year_of(thursday);
      const auto first = CalendarDay(std::chrono::year(of) / std::chrono::January / 1);
      return fmt::format("{:04}-W{:02}", of, (thursday - first).count() / 7 + 1);
    }
    case DatePrecision::Month: return fmt::format("{:04}-{:02}", year, static_cast<unsigned>(date.month()));
    case DatePrecision::Quarter: return fmt::format("{:04}-Q{}", year, (static_cast<unsigned>(date.month()) + 2) / 3);
    case DatePrecision::Year: return fmt::format("{:04}", year);
    case DatePrecision::Decade: return fmt::format("{:03}X", year / 10);
  }
  return fmt::format("{:04}-{:02}-{:02}", year, static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace newsd
