// Days and the TIMEX3 values for them and for the weeks, months, quarters, years and decades they lie in. The proleptic
// Gregorian calendar, ISO weeks. Plain functions, any thread.
#pragma once

#include "daemon/classify/facts.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

using CalendarDay = std::chrono::sys_days;

/// From "2022-10-28…"; nothing when that is no day.
std::optional<CalendarDay> day_from_iso(std::string_view text);
/// Nothing for the 30th of February.
std::optional<CalendarDay> day_of(int year, unsigned month, unsigned day);
/// The first day of the unit a day lies in; the day itself for Time and Day.
CalendarDay first_of(CalendarDay day, DatePrecision unit);
/// In the same place of the month, or its last day.
CalendarDay plus_months(CalendarDay day, int months);
CalendarDay monday_of(CalendarDay day);
/// 1 Monday … 7 Sunday.
unsigned weekday_of(CalendarDay day);
int year_of(CalendarDay day);
unsigned month_of(CalendarDay day);

/// "2022-10-28", "2022-W43", "2022-10", "2022-Q4", "2022", "202X" — of the unit the day lies in. Time is written as a
/// day.
std::string timex(CalendarDay day, DatePrecision unit);

}  // namespace newsd
