#include "daemon/classify/date_scan.h"

#include <algorithm>

namespace newsd {
namespace {

using std::chrono::days;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool DateScan::is_one_of(std::uint32_t i, std::initializer_list<std::string_view> words) const {
  return std::find(words.begin(), words.end(), word(i)) != words.end();
}

bool DateScan::ends_phrase(std::uint32_t i) const {
  if (is_mark(i) || is_possessive(i)) return true;
  if (text_.tokens[i].kind == TokenKind::Number || text_.tokens[i].hyphened || is(i, "of")) return false;
  const std::uint32_t w = text_.tokens[i].word;
  return lexicon_.is(w, WordClass::Preposition) || lexicon_.is(w, WordClass::Conjunction) ||
         lexicon_.is(w, WordClass::Auxiliary) || lexicon_.is(w, WordClass::Determiner) ||
         lexicon_.is(w, WordClass::Pronoun) || lexicon_.is(w, WordClass::Speech);
}

bool DateScan::is_future(std::uint32_t i) const {
  std::uint32_t begin = text_.sentences[text_.tokens[i].sentence].first;
  if (i > begin + 12) begin = i - 12;
  for (std::uint32_t t = begin; t < i; ++t)
    if (is_one_of(t,
                  {"will", "until", "shall", "'ll", "i'll", "we'll", "scheduled", "due", "plans", "upcoming", "would"}))
      return true;
  return false;
}

std::optional<int> DateScan::digits(std::uint32_t i) const {
  if (i >= text_.tokens.size() || text_.tokens[i].kind != TokenKind::Number) return std::nullopt;
  const std::string_view t = text_.of(i);
  if (t.size() > 4 || !std::all_of(t.begin(), t.end(), is_digit)) return std::nullopt;
  int n = 0;
  for (const char c : t) n = n * 10 + (c - '0');
  return n;
}

std::optional<int> DateScan::day_number(std::uint32_t i, std::uint32_t& last) const {
  last = i;
  std::string_view w = word(i);
  if (w.size() > 2 && is_digit(w[0]) &&
      (w.ends_with("st") || w.ends_with("nd") || w.ends_with("rd") || w.ends_with("th")))
    w.remove_suffix(2);
  int n = 0;
  if (!w.empty() && w.size() <= 2 && std::all_of(w.begin(), w.end(), is_digit)) {
    for (const char c : w) n = n * 10 + (c - '0');
  } else if (w == "twenty" || w == "thirty") {
    const int unit = ordinal(word(i + 1));
    if (unit < 1 || unit > 9) return std::nullopt;
    last = i + 1;
    n = (w == "twenty" ? 20 : 30) + unit;
  } else {
    n = ordinal(w);
  }
  return n >= 1 && n <= 31 ? std::optional(n) : std::nullopt;
}

bool DateScan::is_ordinal(std::uint32_t i) const {
  const std::string_view w = word(i);
  return !w.empty() && !is_digit(w.back());
}

std::optional<int> DateScan::year(std::uint32_t i) const {
  const auto n = digits(i);
  if (!n || *n < 1000 || *n > 2199 || text_.of(i).size() != 4) return std::nullopt;
  return n;
}

std::optional<int> DateScan::year_in_words(std::uint32_t i, std::uint32_t& last) const {
  int hundreds = cardinal(word(i));
  std::uint32_t at = i + 1;
  if (hundreds == 1 || hundreds == 2) {  // two thousand (and twelve)
    if (!is(at, "thousand")) return std::nullopt;
    hundreds *= 10;
    last = at++;
    if (const int more = cardinal(word(at)); more > 0 && more < 10 && is(at + 1, "hundred")) {
      hundreds += more;
      last = at + 1;
      at += 2;
    }
  } else if (hundreds < 16 || hundreds > 20) {
    return std::nullopt;
  } else if (is(at, "hundred")) {
    last = at++;
  }
  std::uint32_t end = at + is(at, "and");
  const int tens = cardinal(word(end));
  if (tens < 1 || tens > 99 || (tens < 10 && last < i + 1)) {  // "nineteen three" is none
    return last > i ? std::optional(hundreds * 100) : std::nullopt;
  }
  last = end;
  if (tens < 20) return hundreds * 100 + tens;
  const int ones = cardinal(word(end + 1));
  if (ones < 1 || ones > 9) return hundreds * 100 + tens;
  last = end + 1;
  return hundreds * 100 + tens + ones;
}

std::optional<int> DateScan::year_behind(std::uint32_t i, std::uint32_t& last) const {
  std::uint32_t at = i;
  if (mark(at, ',') || mark(at, '.') || mark(at, '/') || is(at, "of") || is(at, "in")) ++at;
  if (is(at, "the") && is(at + 1, "year")) at += 2;
  if (const auto y = year(at)) {
    last = at;
    return y;
  }
  std::uint32_t end = i;
  if (const auto y = year_in_words(at, end)) {
    last = end;
    return y;
  }
  const bool apostrophe = mark(at, '\'') || mark(at, 0x2019) || mark(at, 0x2018);
  if (apostrophe || is(i, "of")) {
    const auto two = digits(at + apostrophe);
    if (two && *two > 31 && *two < 100) {
      last = at + apostrophe;
      return 1900 + *two;
    }
  }
  if (const auto s = step(at); s && is(at + 1, "year") && now_) {  // of next year
    last = at + 1;
    return year_of(*now_) + *s;
  }
  return std::nullopt;
}

std::optional<int> DateScan::count(std::uint32_t& at) const {
  if (const auto n = digits(at)) {
    ++at;
    return n;
  }
  const std::string_view w = word(at);
  if (w == "a" || w == "an") {
    if (is(at + 1, "couple")) {
      at += is(at + 2, "of") ? 3 : 2;
      return 2;
    }
    at += is(at + 1, "few") ? 2 : 1;
    return is(at - 1, "few") ? 3 : 1;
  }
  if (w == "few" || w == "several") {
    ++at;
    return 3;
  }
  const int n = cardinal(w);
  if (n == 0) return std::nullopt;
  ++at;
  if (n >= 20) {
    if (const int unit = cardinal(word(at)); unit >= 1 && unit <= 9) {
      ++at;
      return n + unit;
    }
  }
  return n;
}

std::optional<int> DateScan::step(std::uint32_t i) const {
  if (is_one_of(i, {"last", "past", "previous"})) return -1;
  if (is_one_of(i, {"next", "coming", "upcoming", "following"})) return 1;
  if (is_one_of(i, {"this", "current"})) return 0;
  return std::nullopt;
}

Found DateScan::unit(std::uint32_t last, CalendarDay day, DatePrecision precision) const {
  const CalendarDay from = first_of(day, precision);
  return {last, timex(day, precision), precision, from, moved(from, 1, precision)};
}

Found DateScan::stretch(std::uint32_t last, CalendarDay from, CalendarDay end) {
  return {last, timex(from, DatePrecision::Day) + "/" + timex(end - days(1), DatePrecision::Day), DatePrecision::Day,
          from, end};
}

Found DateScan::now_moved(std::uint32_t last, int n, DatePrecision precision) const {
  return now_ ? unit(last, moved(*now_, n, precision), precision) : unresolved(last);
}

Found DateScan::whole_day(std::uint32_t last, int y, unsigned month, unsigned d) const {
  const auto day = day_of(y, month, d);
  return day ? unit(last, *day, DatePrecision::Day) : unresolved(last);
}

Found DateScan::guessed_day(std::uint32_t last, unsigned month, unsigned d) const {
  const auto day = nearest(month, d);
  if (!day) return unresolved(last);
  Found found = unit(last, *day, DatePrecision::Day);
  found.guess = Found::Guess::Year;
  return found;
}

std::optional<CalendarDay> DateScan::nearest(unsigned month, unsigned day) const {
  if (!now_) return std::nullopt;
  const auto away = [&](CalendarDay d) {
    const std::int64_t distance = (d - *now_).count();
    return distance > 0 ? distance * 5 : -distance * 2;
  };
  std::optional<CalendarDay> best;
  for (int y = year_of(*now_) - 1; y <= year_of(*now_) + 1; ++y) {
    const auto d = day_of(y, month, day);
    if (d && (!best || away(*d) < away(*best))) best = d;
  }
  return best;
}

CalendarDay DateScan::moved(CalendarDay day, int n, DatePrecision unit) {
  n = std::clamp(n, -5000, 5000);
  switch (unit) {
    case DatePrecision::Time:
    case DatePrecision::Day: return day + days(n);
    case DatePrecision::Week: return day + days(7 * n);
    case DatePrecision::Month: return plus_months(day, n);
    case DatePrecision::Quarter: return plus_months(day, 3 * n);
    case DatePrecision::Year: return plus_months(day, 12 * std::clamp(n, -1500, 1500));
    case DatePrecision::Decade: return plus_months(day, 120 * std::clamp(n, -150, 150));
  }
  return day;
}

}  // namespace newsd
