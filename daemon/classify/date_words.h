// English words of the calendar → numbers. Folded words in; 0 or nothing for what is none. Plain functions, any thread.
#pragma once

#include "daemon/classify/calendar.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace newsd {

/// What kind of date a word can begin.
enum class DateOpening : std::uint8_t {
  None,
  Month,
  Weekday,
  Season,
  Article,  ///< the
  Deictic,  ///< today
  Step,     ///< last, next, this
  Count,    ///< two, a
  Ordinal,  ///< third, final
  Part,     ///< early, end, rest
  Lead,     ///< in, within, for
  Range,    ///< from, between
  Decade,   ///< nineties
  Quarter,  ///< q3, h1
  Week,     ///< week 31
  Holiday
};
DateOpening opening(std::string_view word);

unsigned month_named(std::string_view word);                     ///< 1–12, abbreviations too
unsigned weekday_named(std::string_view word);                   ///< 1 Monday … 7 Sunday
int cardinal(std::string_view word);                             ///< one … twenty, thirty … ninety, hundred
int ordinal(std::string_view word);                              ///< first … thirtieth
int decade_named(std::string_view word);                         ///< "nineties" → 90
std::string_view season_named(std::string_view word);            ///< TIMEX3: SP SU FA WI
std::optional<DatePrecision> unit_named(std::string_view word);  ///< "week", "weeks"

}  // namespace newsd
