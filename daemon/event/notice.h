// Lines an output writes to one consumer that no journal holds: a gap in what it could still be given, an error, a sign
// of life. A gap is shaped as an event and carries as `sequence` the last number that is missing, so a consumer that
// stores `sequence` as its cursor goes on right behind the gap. The other two have no `sequence`, which is how
// consumers tell that they are no events. Without the newline; pure.
#pragma once

#include "daemon/event/event.h"

#include <string>
#include <string_view>

namespace newsd {

/// Events `from` to `to`, both included, cannot be given any more. reason: its code and text, for example "expired" and
/// "older than retention keeps". The id is the same whenever the same gap is told.
std::string gap_line(std::string_view source, Sequence from, Sequence to, const Error& reason, Instant now);

/// {"error":{"code","text","where"}}: the answer to a request that cannot be served.
std::string error_line(const Error& error);

/// {"heartbeat":{"time","last"}}: last is the last event there is, as 20 digits.
std::string heartbeat_line(Sequence last, Instant now);

}  // namespace newsd
