// HTTP dates (RFC 9110, 5.6.7): text → instant. The three forms that may be met, read leniently (any weekday, one-digit
// days, "UTC" or "+0000" for GMT); anything else is no date. Pure, any thread.
#pragma once

#include "feeds/article/timestamp.h"

#include <optional>
#include <string_view>

namespace newsd {

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". A two-digit year is
/// the one of the hundred years that end 50 years after `now` (RFC 9110).
std::optional<Instant> parse_http_date(std::string_view text, Instant now);

}  // namespace newsd
