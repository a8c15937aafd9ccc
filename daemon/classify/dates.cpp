#include "daemon/classify/dates.h"

#include "daemon/classify/date_scan.h"

#include <algorithm>
#include <optional>
#include <string>

namespace newsd {
namespace {

using std::chrono::days;

class DateReader : private DateScan {
 public:
  DateReader(const TokenText& text, std::string_view reference) : DateScan(text, reference) {}

  std::vector<DateLabel> run() {
    std::vector<DateLabel> labels;
    for (std::uint32_t i = 0; i < text_.tokens.size();) {
      const std::optional<Found> found = text_.tokens[i].kind == TokenKind::Mark ? std::nullopt : read(i);
      if (!found) {
        ++i;
        continue;
      }
      DateLabel label;
      label.span = {text_.tokens[i].begin, text_.tokens[found->last].end};
      label.text = text_.of(i, found->last);
      label.value = found->value;
      label.precision = found->precision;
      label.resolved = !found->value.empty();
      if (!label.resolved) label.precision.reset();
      labels.push_back(std::move(label));
      i = found->last + 1;
    }
    return labels;
  }

 private:
  std::optional<Found> read(std::uint32_t i) const {
    if (text_.tokens[i].kind == TokenKind::Number) return numeric(i);
    if (auto f = month_date(i)) return f;
    if (auto f = with_article(i)) return f;
    if (auto f = deictic(i)) return f;
    if (auto f = weekday_date(i)) return f;
    if (auto f = relative(i)) return f;
    return counted(i);
  }

  std::optional<Found> month_date(std::uint32_t i) const {
    const std::string w = word(i);
    if (w == "early" || w == "late" || w == "mid") {  // part of a month or year
      if (auto f =
              i + 1 < text_.tokens.size() && text_.tokens[i + 1].kind != TokenKind::Mark ? read(i + 1) : std::nullopt;
          f && f->precision && *f->precision >= DatePrecision::Month)
        return f;
      return std::nullopt;
    }
    const unsigned month = month_named(w);
    if (month == 0) return season_date(i);
    if (!is_capital(i) && (w.size() < 4 || w == "march")) {  // "mar", "sat" and "may" are words
      std::uint32_t unused = 0;
      if (!day_number(i + 1, unused)) return std::nullopt;
    }
    if ((w == "may" || w == "march" || w == "sat" || w == "sun" || w == "mar") && !may_be_month(i)) return std::nullopt;
    std::uint32_t last = i, at = i + 1;
    if (mark(at, '.')) ++at;
    if (is(at, "the")) ++at;
    if (const auto d = day_number(at, last); d && !is_percent(last + 1)) {
      const std::uint32_t day_token = last;
      if (const auto y = year_behind(last + 1, last)) return whole_day(last, *y, month, static_cast<unsigned>(*d));
      if (auto range = day_range(day_token, month, static_cast<unsigned>(*d))) return range;
      const auto day = nearest(month, static_cast<unsigned>(*d));
      return day ? unit(day_token, *day, DatePrecision::Day) : partial(day_token, month, static_cast<unsigned>(*d));
    }
    last = i;
    if (mark(i + 1, '.') && year(i + 2)) return unit(i + 2, *day_of(*year(i + 2), month, 1), DatePrecision::Month);
    if (const auto y = year_behind(i + 1, last)) return unit(last, *day_of(*y, month, 1), DatePrecision::Month);
    if (!now_) return unresolved(i);
    const auto day = nearest(month, 15);
    return unit(i, *day_of(year_of(*day), month, 1), DatePrecision::Month);
  }

  bool is_percent(std::uint32_t i) const {
    return mark(i, '%') || is(i, "percent") || is(i, "pct") || is(i, "million");
  }

  /// "May" and "March" are months behind a preposition or before a number.
  bool may_be_month(std::uint32_t i) const {
    std::uint32_t last = 0;
    if (day_number(i + 1, last) || year(i + 1)) return true;
    if (i == 0) return false;
    const std::string w = word(i - 1);
    return w == "in" || w == "since" || w == "by" || w == "of" || w == "until" || w == "last" || w == "next" ||
           w == "this" || w == "through" || w == "late" || w == "early" || w == "from" || w == "to" || w == "mid" ||
           text_.tokens[i - 1].kind == TokenKind::Number;
  }

  /// A day without a year and without a reference.
  static Found partial(std::uint32_t last, unsigned, unsigned) { return unresolved(last); }

  /// "October 4-7", "October 4 to 7" (, 2022).
  std::optional<Found> day_range(std::uint32_t day_token, unsigned month, unsigned from) const {
    std::uint32_t at = day_token + 1;
    const bool joined = at < text_.tokens.size() && text_.tokens[at].hyphened;
    if (!joined) {
      if (!mark(at, 0x2013) && !is(at, "to") && !is(at, "through") && !is(at, "until") && !is(at, "till"))
        return std::nullopt;
      ++at;
    }
    std::uint32_t last = at;
    const auto to = day_number(at, last);
    if (!to || static_cast<unsigned>(*to) <= from) return std::nullopt;
    const auto y = year_behind(last + 1, last);
    const auto begin = y ? day_of(*y, month, from) : nearest(month, from);
    if (!begin) return unresolved(last);
    const auto end = day_of(year_of(*begin), month, static_cast<unsigned>(*to));
    return end ? std::optional(stretch(last, *begin, *end)) : unresolved(last);
  }

  std::optional<Found> season_date(std::uint32_t i) const {
    const std::string_view season = season_named(word(i));
    if (season.empty()) return std::nullopt;
    std::uint32_t last = i;
    if (const auto y = year_behind(i + 1, last))
      return Found{last, std::to_string(*y) + "-" + std::string(season), DatePrecision::Quarter, std::nullopt};
    return std::nullopt;
  }

  std::optional<Found> numeric(std::uint32_t i) const {
    if (auto f = numeric_day(i)) return f;
    // 28 October 2022 · 28th of October · 4-7 October
    std::uint32_t last = i;
    if (const auto d = day_number(i, last)) {
      std::uint32_t at = last + 1;
      std::optional<int> to;
      std::uint32_t to_last = at;
      if (at < text_.tokens.size() && text_.tokens[at].hyphened) to = day_number(at, to_last);
      if (to && *to > *d && month_named(word(to_last + 1)) != 0) {
        const unsigned month = month_named(word(to_last + 1));
        last = to_last + 1;
        const auto y = year_behind(last + 1, last);
        const auto begin = y ? day_of(*y, month, static_cast<unsigned>(*d)) : nearest(month, static_cast<unsigned>(*d));
        const auto end = begin ? day_of(year_of(*begin), month, static_cast<unsigned>(*to)) : std::nullopt;
        return end ? std::optional(stretch(last, *begin, *end)) : unresolved(last);
      }
      if (is(at, "of")) ++at;
      if (const unsigned month = month_named(word(at)); month != 0) {
        last = at;
        if (mark(at + 1, '.') && year(at + 2)) last = at + 1;
        if (const auto y = year_behind(last + 1, last)) return whole_day(last, *y, month, static_cast<unsigned>(*d));
        const auto day = nearest(month, static_cast<unsigned>(*d));
        return day ? unit(at, *day, DatePrecision::Day) : unresolved(at);
      }
    }
    if (const auto y = year(i)) {
      const bool plausible = *y >= 1900 && *y <= 2099;
      const std::string before = i > 0 ? word(i - 1) : std::string();
      const bool led = before == "in" || before == "since" || before == "of" || before == "by" || before == "until" ||
                       before == "from" || before == "during" || before == "year" || before == "the";
      const bool measures = i + 1 < text_.tokens.size() && text_.tokens[i + 1].is_word() &&
                            text_.tokens[i + 1].letters == LetterCase::Lower && !led && !is(i + 1, "and") &&
                            !is(i + 1, "to") && !is(i + 1, "when") && !is(i + 1, "was") && !is(i + 1, "in") &&
                            !is(i + 1, "after") && !is(i + 1, "with") && !is(i + 1, "as") && !is(i + 1, "but");
      const bool money = i > 0 && (mark(i - 1, '$') || mark(i - 1, 0xA3) || mark(i - 1, 0x20AC));
      if (plausible && !measures && !money) {
        if (i + 1 < text_.tokens.size() && text_.tokens[i + 1].hyphened) {
          if (const auto to = year(i + 1); to && *to > *y)
            return Found{i + 1, std::to_string(*y) + "/" + std::to_string(*to), DatePrecision::Year, day_of(*y, 1, 1)};
        }
        return unit(i, *day_of(*y, 1, 1), DatePrecision::Year);
      }
    }
    if (auto f = decade(i)) return f;
    return counted(i);
  }

  /// 2016-02-22, 02/22/2016, 22/02/2016, 22.02.2016, 2/22. The first is the month unless it cannot be.
  std::optional<Found> numeric_day(std::uint32_t i) const {
    const std::string_view whole = text_.text.substr(text_.tokens[i].begin, 12);
    int part[3] = {0, 0, 0};
    std::size_t width[3] = {0, 0, 0}, parts = 0, at = 0;
    char separator = 0;
    while (parts < 3) {
      const std::size_t begin = at;
      while (at < whole.size() && whole[at] >= '0' && whole[at] <= '9' && at - begin < 5)
        part[parts] = part[parts] * 10 + (whole[at++] - '0');
      width[parts] = at - begin;
      if (width[parts] == 0) return std::nullopt;
      ++parts;
      if (at >= whole.size() || (whole[at] != '-' && whole[at] != '/' && whole[at] != '.') ||
          (separator != 0 && whole[at] != separator))
        break;
      if (at + 1 >= whole.size() || whole[at + 1] < '0' || whole[at + 1] > '9') break;
      separator = whole[at++];
    }
    if (at < whole.size() && ((whole[at] >= '0' && whole[at] <= '9') || whole[at] == '%' || (whole[at] | 0x20) == 'x'))
      return std::nullopt;
    const std::uint32_t end = text_.tokens[i].begin + static_cast<std::uint32_t>(at);
    std::uint32_t last = i;
    while (last + 1 < text_.tokens.size() && text_.tokens[last + 1].end <= end) ++last;
    if (text_.tokens[last].end != end) return std::nullopt;
    if (parts == 3 && width[0] == 4) return valid(last, part[0], part[1], part[2]);
    if (parts == 3 && (width[2] == 4 || width[2] == 2) && width[0] <= 2 && width[1] <= 2) {
      const int y = width[2] == 4 ? part[2] : part[2] < 50 ? 2000 + part[2] : 1900 + part[2];
      if (auto f = valid(last, y, part[0], part[1])) return f;
      return valid(last, y, part[1], part[0]);
    }
    if (parts == 2 && (separator == '/' || separator == '-') && (width[0] == 4 || width[1] == 4) &&
        width[0] + width[1] <= 6) {
      const int y = width[0] == 4 ? part[0] : part[1], m = width[0] == 4 ? part[1] : part[0];
      const auto first = m >= 1 && m <= 12 ? day_of(y, static_cast<unsigned>(m), 1) : std::nullopt;
      return first ? std::optional(unit(last, *first, DatePrecision::Month)) : std::nullopt;
    }
    if (parts == 2 && separator == '/' && width[0] <= 2 && width[1] <= 2 && now_) {
      for (const auto& [m, d] : {std::pair(part[0], part[1]), std::pair(part[1], part[0])}) {
        if (m < 1 || m > 12 || d < 1 || d > 31) continue;
        if (const auto day = nearest(static_cast<unsigned>(m), static_cast<unsigned>(d)))
          return unit(last, *day, DatePrecision::Day);
      }
    }
    return std::nullopt;
  }

  /// the 28th (of October) · the first quarter of 1989 · the week of October 3 · the day before yesterday · the 1990s.
  std::optional<Found> with_article(std::uint32_t i) const {
    std::uint32_t at = i;
    if (is(at, "the")) ++at;
    const bool has_article = at != i;
    const std::string w = word(at);
    if (w == "day" && has_article) {
      if (is(at + 1, "before") && is(at + 2, "yesterday"))
        return now_ ? unit(at + 2, *now_ - days(2), DatePrecision::Day) : unresolved(at + 2);
      if (is(at + 1, "after") && is(at + 2, "tomorrow"))
        return now_ ? unit(at + 2, *now_ + days(2), DatePrecision::Day) : unresolved(at + 2);
      return std::nullopt;
    }
    std::uint32_t last = at;
    const int nth = w == "last" ? 0 : ordinal(w);
    if (nth >= 1 || w == "last") {
      const std::string noun = word(at + 1);
      if (noun == "week" && nth >= 1) {
        if (const auto y = year_behind(at + 2, last))
          return unit(last, monday_of(*day_of(*y, 1, 4)) + days(7 * (nth - 1)), DatePrecision::Week);
      }
      if (noun == "quarter" && nth >= 1 && nth <= 4) {
        last = at + 1;
        auto y = year_behind(at + 2, last);
        if (!y && is(at + 2, "of") && (is(at + 3, "this") || is(at + 3, "last") || is(at + 3, "next")) &&
            is(at + 4, "year") && now_) {
          y = year_of(*now_) + (is(at + 3, "last") ? -1 : is(at + 3, "next") ? 1 : 0);
          last = at + 4;
        }
        if (!y && now_) y = year_of(*now_);
        return y ? std::optional(unit(last, *day_of(*y, static_cast<unsigned>(nth) * 3 - 2, 1), DatePrecision::Quarter))
                 : unresolved(last);
      }
      if (noun == "week" && is(at + 2, "of") && month_named(word(at + 3)) != 0) {
        const unsigned month = month_named(word(at + 3));
        last = at + 3;
        const auto y = year_behind(at + 4, last);
        const auto first = y      ? day_of(*y, month, 1)
                           : now_ ? day_of(year_of(*nearest(month, 15)), month, 1)
                                  : std::nullopt;
        if (!first) return unresolved(last);
        // ISO: the first week of a month is that of its first Thursday
        CalendarDay monday = monday_of(*first);
        if (weekday_of(*first) > 4) monday += days(7);
        if (nth == 0) {
          monday = monday_of(plus_months(*first, 1) - days(1));
          if (month_of(monday + days(3)) != month) monday -= days(7);
        } else {
          monday += days(7 * (nth - 1));
        }
        return unit(last, monday, DatePrecision::Week);
      }
    }
    if (!has_article) return std::nullopt;
    if (const auto d = day_number(at, last)) {
      std::uint32_t m = last + 1;
      if (is(m, "of")) ++m;
      if (const unsigned month = month_named(word(m)); month != 0) {
        std::uint32_t end = m;
        if (const auto y = year_behind(m + 1, end)) return whole_day(end, *y, month, static_cast<unsigned>(*d));
        const auto day = nearest(month, static_cast<unsigned>(*d));
        return day ? unit(m, *day, DatePrecision::Day) : unresolved(m);
      }
      const std::string end = word(at);
      if (is(last + 1, "of") && (is(last + 2, "this") || is(last + 2, "last") || is(last + 2, "next")) &&
          is(last + 3, "month") && now_) {
        const CalendarDay other = plus_months(*now_, is(last + 2, "this") ? 0 : is(last + 2, "last") ? -1 : 1);
        return whole_day(last + 3, year_of(other), month_of(other), static_cast<unsigned>(*d));
      }
      const bool is_date = end.size() > 2 && end[0] >= '0' && end[0] <= '9' && i > 0 &&
                           (is(i - 1, "on") || is(i - 1, "until") || is(i - 1, "by") || is(i - 1, "back"));
      const bool ends = last + 1 >= text_.tokens.size() || text_.tokens[last + 1].kind == TokenKind::Mark;
      if (is_date && ends && now_) {
        const auto day = day_of(year_of(*now_), month_of(*now_), static_cast<unsigned>(*d));
        if (day) return unit(last, *day, DatePrecision::Day);
      }
    }
    if (const int tens = decade_named(w); tens != 0) return unit(at, *day_of(1900 + tens, 1, 1), DatePrecision::Decade);
    if (text_.tokens.size() > at && text_.tokens[at].kind == TokenKind::Number) {
      if (auto f = decade(at)) return f;
    }
    if ((w == "week" || w == "weekend") && is(at + 1, "of")) {
      if (auto f = at + 2 < text_.tokens.size() && text_.tokens[at + 2].kind != TokenKind::Mark ? month_date(at + 2)
                                                                                                : std::nullopt;
          f && f->from && f->precision == DatePrecision::Day)
        return unit(f->last, *f->from, DatePrecision::Week);
    }
    return std::nullopt;
  }

  std::optional<Found> deictic(std::uint32_t i) const {
    const std::string w = word(i);
    int offset = 0;
    if (w == "today" || w == "tonight") {
      if (text_.tokens[i].is_capital() && i > 0 && text_.tokens[i - 1].is_capital() &&
          text_.tokens[i - 1].sentence == text_.tokens[i].sentence)
        return std::nullopt;  // USA Today
    } else if (w == "yesterday") {
      offset = -1;
    } else if (w == "tomorrow") {
      offset = 1;
    } else if (w == "overnight") {
      return std::nullopt;
    } else {
      return std::nullopt;
    }
    return now_ ? unit(i, *now_ + days(offset), DatePrecision::Day) : unresolved(i);
  }

  bool is_future(std::uint32_t i) const {
    std::uint32_t begin = text_.sentences[text_.tokens[i].sentence].first;
    if (i > begin + 12) begin = i - 12;
    for (std::uint32_t t = begin; t < i; ++t) {
      const std::string w = word(t);
      if (w == "will" || w == "until" || w == "shall" || w == "'ll" || w == "scheduled" || w == "due" || w == "plans" ||
          w == "upcoming" || w == "i'll" || w == "would")
        return true;
    }
    return false;
  }

  std::optional<Found> weekday_date(std::uint32_t i) const {
    const std::string w = word(i);
    const unsigned wanted = weekday_named(w);
    if (wanted == 0 || (!is_capital(i) && w.size() < 6)) return std::nullopt;
    if (w.size() <= 3 && w != "mon" && w != "tue" && w != "wed" && w != "thu" && w != "fri") return std::nullopt;
    // Wednesday, October 5 (, 2022)
    std::uint32_t at = i + 1;
    if (mark(at, ',') || mark(at, '.')) ++at;
    if (mark(at, ',')) ++at;
    if (at < text_.tokens.size() && text_.tokens[at].kind != TokenKind::Mark &&
        text_.tokens[at].sentence == text_.tokens[i].sentence) {
      auto f = text_.tokens[at].kind == TokenKind::Number ? numeric(at) : month_date(at);
      if (!f && is(at, "the")) f = with_article(at);
      if (f && f->precision == DatePrecision::Day && f->from) return f;
    }
    if (!now_) return unresolved(i);
    CalendarDay day = monday_of(*now_) + days(wanted - 1);
    if (is(i + 1, "next") && is(i + 2, "week")) return unit(i + 2, day + days(7), DatePrecision::Day);
    if (is(i + 1, "last") && is(i + 2, "week")) return unit(i + 2, day - days(7), DatePrecision::Day);
    const bool future = is_future(i);
    if (!future && day > *now_) day -= days(7);
    if (future && day < *now_) day += days(7);
    return unit(i, day, DatePrecision::Day);
  }

  /// last, next, this, the past … week, month, year, Friday, October, summer, three days.
  std::optional<Found> relative(std::uint32_t i) const {
    std::uint32_t at = i;
    const bool has_article = is(at, "the");
    if (has_article) ++at;
    if (is(at, "earlier") || is(at, "later")) {
      if (!is(at + 1, "this")) return std::nullopt;
      ++at;
    }
    const std::string w = word(at);
    int step = 0;
    if (w == "last" || w == "past" || w == "previous") {
      step = -1;
    } else if (w == "next" || w == "coming" || w == "upcoming" || w == "following") {
      step = 1;
    } else if (w != "this" && w != "current") {
      return std::nullopt;
    }
    ++at;
    const std::string noun = word(at);
    if (const unsigned wanted = weekday_named(noun); wanted != 0) {
      if (!now_) return unresolved(at);
      if (w == "upcoming" || w == "coming") {
        const CalendarDay day = monday_of(*now_) + days(static_cast<int>(wanted) - 1);
        return unit(at, day > *now_ ? day : day + days(7), DatePrecision::Day);
      }
      return unit(at, monday_of(*now_) + days(static_cast<int>(wanted) - 1 + 7 * step), DatePrecision::Day);
    }
    if (const unsigned month = month_named(noun); month != 0) {
      std::uint32_t last = at;
      if (!now_) return unresolved(at);
      int y = year_of(*now_);
      if (step < 0 && month >= month_of(*now_)) --y;
      if (step > 0 && month <= month_of(*now_)) ++y;
      if (const auto d = day_number(at + 1, last)) return whole_day(last, y, month, static_cast<unsigned>(*d));
      return unit(at, *day_of(y, month, 1), DatePrecision::Month);
    }
    if (const std::string_view season = season_named(noun); !season.empty()) {
      if (!now_) return unresolved(at);
      return Found{at, std::to_string(year_of(*now_) + step) + "-" + std::string(season), DatePrecision::Quarter,
                   std::nullopt};
    }
    if (noun == "morning" || noun == "afternoon" || noun == "evening" || noun == "night") {
      if (w == "this" || (w == "last" && noun == "night"))
        return now_ ? unit(at, *now_ + days(w == "last" ? -1 : 0), DatePrecision::Day) : unresolved(at);
      return std::nullopt;
    }
    if (noun == "weekend") {
      if (!now_) return unresolved(at);
      return Found{at, timex(*now_ + days(7 * step), DatePrecision::Week) + "-WE", DatePrecision::Day,
                   monday_of(*now_) + days(5 + 7 * step)};
    }
    const auto precision = unit_named(noun);
    if (precision && noun.back() != 's') {
      if (!now_) return unresolved(at);
      if (*precision == DatePrecision::Day)
        return w == "this" || w == "past" ? std::nullopt
                                          : std::optional(unit(at, *now_ + days(step), DatePrecision::Day));
      return unit(at, moved(*now_, step, *precision), *precision);
    }
    // the last three days
    std::uint32_t behind = at;
    const auto n = noun == "few" || noun == "several" ? (++behind, std::optional(3)) : count(behind);
    const auto counted_unit = unit_named(word(behind));
    if (!n || !counted_unit || step == 0) return std::nullopt;
    if (!now_) return unresolved(behind);
    const CalendarDay other = moved(*now_, step * *n, *counted_unit);
    return step < 0 ? stretch(behind, other, *now_) : stretch(behind, *now_ + days(1), other + days(1));
  }

  /// two weeks ago · three days later · in five years · a month from now · two days after tomorrow.
  std::optional<Found> counted(std::uint32_t i) const {
    std::uint32_t at = i;
    const bool led = is(at, "in") || is(at, "within");
    if (led) ++at;
    const auto n = count(at);
    if (!n) return std::nullopt;
    const auto precision = unit_named(word(at));
    if (!precision) return std::nullopt;
    const std::string after = word(at + 1);
    if (after == "ago" || (after == "earlier" && !led) || after == "back") {
      if (!now_) return unresolved(at + 1);
      return unit(at + 1, moved(*now_, -*n, *precision), *precision);
    }
    if ((after == "before" && is(at + 2, "yesterday")) || (after == "after" && is(at + 2, "tomorrow"))) {
      if (!now_) return unresolved(at + 2);
      const int sign = after == "before" ? -1 : 1;
      return unit(at + 2, moved(*now_, sign * *n, *precision) + days(sign), DatePrecision::Day);
    }
    if ((after == "from" && (is(at + 2, "now") || is(at + 2, "today"))) || after == "hence" || after == "later") {
      const std::uint32_t last = after == "from" ? at + 2 : at + 1;
      if (!now_) return unresolved(last);
      return unit(last, moved(*now_, *n, *precision), *precision);
    }
    if (led && is(i, "in") && is_future(i)) {
      if (!now_) return unresolved(at);
      return unit(at, moved(*now_, *n, *precision), *precision);
    }
    return std::nullopt;
  }
};

}  // namespace

std::vector<DateLabel> dates_of(const TokenText& text, std::string_view reference) {
  return DateReader(text, reference).run();
}

}  // namespace newsd
