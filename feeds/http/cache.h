// What a server says about when to come again: Retry-After, Cache-Control, Expires, Age → durations. Pure, any thread.
// It gives what was said, bounded to kLongestWait; what to make of it is decided elsewhere.
#pragma once

#include "feeds/article/timestamp.h"
#include "feeds/http/header_fields.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace newsd {

/// No header sends us away for longer: a wrong date must not silence a feed for ever.
inline constexpr std::chrono::seconds kLongestWait = std::chrono::days(30);

/// Retry-After (RFC 9110, 10.2.3), seconds or a date, of which the time from `now` is taken, rounded up; a date that is
/// over gives 0. Nothing when it is neither.
std::optional<std::chrono::seconds> retry_after(std::string_view value, Instant now);
std::optional<std::chrono::seconds> retry_after(const HeaderFields& header, Instant now);

/// How long the answer stays fresh for a private cache (RFC 9111, 4.2): max-age less Age, else Expires less Date (or
/// `now`). Nothing when neither is said, or it may not be kept at all (no-store, no-cache).
std::optional<std::chrono::seconds> fresh_for(const HeaderFields& header, Instant now);

}  // namespace newsd
