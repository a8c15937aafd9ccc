// What the grammar of dates asks of tokens (is this a month, a day's number, a year, a count?) and how it says what it
// found. Tokens in, values out; the base of DateReader alone. Pure, linear; any thread.
#pragma once

#include "daemon/classify/calendar.h"
#include "daemon/classify/date_words.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/token.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// What was read: tokens up to `last`; the days [from, end), when it is resolved.
struct Found {
  std::uint32_t last = 0;
  std::string value = {};  ///< empty: unresolved
  std::optional<DatePrecision> precision = {};
  std::optional<CalendarDay> from = {}, end = {};
  enum class Guess : std::uint8_t { None, Week, Year } guess = Guess::None;  ///< of which period it is was not said
  std::uint32_t first = kNoWord;  ///< when it begins behind where it was read
};

class DateScan {
 public:
  /// reference: ISO 8601; none when it is no day.
  DateScan(const TokenText& text, const Lexicon& lexicon, std::string_view reference)
      : text_(text), lexicon_(lexicon), now_(day_from_iso(reference)) {}

 protected:
  /// Folded; empty for marks and possessives.
  std::string_view word(std::uint32_t i) const { return text_.folded(i); }
  bool is(std::uint32_t i, std::string_view w) const { return word(i) == w; }
  bool is_one_of(std::uint32_t i, std::initializer_list<std::string_view> words) const;
  bool mark(std::uint32_t i, char32_t c) const { return text_.is_mark(i, c); }
  bool is_capital(std::uint32_t i) const { return i < text_.tokens.size() && text_.tokens[i].is_capital(); }
  bool is_mark(std::uint32_t i) const { return i >= text_.tokens.size() || text_.tokens[i].kind == TokenKind::Mark; }
  bool is_possessive(std::uint32_t i) const {
    return i < text_.tokens.size() && text_.tokens[i].kind == TokenKind::Possessive;
  }
  bool hyphened(std::uint32_t i) const { return i < text_.tokens.size() && text_.tokens[i].hyphened; }
  /// Whether no noun stands there that what is before it could describe: an end, a mark, a word of grammar or a verb.
  bool ends_phrase(std::uint32_t i) const;
  /// Whether a word before the end of what is behind it says that it is to come: "will … on Friday".
  bool is_future(std::uint32_t i) const;

  std::optional<int> digits(std::uint32_t i) const;
  /// 1–31 in digits, with or without st, nd, rd, th, or as an ordinal in words (twenty-first, twenty first).
  std::optional<int> day_number(std::uint32_t i, std::uint32_t& last) const;
  bool is_ordinal(std::uint32_t i) const;  ///< of what day_number() reads: "3rd", "third", no "3"
  std::optional<int> year(std::uint32_t i) const;
  /// "nineteen ninety-six", "two thousand and twelve".
  std::optional<int> year_in_words(std::uint32_t i, std::uint32_t& last) const;
  /// "2022", ", 2022", "of next year" or "’22" behind a month or day.
  std::optional<int> year_behind(std::uint32_t i, std::uint32_t& last) const;
  /// A count of units: digits, words, "a", "a couple of", "a few"; moves `at` behind it.
  std::optional<int> count(std::uint32_t& at) const;
  /// −1 last, 0 this, 1 next, and their like.
  std::optional<int> step(std::uint32_t i) const;

  Found unit(std::uint32_t last, CalendarDay day, DatePrecision precision) const;
  static Found unresolved(std::uint32_t last) { return {.last = last}; }
  /// The days [from, end).
  static Found stretch(std::uint32_t last, CalendarDay from, CalendarDay end);
  /// The unit's days, or unresolved without a reference.
  Found now_moved(std::uint32_t last, int n, DatePrecision precision) const;
  Found whole_day(std::uint32_t last, int y, unsigned month, unsigned d) const;
  /// A day without its year.
  Found guessed_day(std::uint32_t last, unsigned month, unsigned d) const;
  /// Of the years a day without one may lie in, that which is nearest to the reference. News looks back: a day to come
  /// counts as two and a half times as far away.
  std::optional<CalendarDay> nearest(unsigned month, unsigned day) const;

  static CalendarDay moved(CalendarDay day, int n, DatePrecision unit);

  const TokenText& text_;
  const Lexicon& lexicon_;
  std::optional<CalendarDay> now_;
};

}  // namespace newsd
