// Feast days and the rules of their dates: words → a rule; rule and year → a day. Only days that fall on the same date
// in every country that keeps them under that name, Easter as the Western churches reckon it. Plain functions, any
// thread.
#pragma once

#include "daemon/classify/calendar.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace newsd {

struct Holiday {
  std::string_view name;  ///< folded words, single spaces
  unsigned month = 0;     ///< 0: counted from Easter Sunday
  int day = 0;            ///< of the month; of a weekday rule the earliest it can be; from Easter: days behind it
  unsigned weekday = 0;   ///< 1 Monday … 7 Sunday: the first one on or behind `day`; 0: `day` itself
  int behind = 0;         ///< days behind what the rule gives
};

/// The longest holiday whose name the words begin with, and how many of them it takes; nothing: none.
const Holiday* holiday_named(std::span<const std::string_view> words, std::size_t& taken);

std::optional<CalendarDay> holiday_in(const Holiday& holiday, int year);

}  // namespace newsd
