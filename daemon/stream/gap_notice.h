// A cursor's gap as the line a consumer gets: newsd.stream.gap in the consumer's encoding. Pure.
#pragma once

#include "daemon/stream/history.h"

#include <string>
#include <string_view>

namespace newsd {

/// Without a newline; as CloudEvents when the encoding has no form for it. source: "newsd://<host>/<instance>".
std::string gap_notice(const Gap& gap, std::string_view source, Instant now, const Encoding& encoding);

}  // namespace newsd
