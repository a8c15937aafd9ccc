// Dates that count from the reference day: "the day before yesterday", "next Friday", "two weeks ago".
#include "daemon/classify/date_reader.h"

#include <algorithm>

namespace newsd {

using std::chrono::days;

/// the 28th (of October) · the first quarter of 1989 · the week of October 3 · the day before yesterday · the 1990s.
std::optional<Found> DateReader::with_article(std::uint32_t i) const {
  const std::uint32_t at = i + 1;
  if (is_mark(at) || is_possessive(at)) return std::nullopt;
  if (is(at, "day")) {
    if (is(at + 1, "before") && is(at + 2, "yesterday")) return now_moved(at + 2, -2, DatePrecision::Day);
    if (is(at + 1, "after") && is(at + 2, "tomorrow")) return now_moved(at + 2, 2, DatePrecision::Day);
    return std::nullopt;
  }
  if (const auto precision = unit_named(word(at)); precision && *precision >= DatePrecision::Week) {
    if (is(at + 1, "before") && is(at + 2, "last")) return now_moved(at + 2, -2, *precision);
    if (is(at + 1, "after") && is(at + 2, "next")) return now_moved(at + 2, 2, *precision);
    if (is(at + 1, "after") && is(at + 2, "the") && is(at + 3, "next")) return now_moved(at + 3, 2, *precision);
  }
  if (is(at, "weekend") && ends_phrase(at + 1)) {
    if (!now_) return unresolved(at);
    return Found{.last = at,
                 .value = timex(*now_, DatePrecision::Week) + "-WE",
                 .precision = DatePrecision::Day,
                 .from = monday_of(*now_) + days(5),
                 .end = monday_of(*now_) + days(7)};
  }
  if (is(at, "weekend")) return week_of(at);
  switch (opening(word(at))) {
    case DateOpening::Season: return season_date(at, true);
    case DateOpening::Holiday:
    case DateOpening::Quarter: return std::nullopt;
    default: break;
  }
  if (auto f = one(at)) return f;
  return day_of_month(at);
}

/// the 20th of next month · on the 28th, behind a preposition and before no noun.
std::optional<Found> DateReader::day_of_month(std::uint32_t i) const {
  std::uint32_t last = i;
  const auto d = day_number(i, last);
  if (!d) return std::nullopt;
  std::uint32_t at = last + 1;
  if (is(at, "day")) ++at;
  if (is_one_of(at, {"of", "in"})) ++at;
  const auto n = is(at, "the") && at > last + 1 ? std::optional(0) : step(at);
  if (!is_ordinal(i) && !is(at - 1, "of")) return std::nullopt;  // "killed 22 this month"
  if (n && is(at + 1, "month")) {
    if (!now_) return unresolved(at + 1);
    const CalendarDay other = plus_months(first_of(*now_, DatePrecision::Month), *n);
    return whole_day(at + 1, year_of(other), month_of(other), static_cast<unsigned>(*d));
  }
  if (!is_ordinal(i)) return std::nullopt;
  const bool in_digits = text_.tokens[i].kind == TokenKind::Number, has_article = i > 0 && is(i - 1, "the");
  const std::uint32_t before = i - has_article;
  const bool led =
      before > 0 && is_one_of(before - 1, {"on", "until", "by", "back", "for", "from", "of", "around", "till"});
  if (!led || !ends_phrase(last + 1) || (!in_digits && last == i) || !now_) return std::nullopt;
  if (!has_article && !is(before - 1, "on")) return std::nullopt;
  return whole_day(last, year_of(*now_), month_of(*now_), static_cast<unsigned>(*d));
}

std::optional<Found> DateReader::deictic(std::uint32_t i) const {
  const std::string_view w = word(i);
  const int offset = w == "yesterday" ? -1 : w == "tomorrow" ? 1 : 0;
  if (offset == 0 && is_capital(i) && i > 0 && is_capital(i - 1) &&
      text_.tokens[i - 1].sentence == text_.tokens[i].sentence)
    return std::nullopt;  // USA Today
  return now_moved(i, offset, DatePrecision::Day);
}

/// last, next, this, the past … week, month, year, Friday, October, summer, Christmas, three days.
std::optional<Found> DateReader::relative(std::uint32_t i) const {
  const auto n = step(i);
  if (!n) return std::nullopt;
  std::uint32_t at = i + 1;
  if (is(at, "calendar") && is(at + 1, "year")) ++at;
  const std::string_view w = word(i), noun = word(at);
  if (const unsigned wanted = weekday_named(noun); wanted != 0) {
    if (!now_) return unresolved(at);
    const CalendarDay day = monday_of(*now_) + days(static_cast<int>(wanted) - 1);
    if (w == "upcoming" || w == "coming") return unit(at, day > *now_ ? day : day + days(7), DatePrecision::Day);
    if (w == "past") return unit(at, day < *now_ ? day : day - days(7), DatePrecision::Day);
    return unit(at, day + days(7 * *n), DatePrecision::Day);
  }
  if (const unsigned month = month_named(noun); month != 0) {
    std::uint32_t last = at;
    if (!now_) return unresolved(at);
    int y = year_of(*now_);
    if (*n < 0 && month >= month_of(*now_)) --y;
    if (*n > 0 && month <= month_of(*now_)) ++y;
    if (const auto d = day_number(at + 1, last)) return whole_day(last, y, month, static_cast<unsigned>(*d));
    return unit(at, *day_of(y, month, 1), DatePrecision::Month);
  }
  if (const std::string_view season = season_named(noun); !season.empty()) {
    if (!now_) return unresolved(at);
    return Found{.last = at,
                 .value = std::to_string(year_of(*now_) + *n) + "-" + std::string(season),
                 .precision = DatePrecision::Quarter};
  }
  if (opening(noun) == DateOpening::Holiday) return holiday_by_step(at, *n);
  if (noun == "morning" || noun == "afternoon" || noun == "evening" || noun == "night") {
    if (w != "this" && !(w == "last" && noun == "night")) return std::nullopt;
    return now_moved(at, w == "last" ? -1 : 0, DatePrecision::Day);
  }
  if (noun == "weekend") {
    if (!now_) return unresolved(at);
    const CalendarDay monday = monday_of(*now_) + days(7 * *n);
    return Found{.last = at,
                 .value = timex(monday, DatePrecision::Week) + "-WE",
                 .precision = DatePrecision::Day,
                 .from = monday + days(5),
                 .end = monday + days(7)};
  }
  const auto precision = unit_named(noun);
  if (precision && noun.back() != 's') {
    if (*precision == DatePrecision::Day && (*n == 0 || w == "past")) return std::nullopt;
    const std::uint32_t behind = at + 1 + is(at + 1, "on");
    if (*precision == DatePrecision::Week && weekday_named(word(behind)) != 0 &&
        (is_capital(behind) || word(behind).size() > 5)) {
      if (!now_) return unresolved(behind);  // next week (on) Friday
      const int day = 7 * *n + static_cast<int>(weekday_named(word(behind))) - 1;
      return unit(behind, monday_of(*now_) + days(day), DatePrecision::Day);
    }
    if (noun == "fortnight" && *n != 0) return steps_of(at, 2 * *n, DatePrecision::Week);
    const Found found = now_moved(at, *n, *precision);
    if (*precision == DatePrecision::Year && is_possessive(at + 1) && found.from) {  // next year’s first quarter
      const int nth = ordinal(word(at + 2));
      if (nth >= 1 && nth <= 4 && is_one_of(at + 3, {"quarter", "half"}))
        if (auto f = part_of(found, nth, std::nullopt, word(at + 3))) {
          f->last = at + 3;
          return f;
        }
    }
    return found;
  }
  const auto many = count(at);
  const auto counted_unit = unit_named(word(at));
  if (!many || !counted_unit || *n == 0) return std::nullopt;
  return steps_of(at, *n * *many, *counted_unit);
}

/// The last or next n units: quarters and decades are whole ones, others count from the day.
std::optional<Found> DateReader::steps_of(std::uint32_t last, int n, DatePrecision precision) const {
  if (!now_) return unresolved(last);
  const bool whole = precision == DatePrecision::Quarter || precision == DatePrecision::Decade;
  if (whole) {
    const CalendarDay first = first_of(*now_, precision);
    return n < 0 ? stretch(last, moved(first, n, precision), first)
                 : stretch(last, moved(first, 1, precision), moved(first, n + 1, precision));
  }
  const CalendarDay other = moved(*now_, n, precision);
  return n < 0 ? stretch(last, other, *now_ + days(1)) : stretch(last, *now_ + days(1), other + days(1));
}

/// 2 years(,) (and) 1 month; moves `at` to its last unit.
DateReader::Duration DateReader::duration(std::uint32_t& at) const {
  Duration by;
  std::uint32_t next = at;
  while (by.size() < 4) {
    const auto n = count(next);
    const auto precision = n ? unit_named(word(next)) : std::nullopt;
    if (!precision) break;
    by.emplace_back(is(next, "fortnight") || is(next, "fortnights") ? 2 * *n : *n, *precision);
    at = next++;
    if (mark(next, ',')) ++next;
    if (is(next, "and")) ++next;
  }
  return by;
}

CalendarDay DateReader::moved_by(CalendarDay day, const Duration& by, int sign) {
  for (const auto& [n, precision] : by) day = moved(day, sign * n, precision);
  return day;
}

/// two weeks ago · three days later · in five years · a month from now · two days after tomorrow · within a week.
std::optional<Found> DateReader::counted(std::uint32_t i) const {
  std::uint32_t at = i;
  const bool led = is_one_of(i, {"in", "within", "for"});
  if (led) ++at;
  if (is(i, "within") && is(at, "the") && step(at + 1) == 1) at += 2;  // within the next three days
  const std::uint32_t counts = at;
  const Duration by = duration(at);
  if (by.empty()) {
    const auto n = count(at);
    if (!n) return std::nullopt;
    if (const auto s = step(at); s && *s != 0 && !led && !is(counts, "a"))  // 3 next weeks
      if (const auto precision = unit_named(word(at + 1)); precision && word(at + 1).ends_with('s'))
        return steps_of(at + 1, *s * *n, *precision);
    const unsigned wanted = word(at).ends_with('s') ? weekday_named(word(at).substr(0, word(at).size() - 1)) : 0;
    if (wanted == 0 || led) return std::nullopt;  // two Sundays ago
    const bool ago = is(at + 1, "ago"), hence = is(at + 1, "from") && is(at + 2, "now");
    if (!ago && !hence) return std::nullopt;
    if (!now_) return unresolved(at + (ago ? 1 : 2));
    const CalendarDay monday = monday_of(*now_) + days(wanted - 1);
    const CalendarDay day = ago ? (monday < *now_ ? monday : monday - days(7)) - days(7 * (*n - 1))
                                : (monday > *now_ ? monday : monday + days(7)) + days(7 * (*n - 1));
    return unit(at + (ago ? 1 : 2), day, DatePrecision::Day);
  }
  // a fortnight is no unit of the calendar
  const bool one_unit = by.size() == 1 && !is_one_of(at, {"fortnight", "fortnights"});
  const DatePrecision precision = one_unit ? by.front().second : DatePrecision::Day;
  const auto from_now = [&](std::uint32_t last, int sign) {
    return now_ ? unit(last, moved_by(*now_, by, sign), precision) : unresolved(last);
  };
  const std::string_view after = word(at + 1);
  if (after == "ago" || (after == "earlier" && !led) || after == "back") return from_now(at + 1, -1);
  if (is(i, "in") && is_possessive(at + 1) && is(at + 2, "time")) return from_now(at + 2, 1);
  if (after == "from" && is_one_of(at + 2, {"now", "today"}) && !led) return from_now(at + 2, 1);
  if (after == "hence" || (after == "later" && !is(i, "for"))) return from_now(at + 1, 1);
  if (auto f = counted_from(at + 1, by, led)) return f;
  if (is(i, "within")) return now_ ? stretch(at, *now_, moved_by(*now_, by, 1)) : unresolved(at);
  if (after == "in" && is(at + 2, "the") && is(at + 3, "future"))  // the days to come, as "the next three weeks"
    return now_ ? stretch(at + 3, *now_ + days(1), moved_by(*now_, by, 1) + days(1)) : unresolved(at + 3);
  if (is(i, "in") && is_future(i)) return from_now(at, 1);
  return std::nullopt;
}

/// … from tomorrow · … after January 12 · … before yesterday · a week starting Monday; as a stretch from there or the
/// day that lies so far off.
std::optional<Found> DateReader::counted_from(std::uint32_t i, const Duration& by, bool stretches) const {
  const bool starts = is_one_of(i, {"starting", "beginning", "commencing"});
  if (!starts && !is_one_of(i, {"from", "after", "before"})) return std::nullopt;
  const Maybe point = one(i + 1 + (starts && is(i + 1, "on")));
  if (!point || point->guess == Found::Guess::Week) return std::nullopt;  // "three days after Monday’s vote"
  if (!point->from) return point->value.empty() ? point : std::nullopt;
  if (point->precision != DatePrecision::Day || *point->end != *point->from + days(1)) return std::nullopt;
  const CalendarDay other = moved_by(*point->from, by, is(i, "before") ? -1 : 1);
  if (starts || (stretches && is(i, "from"))) return stretch(point->last, *point->from, other);
  return stretches ? std::nullopt : std::optional(unit(point->last, other, DatePrecision::Day));
}

}  // namespace newsd
