// What is answered to a push once its events are durable: which they are, or why nothing could be read. I/O thread.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"

#include <cstddef>

namespace newsd {

inline constexpr std::size_t kEventsTold = 1000;  ///< of one push; the others lie between "from" and "to"

/// {"outcome":"done","from","to","events":[{"sequence","id","type","subject"}],"more"}: events about the articles
/// pushed, new, updated, duplicate or rejected; those between that tell of stories are left out. Status 200; 422 with a
/// problem document that has the same members when the whole was quarantined. is_repeat: a header says so.
HttpAnswer push_answer(const Outcome& outcome, bool is_repeat, const ServeTerms& terms);

}  // namespace newsd
