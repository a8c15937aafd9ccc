#include "daemon/classify/date_reader.h"

#include "daemon/classify/date_holidays.h"

#include <algorithm>
#include <array>

namespace newsd {

using std::chrono::days;

std::optional<Found> DateReader::read(std::uint32_t i) const {
  const Token& token = text_.tokens[i];
  if (token.kind == TokenKind::Mark || token.kind == TokenKind::Possessive) return std::nullopt;
  if (token.kind == TokenKind::Word && opening(word(i)) == DateOpening::None) return std::nullopt;
  return stretch_from(i);
}

std::optional<Found> DateReader::one(std::uint32_t i) const {
  constexpr int kMostDepth = 4;
  if (i >= text_.tokens.size() || depth_ >= kMostDepth) return std::nullopt;
  ++depth_;
  Maybe found;
  if (text_.tokens[i].kind == TokenKind::Number) {
    found = numeric(i);
  } else {
    switch (opening(word(i))) {
      case DateOpening::None:
      case DateOpening::Range: break;
      case DateOpening::Month: found = month_date(i); break;
      case DateOpening::Weekday: found = weekday_date(i); break;
      case DateOpening::Season: found = season_date(i, false); break;
      case DateOpening::Article: found = with_article(i); break;
      case DateOpening::Deictic: found = deictic(i); break;
      case DateOpening::Step:
        found = is(i, "last") ? part(i) : std::nullopt;
        if (!found) found = relative(i);
        break;
      case DateOpening::Count:
        found = day_and_month(i);
        if (!found) found = counted(i);
        if (!found) found = decade(i);
        if (!found) found = lone_year_in_words(i);
        break;
      case DateOpening::Ordinal:
        found = part(i);
        if (!found) found = day_and_month(i);
        if (!found) found = century(i);
        break;
      case DateOpening::Part: found = modified(i); break;
      case DateOpening::Lead: found = counted(i); break;
      case DateOpening::Decade: found = decade(i); break;
      case DateOpening::Quarter: found = quarter_token(i); break;
      case DateOpening::Week:
        found = week_of(i);
        if (!found) found = week_number(i);
        break;
      case DateOpening::Holiday: found = holiday(i); break;
    }
  }
  --depth_;
  return found;
}

/// October 28 (, 2022) · October of 1999 · October.
std::optional<Found> DateReader::month_date(std::uint32_t i) const {
  const std::string_view w = word(i);
  const unsigned month = month_named(w);
  std::uint32_t last = i;
  if (!is_capital(i) && (w.size() < 4 || w == "march")) {  // "mar", "sat" and "may" are words
    const std::uint32_t at = i + 1 + (mark(i + 1, '.') || mark(i + 1, '/'));
    if (!day_number(at, last) && !year_behind(i + 1, last) && !(w == "dec" && i > 0 && is(i - 1, "in")))
      return std::nullopt;
  }
  if ((w == "may" || w == "march" || w == "mar") && !may_be_month(i)) return std::nullopt;
  std::uint32_t at = i + 1;
  if (mark(at, '.') || mark(at, '/')) ++at;
  if (is(at, "the")) ++at;
  if (mark(at, ',') && is_ordinal(at + 1)) ++at;
  const bool measured = mark(at + 1, '%') || is_one_of(at + 1, {"percent", "pct", "million"});
  if (const auto d = day_number(at, last); d && !measured) {
    const std::uint32_t day_token = last;
    if (const auto y = year_behind(last + 1, last)) return whole_day(last, *y, month, static_cast<unsigned>(*d));
    return guessed_day(day_token, month, static_cast<unsigned>(*d));
  }
  last = i;
  const std::uint32_t stop = mark(i + 1, '.') && year(i + 2) ? i + 2 : i + 1;
  if (const auto y = year_behind(stop, last)) return unit(last, *day_of(*y, month, 1), DatePrecision::Month);
  const auto middle = nearest(month, 15);
  if (!middle) return unresolved(i);
  Found found = unit(i, *middle, DatePrecision::Month);
  found.guess = Found::Guess::Year;
  return found;
}

/// "May" and "March" are months behind a preposition or before a number.
bool DateReader::may_be_month(std::uint32_t i) const {
  std::uint32_t last = 0;
  const std::uint32_t at = i + 1 + (mark(i + 1, '.') || mark(i + 1, '/'));
  if (day_number(at, last) || year_behind(at, last)) return true;
  if (is_capital(i) && is_one_of(i + 1, {"to", "through", "until"}) && month_named(word(i + 2)) != 0) return true;
  if (i == 0) return false;
  return is_one_of(i - 1, {"in", "since", "by", "of", "until", "last", "next", "this", "through", "late", "early",
                           "from", "to", "mid", "between", "and", "till"}) ||
         text_.tokens[i - 1].kind == TokenKind::Number;
}

/// summer (of) 2022; alone where it describes nothing. "spring" and "fall" are words without an article.
std::optional<Found> DateReader::season_date(std::uint32_t i, bool has_article) const {
  const std::string_view w = word(i);
  const std::string_view season = season_named(w);
  std::uint32_t last = i;
  const auto named = [&](int y) {
    return Found{
        .last = last, .value = std::to_string(y) + "-" + std::string(season), .precision = DatePrecision::Quarter};
  };
  if (const auto y = year_behind(i + 1, last)) return named(*y);
  if (!ends_phrase(i + 1) || is_capital(i) || (!has_article && (w == "spring" || w == "fall"))) return std::nullopt;
  const unsigned middle = season == "SP" ? 4 : season == "SU" ? 7 : season == "FA" ? 10 : 1;
  const auto day = nearest(middle, 15);
  return day ? named(year_of(*day)) : unresolved(i);
}

/// Friday · Wednesday, October 5 · Friday the 22nd · Tuesday of last week.
std::optional<Found> DateReader::weekday_date(std::uint32_t i) const {
  const std::string_view w = word(i);
  const unsigned wanted = weekday_named(w);
  if (!is_capital(i) && w.size() < 6) return std::nullopt;
  if (w == "sat" || w == "sun") return std::nullopt;
  std::uint32_t at = i + 1;
  if (mark(at, ',') || mark(at, '.')) ++at;
  if (mark(at, ',')) ++at;
  if (!is_mark(at) && text_.tokens[at].sentence == text_.tokens[i].sentence) {
    auto f = text_.tokens[at].kind == TokenKind::Number    ? numeric(at)
             : opening(word(at)) == DateOpening::Month     ? month_date(at)
             : is(at, "the") && month_named(word(at)) == 0 ? with_article(at)
             : opening(word(at)) == DateOpening::Count     ? counted(at)
                                                           : std::nullopt;
    if (f && f->from && f->precision == DatePrecision::Day && *f->end == *f->from + days(1) &&
        (weekday_of(*f->from) == wanted || f->guess != Found::Guess::None || at == i + 1 || mark(i + 1, ',')) &&
        !(is(at, "the") && f->guess == Found::Guess::Week))
      return f;
    if (f && f->from && f->precision == DatePrecision::Week && opening(word(at)) == DateOpening::Count)
      return unit(f->last, *f->from + days(wanted - 1), DatePrecision::Day);  // Monday two weeks from now
  }
  if (auto f = weekday_with_day(i)) return f;
  if (auto f = weekday_of_week(i, i + 1)) return f;
  if (!now_) return unresolved(i);
  CalendarDay day = monday_of(*now_) + days(wanted - 1);
  const bool future = is_future(i);
  if (!future && day > *now_) day -= days(7);
  if (future && day < *now_) day += days(7);
  Found found = unit(i, day, DatePrecision::Day);
  found.guess = Found::Guess::Week;
  return found;
}

/// Tuesday next week, Tuesday of the following week.
std::optional<Found> DateReader::weekday_of_week(std::uint32_t weekday_token, std::uint32_t i) const {
  std::uint32_t at = i;
  if (is(at, "of") || is(at, "in")) ++at;
  if (is(at, "the")) ++at;
  const auto n = step(at);
  if (!n || !is(at + 1, "week")) return std::nullopt;
  if (!now_) return unresolved(at + 1);
  const int day = 7 * *n + static_cast<int>(weekday_named(word(weekday_token))) - 1;
  return unit(at + 1, monday_of(*now_) + days(day), DatePrecision::Day);
}

/// Friday the 22nd, Friday 22: the nearest month in which that day is a Friday.
std::optional<Found> DateReader::weekday_with_day(std::uint32_t i) const {
  const bool has_article = is(i + 1, "the");
  std::uint32_t last = 0;
  const auto d = day_number(i + 1 + has_article, last);
  if (!d || !now_ || (!is_ordinal(i + 1 + has_article) && !(is_mark(last + 1) && !hyphened(last + 1))))
    return std::nullopt;
  std::optional<CalendarDay> best;
  for (int m = -6; m <= 6; ++m) {
    const CalendarDay month = plus_months(first_of(*now_, DatePrecision::Month), m);
    const auto day = day_of(year_of(month), month_of(month), static_cast<unsigned>(*d));
    if (!day || weekday_of(*day) != weekday_named(word(i))) continue;
    if (!best || std::chrono::abs(*day - *now_) < std::chrono::abs(*best - *now_)) best = day;
  }
  return best ? std::optional(unit(last, *best, DatePrecision::Day)) : std::nullopt;
}

std::optional<Found> DateReader::valid(std::uint32_t last, int y, int m, int d) const {
  if (m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
  const auto day = day_of(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
  return day ? std::optional(unit(last, *day, DatePrecision::Day)) : std::nullopt;
}

/// Q3 (of) 2022 · H1 2022 · Q3 this year · Q3.
std::optional<Found> DateReader::quarter_token(std::uint32_t i) const {
  const std::string_view w = word(i);
  const int n = w[1] - '0';
  std::uint32_t last = i;
  const auto y = year_behind(i + 1, last);
  if (w[0] == 'h') return y ? half_year(last, *y, n) : std::nullopt;
  const unsigned month = static_cast<unsigned>(n) * 3 - 2;
  if (y) return unit(last, *day_of(*y, month, 1), DatePrecision::Quarter);
  const auto middle = nearest(month + 1, 15);
  return middle ? unit(i, *middle, DatePrecision::Quarter) : unresolved(i);
}

/// week 31 (of 2022), as it is written in calendars: not "Week 10" of a season, not "every week 20 people".
std::optional<Found> DateReader::week_number(std::uint32_t i) const {
  const auto n = digits(i + 1);
  if (!n || *n < 1 || *n > 53 || hyphened(i + 1) || (i > 0 && is_one_of(i - 1, {"every", "each", "a", "per"})))
    return std::nullopt;
  std::uint32_t last = i + 1;
  auto y = year_behind(i + 2, last);
  if (is_capital(i) && !y && !(i > 0 && is_one_of(i - 1, {"from", "between", "to", "and"}))) return std::nullopt;
  if (!y && !(ends_phrase(i + 2) || is(i + 2, "of"))) return std::nullopt;
  if (!y && now_) y = year_of(*now_);
  if (!y) return unresolved(last);
  return unit(last, monday_of(*day_of(*y, 1, 4)) + days(7 * (*n - 1)), DatePrecision::Week);
}

/// Christmas Eve (2022, of this year), where it describes nothing.
std::optional<Found> DateReader::holiday(std::uint32_t i) const {
  std::array<std::string_view, 4> words;
  for (std::uint32_t k = 0; k < words.size(); ++k) words[k] = is_mark(i + k) ? std::string_view("\n") : word(i + k);
  std::size_t taken = 0;
  const Holiday* named = holiday_named(words, taken);
  if (named == nullptr) return std::nullopt;
  const auto behind = i + static_cast<std::uint32_t>(taken);
  std::uint32_t last = behind - 1;
  if (const auto y = year_behind(behind, last)) {
    const auto day = holiday_in(*named, *y);
    return day ? std::optional(unit(last, *day, DatePrecision::Day)) : std::nullopt;
  }
  if (!ends_phrase(behind)) return std::nullopt;
  if (!now_) return unresolved(last);
  const auto this_year = holiday_in(*named, year_of(*now_));
  const auto near = this_year ? nearest(month_of(*this_year), 15) : std::nullopt;
  const auto day = near ? holiday_in(*named, year_of(*near)) : std::nullopt;
  if (!day) return std::nullopt;
  Found found = unit(last, *day, DatePrecision::Day);
  found.guess = Found::Guess::Year;
  return found;
}

/// last Easter, next Christmas: the one before, the one behind the reference.
std::optional<Found> DateReader::holiday_by_step(std::uint32_t i, int step) const {
  std::array<std::string_view, 4> words;
  for (std::uint32_t k = 0; k < words.size(); ++k) words[k] = is_mark(i + k) ? std::string_view("\n") : word(i + k);
  std::size_t taken = 0;
  const Holiday* named = holiday_named(words, taken);
  if (named == nullptr) return std::nullopt;
  const std::uint32_t last = i + static_cast<std::uint32_t>(taken) - 1;
  if (!now_) return unresolved(last);
  auto day = holiday_in(*named, year_of(*now_));
  if (day && step > 0 && *day <= *now_) day = holiday_in(*named, year_of(*now_) + 1);
  if (day && step < 0 && *day >= *now_) day = holiday_in(*named, year_of(*now_) - 1);
  return day ? std::optional(unit(last, *day, DatePrecision::Day)) : std::nullopt;
}

}  // namespace newsd
