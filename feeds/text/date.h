// Dates as feeds write them: text → the moment it means, or nothing. Lenient about form (RFC 822 and its many
// misreadings, ISO 8601, asctime, months in a dozen languages, clock times with a.m. and p.m., epoch seconds), strict
// about sense: what cannot be a date is none. Pure, any thread, linear; the clock is never asked.
#pragma once

#include "feeds/article/timestamp.h"

#include <optional>
#include <string_view>

namespace newsd {

/// precision: what was written ("2003-12" is Month, and at its first day); a time without a zone, or with one nobody
/// knows, is read as UTC and counts as its Day.
struct DateReading {
  Instant at;
  Precision precision = Precision::Time;
  bool operator==(const DateReading&) const = default;
};

/// Of numbers alone, 30.10.23 is day first, 10/30/23 month first; where a day of the week is written it decides, and so
/// does a number above 12. Two-digit years are 1950–2049 (RFC 5322, 4.3). Longer texts than 100 bytes are no dates.
std::optional<DateReading> parse_date(std::string_view text);

}  // namespace newsd
