// What the grammar of dates asks of tokens (is this a month, a day's number, a year, a count?) and how it says what it
// found. Tokens in, values out; used by dates.cpp alone. Pure.
#pragma once

#include "daemon/classify/calendar.h"
#include "daemon/classify/date_words.h"
#include "daemon/classify/token.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// What was read: tokens [first, last]; a unit of days that begins at `from`, or the days [from, to) when to is given.
struct Found {
  std::uint32_t last = 0;
  std::string value;  ///< empty: unresolved
  std::optional<DatePrecision> precision;
  std::optional<CalendarDay> from;
};

class DateScan {
 public:
  /// reference: ISO 8601; none when it is no day.
  DateScan(const TokenText& text, std::string_view reference) : text_(text), now_(day_from_iso(reference)) {}

 protected:
  const std::string& word(std::uint32_t i) const {
    static const std::string none;
    if (i >= text_.tokens.size() || text_.tokens[i].kind == TokenKind::Mark ||
        text_.tokens[i].kind == TokenKind::Possessive)
      return none;
    fold_word(text_.of(i), folded_);
    return folded_;
  }
  bool is(std::uint32_t i, std::string_view w) const { return word(i) == w; }
  bool is_capital(std::uint32_t i) const { return i < text_.tokens.size() && text_.tokens[i].is_capital(); }
  bool mark(std::uint32_t i, char32_t c) const { return text_.is_mark(i, c); }
  std::optional<int> digits(std::uint32_t i) const {
    if (i >= text_.tokens.size() || text_.tokens[i].kind != TokenKind::Number) return std::nullopt;
    const std::string_view t = text_.of(i);
    if (t.size() > 4) return std::nullopt;
    int n = 0;
    for (const char c : t) {
      if (c < '0' || c > '9') return std::nullopt;
      n = n * 10 + (c - '0');
    }
    return n;
  }
  /// 1–31 in digits, with or without st, nd, rd, th, or as an ordinal in words (two tokens: twenty-first).
  std::optional<int> day_number(std::uint32_t i, std::uint32_t& last) const {
    last = i;
    std::string w = word(i);
    if (w.size() > 2 && w[0] >= '0' && w[0] <= '9' &&
        (w.ends_with("st") || w.ends_with("nd") || w.ends_with("rd") || w.ends_with("th")))
      w.resize(w.size() - 2);
    if (!w.empty() && w.size() <= 2 && w[0] >= '0' && w[0] <= '9' &&
        std::all_of(w.begin(), w.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      const int n = std::stoi(w);
      return n >= 1 && n <= 31 ? std::optional(n) : std::nullopt;
    }
    if ((w == "twenty" || w == "thirty") && i + 1 < text_.tokens.size() && text_.tokens[i + 1].hyphened) {
      if (const int unit = ordinal(word(i + 1)); unit >= 1 && unit <= 9) {
        last = i + 1;
        return (w == "twenty" ? 20 : 30) + unit;
      }
    }
    const int n = ordinal(w);
    return n >= 1 && n <= 31 ? std::optional(n) : std::nullopt;
  }
  std::optional<int> year(std::uint32_t i) const {
    const auto n = digits(i);
    if (!n || *n < 1000 || *n > 2199 || text_.of(i).size() != 4) return std::nullopt;
    return n;
  }
  /// "2022" or ", 2022" behind a month or day.
  std::optional<int> year_behind(std::uint32_t i, std::uint32_t& last) const {
    std::uint32_t at = i;
    if (mark(at, ',') || mark(at, '.') || is(at, "of") || is(at, "in")) ++at;
    if (is(at, "the") && is(at + 1, "year")) at += 2;
    if (const auto y = year(at)) {
      last = at;
      return y;
    }
    // of next year
    const int step = is(at, "this") ? 0 : is(at, "last") ? -1 : is(at, "next") ? 1 : 2;
    if (step < 2 && is(at + 1, "year") && now_) {
      last = at + 1;
      return year_of(*now_) + step;
    }
    return std::nullopt;
  }
  /// A count of units: digits, a word, "a", "a couple of"; moves `at` behind it.
  std::optional<int> count(std::uint32_t& at) const {
    if (const auto n = digits(at)) {
      ++at;
      return n;
    }
    const std::string w = word(at);
    if (w == "a" || w == "an") {
      if (is(at + 1, "couple")) {
        at += is(at + 2, "of") ? 3 : 2;
        return 2;
      }
      if (is(at + 1, "few")) {
        at += 2;
        return 3;
      }
      ++at;
      return 1;
    }
    if (const int n = cardinal(w); n > 0) {
      ++at;
      if (n >= 20 && at < text_.tokens.size() && text_.tokens[at].hyphened) {
        if (const int unit = cardinal(word(at)); unit >= 1 && unit <= 9) {
          ++at;
          return n + unit;
        }
      }
      return n;
    }
    return std::nullopt;
  }

  Found unit(std::uint32_t last, CalendarDay day, DatePrecision precision) const {
    return {last, timex(day, precision), precision, day};
  }
  static Found unresolved(std::uint32_t last) { return {last, {}, std::nullopt, std::nullopt}; }
  Found stretch(std::uint32_t last, CalendarDay from, CalendarDay to) const {
    return {last, timex(from, DatePrecision::Day) + "/" + timex(to, DatePrecision::Day), DatePrecision::Day, from};
  }
  /// Of the years a day without one may lie in, that which is nearest to the reference. News looks back: a day to come
  /// counts as two and a half times as far away.
  std::optional<CalendarDay> nearest(unsigned month, unsigned day) const {
    if (!now_) return std::nullopt;
    std::optional<CalendarDay> best;
    for (int y = year_of(*now_) - 1; y <= year_of(*now_) + 1; ++y) {
      const auto d = day_of(y, month, day);
      if (d && (!best || away(*d) < away(*best))) best = d;
    }
    return best;
  }
  std::int64_t away(CalendarDay day) const {
    const std::int64_t distance = (day - *now_).count();
    return distance > 0 ? distance * 5 : -distance * 2;
  }

  Found whole_day(std::uint32_t last, int y, unsigned month, unsigned d) const {
    const auto day = day_of(y, month, d);
    return day ? unit(last, *day, DatePrecision::Day) : unresolved(last);
  }

  std::optional<Found> valid(std::uint32_t last, int y, int m, int d) const {
    if (m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
    const auto day = day_of(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
    return day ? std::optional(unit(last, *day, DatePrecision::Day)) : std::nullopt;
  }

  /// 1990s, 90s.
  std::optional<Found> decade(std::uint32_t i) const {
    const std::string w = word(i);
    if (!w.ends_with("0s") || (w.size() != 5 && w.size() != 3)) return std::nullopt;
    int y = 0;
    for (const char c : w.substr(0, w.size() - 1)) {
      if (c < '0' || c > '9') return std::nullopt;
      y = y * 10 + (c - '0');
    }
    if (y < 100) y += y < 30 ? 2000 : 1900;
    return y >= 1000 && y <= 2100 ? std::optional(unit(i, *day_of(y, 1, 1), DatePrecision::Decade)) : std::nullopt;
  }

  static CalendarDay moved(CalendarDay day, int n, DatePrecision unit) {
    n = std::clamp(n, -5000, 5000);
    switch (unit) {
      case DatePrecision::Time:
      case DatePrecision::Day: return day + std::chrono::days(n);
      case DatePrecision::Week: return day + std::chrono::days(7 * n);
      case DatePrecision::Month: return plus_months(day, n);
      case DatePrecision::Quarter: return plus_months(day, 3 * n);
      case DatePrecision::Year: return plus_months(day, 12 * std::clamp(n, -1500, 1500));
      case DatePrecision::Decade: return plus_months(day, 120 * std::clamp(n, -150, 150));
    }
    return day;
  }

  const TokenText& text_;
  std::optional<CalendarDay> now_;
  mutable std::string folded_;
};

}  // namespace newsd
