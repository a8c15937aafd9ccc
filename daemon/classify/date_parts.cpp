// Stretches of two dates, and parts of one: "from May to October 2020", "the first week of June", "the end of 2019".
#include "daemon/classify/date_reader.h"

#include <algorithm>

namespace newsd {

using std::chrono::days;

/// The token behind what joins the two ends of a stretch; kNoWord when nothing does.
std::uint32_t DateReader::behind_connector(std::uint32_t i, bool between) const {
  if (i >= text_.tokens.size() || text_.tokens[i].sentence != text_.tokens[i - 1].sentence) return kNoWord;
  std::uint32_t at = i + 1;
  if (hyphened(i)) {
    at = i;
  } else if (!(mark(i, 0x2013) || mark(i, '-') || mark(i, '~') || (between && is(i, "and")) ||
               is_one_of(i, {"to", "until", "till", "through"}))) {
    return kNoWord;
  }
  return at < text_.tokens.size() ? at : kNoWord;
}

/// A date, or from A to B · between A and B · A–B · 4 to 22 January. Ends that share a month or year say it once.
std::optional<Found> DateReader::stretch_from(std::uint32_t i) const {
  const bool from = is(i, "from"), between = is(i, "between"), led = from || between;
  const std::uint32_t at = i + led;
  Maybe a = led && is(at, "now") && now_ ? unit(at, *now_, DatePrecision::Day) : one(at);
  std::uint32_t last = at;
  Maybe whole;
  if (a) {
    const std::uint32_t next = behind_connector(a->last + 1, between);
    if (next == kNoWord) return led ? std::nullopt : a;
    Maybe b = led && is(next, "now") && now_ ? unit(next, *now_, DatePrecision::Day) : one(next);
    const auto d = day_number(next, last);
    if (a->from && a->precision == DatePrecision::Day && d && (!b || b->precision != DatePrecision::Day)) {
      std::uint32_t end = last;  // October 4-7 (, 2022)
      const auto y = year_behind(last + 1, end);
      if (y) a = with_year(*a, *y);
      b = day_of(year_of(*a->from), month_of(*a->from), static_cast<unsigned>(*d)) &&
                  (y || is_ordinal(next) || ends_phrase(last + 1))
              ? std::optional(whole_day(end, year_of(*a->from), month_of(*a->from), static_cast<unsigned>(*d)))
              : std::nullopt;
      if (b && b->from && *b->from <= *a->from) b.reset();
    }
    if (b) whole = joined(*a, *b);
  }
  if (!whole) {
    if (const auto d = day_number(at, last)) {
      const std::uint32_t next = behind_connector(last + 1, between);
      Maybe b = next == kNoWord ? std::nullopt : one(next);
      std::uint32_t to = 0;
      if (!b && led && next != kNoWord && now_ && day_number(next, to) && is(to + 1, "this") && is(to + 2, "month"))
        b = whole_day(to + 2, year_of(*now_), month_of(*now_), static_cast<unsigned>(*day_number(next, to)));
      if (b && b->from && b->precision == DatePrecision::Day && *b->end == *b->from + days(1)) {
        const auto first = day_of(year_of(*b->from), month_of(*b->from), static_cast<unsigned>(*d));
        if (first && *first < *b->from) whole = joined(unit(last, *first, DatePrecision::Day), *b);
      }
    }
  }
  if (!whole) return led ? std::nullopt : a;
  whole->first = at;
  return whole;
}

Found DateReader::with_year(const Found& found, int y) const {
  const auto day =
      day_of(y, month_of(*found.from),
             static_cast<unsigned>((*found.from - first_of(*found.from, DatePrecision::Month)).count()) + 1);
  return day ? unit(found.last, *day, *found.precision) : found;
}

/// A stretch from the beginning of `a` to `b`; of an end whose year was not said, the year that puts it in order.
std::optional<Found> DateReader::joined(const Found& first, Found b) const {
  Found a = first;
  if (!a.from || !b.from || !a.precision || !b.precision || a.value.find('/') != std::string::npos ||
      b.value.find('/') != std::string::npos)
    return std::nullopt;
  if (a.guess == Found::Guess::Year && b.guess == Found::Guess::None) {
    a = with_year(a, year_of(*b.from));
    if (*a.from >= *b.from) a = with_year(a, year_of(*b.from) - 1);
  } else if (b.guess == Found::Guess::Year && *b.from <= *a.from) {
    b = with_year(b, year_of(*a.from));
    if (*b.from <= *a.from) b = with_year(b, year_of(*a.from) + 1);
  } else if (b.guess == Found::Guess::Week && *b.from <= *a.from) {
    b = unit(b.last, *b.from + days(7), DatePrecision::Day);
  }
  if (*a.from >= *b.from) return std::nullopt;
  return Found{.last = b.last,
               .value = a.value + "/" + b.value,
               .precision = std::max(*a.precision, *b.precision),
               .from = a.from,
               .end = b.end};
}

/// early June, late last week, later this year, the end of 2019, end of the month: the whole of which it is a part.
std::optional<Found> DateReader::modified(std::uint32_t i) const {
  if (is_one_of(i, {"rest", "remainder"})) return rest_of(i);
  const bool needs_of = is_one_of(i, {"beginning", "start", "middle", "end", "close"});
  std::uint32_t at = i + 1;
  const bool joined = is(at, "of") || (!needs_of && is(at, "in"));
  if (needs_of && !is(at, "of")) return std::nullopt;
  at += joined;
  Maybe whole = container(at, joined);
  const bool bare = needs_of && is_one_of(at, {"year", "month"}) && ends_phrase(at + 1);
  if (!whole && bare) whole = now_moved(at, 0, *unit_named(word(at)));
  if (!whole || (whole->from && (!whole->precision || *whole->precision < DatePrecision::Week))) return std::nullopt;
  return whole;
}

/// the rest of the week: from the reference to the end of its week.
std::optional<Found> DateReader::rest_of(std::uint32_t i) const {
  std::uint32_t at = i + 1;
  if (!is(at, "of")) return std::nullopt;
  ++at;
  if (is_one_of(at, {"the", "this"})) ++at;
  const auto precision = unit_named(word(at));
  if (!precision || *precision == DatePrecision::Day || word(at).ends_with('s')) return std::nullopt;
  if (!now_) return unresolved(at);
  return stretch(at, *now_, moved(first_of(*now_, *precision), 1, *precision));
}

/// What a part can be of: a month, a year, next year, the year.
std::optional<Found> DateReader::container(std::uint32_t i, bool joined) const {
  if (is_mark(i)) return std::nullopt;
  if (joined && is_one_of(i, {"the", "this", "that"})) {
    const auto precision = unit_named(word(i + 1));
    if (precision && *precision >= DatePrecision::Week && !word(i + 1).ends_with('s') && ends_phrase(i + 2) &&
        !is_possessive(i + 2))
      return now_moved(i + 1, 0, *precision);
  }
  std::uint32_t last = i;
  if (const auto y = year_in_words(i, last); y && joined) return unit(last, *day_of(*y, 1, 1), DatePrecision::Year);
  Maybe whole = one(i);
  if (whole && whole->from && (!whole->precision || *whole->precision < DatePrecision::Week)) return std::nullopt;
  return whole;
}

/// [the] first week of June · last four months of 2021 · third quarter · second half of the year · first Monday in May.
std::optional<Found> DateReader::part(std::uint32_t i) const {
  std::uint32_t at = i;
  int nth = 0;
  if (!is_one_of(i, {"last", "final"})) {
    const auto n = is_ordinal(i) ? day_number(i, at) : std::nullopt;
    if (!n) return std::nullopt;
    nth = *n;
  }
  ++at;
  const std::uint32_t counts = at;
  auto n = count(at);
  if (n && (*n < 1 || is_one_of(counts, {"a", "an"}))) return std::nullopt;
  const std::string_view noun = word(at);
  const bool quarter = noun == "quarter", half = noun == "half";
  if (noun.empty() || (!half && !unit_named(noun) && weekday_named(noun) == 0)) return std::nullopt;
  if (!n && weekday_named(noun) == 0 && noun.ends_with('s')) return std::nullopt;
  const bool joined = is(at + 1, "of") || is(at + 1, "in");
  const bool near = year(at + 1 + joined) || (step(at + 1) && unit_named(word(at + 2)));
  Maybe whole = joined || near ? container(at + 1 + joined, joined) : std::nullopt;
  if (whole && !whole->from) return whole->value.empty() ? whole : std::nullopt;
  if (!whole && quarter && nth >= 1 && nth <= 4 && !n && !joined) {
    if (!now_) return unresolved(at);
    return unit(at, *day_of(year_of(*now_), static_cast<unsigned>(nth) * 3 - 2, 1), DatePrecision::Quarter);
  }
  return whole ? part_of(*whole, nth, n, noun) : std::nullopt;
}

/// nth: 0 the last. n: of how many units, none: one of them.
std::optional<Found> DateReader::part_of(const Found& whole, int nth, std::optional<int> n,
                                         std::string_view noun) const {
  const CalendarDay from = *whole.from, end = *whole.end;
  if (const unsigned wanted = weekday_named(noun); wanted != 0) {
    const CalendarDay first = from + days((wanted + 7 - weekday_of(from)) % 7);
    const CalendarDay day =
        nth > 0 ? first + days(7 * (nth - 1)) : first + days((end - first - days(1)).count() / 7 * 7);
    return !n && day < end ? std::optional(unit(whole.last, day, DatePrecision::Day)) : std::nullopt;
  }
  const bool is_year = whole.precision == DatePrecision::Year;
  if (noun == "half")
    return is_year && !n && nth <= 2 ? half_year(whole.last, year_of(from), nth == 0 ? 2 : nth) : std::nullopt;
  const DatePrecision precision = *unit_named(noun);
  if (precision == DatePrecision::Week) return week_in(whole, nth, n);
  if (whole.precision && precision >= *whole.precision) return std::nullopt;
  if (n) {
    if (nth > 1) return std::nullopt;
    return nth == 0 ? stretch(whole.last, moved(end, -*n, precision), end)
                    : stretch(whole.last, from, moved(from, *n, precision));
  }
  const CalendarDay day = nth == 0 ? moved(end, -1, precision) : moved(from, nth - 1, precision);
  return day < end ? std::optional(unit(whole.last, day, precision)) : std::nullopt;
}

/// A week belongs to the month or year of its Thursday (ISO 8601).
std::optional<Found> DateReader::week_in(const Found& whole, int nth, std::optional<int> n) const {
  if (whole.precision != DatePrecision::Month && whole.precision != DatePrecision::Year) return std::nullopt;
  const auto first_behind = [](CalendarDay day) { return monday_of(day) + days(weekday_of(day) > 4 ? 7 : 0); };
  const CalendarDay first = first_behind(*whole.from), end = first_behind(*whole.end);
  if (n) {
    if (nth > 1) return std::nullopt;
    return nth == 1 ? stretch(whole.last, first, first + days(7 * *n)) : stretch(whole.last, end - days(7 * *n), end);
  }
  const CalendarDay monday = nth == 0 ? end - days(7) : first + days(7 * (nth - 1));
  return monday < end ? std::optional(unit(whole.last, monday, DatePrecision::Week)) : std::nullopt;
}

std::optional<Found> DateReader::half_year(std::uint32_t last, int y, int half) const {
  const CalendarDay from = *day_of(y, half == 1 ? 1 : 7, 1);
  return Found{.last = last,
               .value = std::to_string(y) + "-H" + std::to_string(half),
               .precision = DatePrecision::Quarter,
               .from = from,
               .end = plus_months(from, 6)};
}

/// week of October 3 · week commencing Monday · weekend of the 18th: the week the day lies in.
std::optional<Found> DateReader::week_of(std::uint32_t i) const {
  std::uint32_t at = i + 1;
  if (is_one_of(at, {"commencing", "starting", "beginning", "ending"})) {
    at += 1 + is(at + 1, "on");
  } else if (is(at, "of")) {
    ++at;
  } else {
    return std::nullopt;
  }
  Maybe day = is_mark(at) ? std::nullopt : one(at);
  if (!day && is(at, "the") && now_) day = day_of_month(at + 1);
  if (!day || !day->from || day->precision != DatePrecision::Day) return std::nullopt;
  return unit(day->last, *day->from, DatePrecision::Week);
}

}  // namespace newsd
