// A place in the stream as people name it: "earliest", "latest", a sequence number, a time, "10m" ago. One rule
// everywhere: a number means what comes after it. Pure.
#pragma once

#include "daemon/stream/request.h"

#include <optional>
#include <string>
#include <string_view>

namespace newsd {

std::optional<From> parse_position(std::string_view text, Instant now);

/// As requests to the daemon carry it; of FromLast "latest".
std::string position_text(const From& from);

/// What parse_position takes, for messages.
inline constexpr std::string_view kPositionForms =
    "a sequence number, a time such as 2026-11-22 or 2026-11-22T06:00:00Z, a while ago such as 10m, earliest or latest";

}  // namespace newsd
