// The words of a line that may be a date: a folded line → numbers, months, weekdays, zones, words like "updated",
// marks. Pure, any thread. What they mean together is date_line.h's question.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace newsd {

enum class DateWord { Number, Month, Weekday, PublishedWord, UpdatedWord, Zone, HalfDay, Filler, Mark, Iso, Other };

struct DateToken {
  DateWord kind = DateWord::Other;
  int value = 0;           ///< of a number, a month, a zone's minutes from UTC, 12 for p.m.
  std::size_t digits = 0;  ///< of a number
  char mark = 0;
  std::size_t begin = 0, end = 0;  ///< bytes in the folded line
  std::string_view text;
};

/// The value of a zone that several places mean by one name (IST, CST, AST), or that is one in words and two in hours
/// (ET).
inline constexpr int kVagueZone = 100'000;

/// Months, weekdays and words in the languages of the phrase lists. The tokens' text points into `folded`.
std::vector<DateToken> date_tokens(std::string_view folded);

}  // namespace newsd
