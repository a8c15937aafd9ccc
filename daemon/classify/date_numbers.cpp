// Dates that begin with a number: days, years, decades, centuries.
#include "daemon/classify/date_reader.h"

#include <array>

namespace newsd {

std::optional<Found> DateReader::numeric(std::uint32_t i) const {
  if (auto f = numeric_day(i)) return f;
  if (auto f = day_and_month(i)) return f;
  if (auto f = year_first(i)) return f;
  if (auto f = lone_year(i)) return f;
  if (auto f = decade(i)) return f;
  if (is_ordinal(i)) {
    if (auto f = part(i)) return f;
    if (auto f = century(i)) return f;
  }
  if (auto f = day_of_month(i)) return f;
  return counted(i);
}

/// 28 October (2022), 28th of October, twenty-eighth of October.
std::optional<Found> DateReader::day_and_month(std::uint32_t i) const {
  std::uint32_t last = i;
  const auto d = day_number(i, last);
  if (!d) return std::nullopt;
  std::uint32_t at = last + 1;
  if (is(at, "day") && is(at + 1, "of")) ++at;  // the 15th day of June
  if (mark(at, '.') && is_capital(at + 1)) ++at;
  if (is(at, "of")) ++at;
  const unsigned month = month_named(word(at));
  if (month == 0 || (!is_capital(at) && is(at, "may") && !is(at - 1, "of") && !is_ordinal(i))) return std::nullopt;
  if (i > 0 && mark(i - 1, '$')) return std::nullopt;
  last = at;
  if (mark(at + 1, '.') && year(at + 2)) last = at + 1;
  if (const auto y = year_behind(last + 1, last)) return whole_day(last, *y, month, static_cast<unsigned>(*d));
  return guessed_day(at, month, static_cast<unsigned>(*d));
}

/// 2019-Sep-1 · 2017 April · 2022 Q3, 2022-H1.
std::optional<Found> DateReader::year_first(std::uint32_t i) const {
  const auto y = year(i);
  if (!y) return std::nullopt;
  std::uint32_t at = i + 1;
  if (mark(at, '/') || mark(at, ',')) ++at;
  if (opening(word(at)) == DateOpening::Quarter) {
    const int n = word(at)[1] - '0';
    if (word(at)[0] == 'h') return half_year(at, *y, n);
    return unit(at, *day_of(*y, static_cast<unsigned>(n) * 3 - 2, 1), DatePrecision::Quarter);
  }
  const unsigned month = month_named(word(at));
  if (month == 0 || (mark(i + 1, ',') && !is_mark(at + 1))) return std::nullopt;  // "in 2016, Nov 3"
  std::uint32_t last = at + 1 + mark(at + 1, '/');
  if (hyphened(last) || mark(at + 1, '/')) {
    if (const auto d = day_number(last, last)) return whole_day(last, *y, month, static_cast<unsigned>(*d));
  }
  if (is(at, "may") && !is_capital(at)) return std::nullopt;
  if (day_number(at + 1, last)) return std::nullopt;  // "in 2022 September 3 was"
  return unit(at, *day_of(*y, month, 1), DatePrecision::Month);
}

/// 1987, where it counts nothing.
std::optional<Found> DateReader::lone_year(std::uint32_t i) const {
  const auto y = year(i);
  if (!y || *y < 1900 || *y > 2099) return std::nullopt;
  const bool led = i > 0 && is_one_of(i - 1, {"in", "since", "of", "by", "until", "from", "during", "year", "the",
                                              "between", "till", "before", "after", "mid", "early", "late"});
  const bool is_end =
      i > 2 && year(i - 2) && (is_one_of(i - 1, {"to", "through"}) || (is(i - 1, "and") && is(i - 3, "between")));
  const bool next_counts = i + 1 < text_.tokens.size() && text_.tokens[i + 1].is_word() &&
                           text_.tokens[i + 1].letters == LetterCase::Lower && !ends_phrase(i + 1);
  const bool money = i > 0 && (mark(i - 1, '$') || mark(i - 1, 0xA3) || mark(i - 1, 0x20AC));
  if (money || (next_counts && !led && !is_end)) return std::nullopt;
  return unit(i, *day_of(*y, 1, 1), DatePrecision::Year);
}

/// "in nineteen ninety-six": behind a preposition, before no noun.
std::optional<Found> DateReader::lone_year_in_words(std::uint32_t i) const {
  std::uint32_t last = i;
  const auto y = year_in_words(i, last);
  const bool led = i > 0 && is_one_of(i - 1, {"in", "since", "of", "until", "from", "year", "to", "between"});
  if (!y || !led || !ends_phrase(last + 1)) return std::nullopt;
  return unit(last, *day_of(*y, 1, 1), DatePrecision::Year);
}

/// 2016-02-22, 02/22/2016, 22/02/2016, 22.02.2016, 2/22. The first is the month unless it cannot be.
std::optional<Found> DateReader::numeric_day(std::uint32_t i) const {
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
      if (Found found = guessed_day(last, static_cast<unsigned>(m), static_cast<unsigned>(d)); found.from) return found;
    }
  }
  return std::nullopt;
}

/// 1990s, 90s, 70’s, the nineties, the nineteen seventies, the two thousands, the twenty-tens.
std::optional<Found> DateReader::decade(std::uint32_t i) const {
  const std::string_view w = word(i);
  const auto named = [&](std::uint32_t last, int y) -> Maybe {
    if (y < 1000 || y > 2100) return std::nullopt;
    return unit(last, *day_of(y, 1, 1), DatePrecision::Decade);
  };
  if (const int tens = decade_named(w); tens != 0) {
    const bool said = i > 0 && is_one_of(i - 1, {"the", "in", "late", "early", "mid"});
    return said ? named(i, 1900 + tens) : std::nullopt;
  }
  if (const int hundreds = cardinal(w); hundreds != 0) {
    if (hundreds == 2 && is(i + 1, "thousands") && i > 0 && is(i - 1, "the")) return named(i + 1, 2000);
    if (hundreds < 16 || hundreds > 20) return std::nullopt;
    if (is(i + 1, "tens")) return named(i + 1, hundreds * 100 + 10);
    const int tens = decade_named(word(i + 1));
    return tens != 0 ? named(i + 1, hundreds * 100 + tens) : std::nullopt;
  }
  std::string_view number = w;
  std::uint32_t last = i;
  if (w.size() == 2 && w[1] == '0' && w[0] > '1' && is_possessive(i + 1)) {
    last = i + 1;
  } else if (w.ends_with("0s") && (w.size() == 5 || w.size() == 3)) {
    number.remove_suffix(1);
  } else {
    return std::nullopt;
  }
  int y = 0;
  for (const char c : number) {
    if (c < '0' || c > '9') return std::nullopt;
    y = y * 10 + (c - '0');
  }
  return named(last, y >= 100 ? y : y < 30 ? 2000 + y : 1900 + y);
}

/// the 21st century: TIMEX3 20XX, as 2022 lies in it.
std::optional<Found> DateReader::century(std::uint32_t i) const {
  std::uint32_t last = i;
  const auto n = day_number(i, last);
  if (!n || *n < 10 || *n > 22 || !is(last + 1, "century")) return std::nullopt;
  return Found{.last = last + 1,
               .value = std::to_string(*n - 1) + "XX",
               .from = day_of(*n * 100 - 100, 1, 1),
               .end = day_of(*n * 100, 1, 1)};
}

}  // namespace newsd
