// Points in time: Instant, exact to the millisecond (what newsd's own clock says), and When, a date read from an
// article, as precise as it was written.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// RFC 3339 in UTC with milliseconds: "2026-11-22T03:45:10.120Z".
std::string to_rfc3339(Instant t);
/// Reads RFC 3339 and its date-only form ("2026-11-22" is midnight UTC); nothing else.
std::optional<Instant> parse_rfc3339(std::string_view text);

enum class Precision { Time, Day, Month, Year };
std::string_view to_string(Precision p);

/// A date as an article gives it. value: ISO 8601 no longer than known ("2022-10-28T09:15:00Z", "2022-10"); raw: the
/// words it was read from.
struct When {
  std::string value;
  Precision precision = Precision::Day;
  std::string raw;
  bool operator==(const When&) const = default;
};

/// A When from an ISO 8601 date or date-time ("2022", "2022-10", "2022-10-28", "2022-10-28T09:15Z"); times are turned
/// to UTC, one without a zone is kept to the day. Nothing when the text is none.
std::optional<When> when_from_iso(std::string_view text);

}  // namespace newsd
