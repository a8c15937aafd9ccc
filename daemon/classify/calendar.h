// Days and the TIMEX3 values for them and for the weeks, months, quarters, years and decades they lie in. The proleptic
// Gregorian calendar, ISO weeks. Plain functions, any thread.
#pragma once

#include "daemon/classify/facts.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

using Day = std::chrono::sys_days;

/// From "2022-10-28…"; nothing when that is no day.
std::optional<Day> day_from_iso(std::string_view text);
/// Nothing for the 30th of February.
std::optional<Day> day_of(int year, unsigned month, unsigned day);
/// In the same place of the month, or its last day.
Day plus_months(Day day, int months);
Day monday_of(Day day);
/// 1 Monday … 7 Sunday.
unsigned weekday_of(Day day);
int year_of(Day day);
unsigned month_of(Day day);

/// "2022-10-28", "2022-W43", "2022-10", "2022-Q4", "2022", "202X" — of the unit the day lies in. Time is written as a
/// day.
std::string timex(Day day, DatePrecision unit);

}  // namespace newsd
