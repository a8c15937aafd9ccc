// printed_body(): the record of a full article event → the body its line prints, to be compared with that of another
// version. Pure; any thread.
#pragma once

#include "daemon/event/event.h"
#include "feeds/article/result.h"

#include <string>

namespace newsd {

/// Paragraphs apart by blank lines; empty: the article has none. EventError::BadPayload, BadRecord (neither article.new
/// nor article.updated: those alone have bodies).
Result<std::string> printed_body(const Record& record);

}  // namespace newsd
