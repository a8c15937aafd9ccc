// Lines that say when an article was published or updated: "Published 3 May 2024, 10:15 GMT", "Updated Dec. 22, 2023
// 11:48 a.m. ET", "2024-05-03". Pure. Only what is unambiguous is read: 3/4/2024 is no date here, and a time in a zone
// of several meanings counts as its day.
#pragma once

#include "feeds/article/timestamp.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace newsd {

/// A line with fewer digits holds no whole date: "1 May 2024" has five.
inline constexpr std::size_t kDateDigits = 5;

struct DateLine {
  std::optional<When> published, updated;
  bool said_so = false;  ///< a word like "Published" or "Updated" stands there, not the date alone
};

/// Nothing unless the whole line is dates, times and words that go with them. Months are known in the languages of the
/// phrase lists.
std::optional<DateLine> read_date_line(std::string_view line);

/// Whether the line, short as it is, has a date or a clock time in it (in any reading).
bool mentions_date(std::string_view line);

/// Whether it has one and at most two words more, as lists of comments and of other articles head what they list: "Ann
/// Poe, 3 May 2024", "12.05.2024, 10:15 Uhr". The signature of a post ("— Ann (@ann) May 3, 2024") is none.
bool is_dated(std::string_view line);

}  // namespace newsd
