// What the journal knows of one article or one story: its latest event, the events before that, and of a story its
// articles. An id → an answer; I/O thread. Bounded: the latest events and articles are told, and that there are more.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"

#include <cstddef>
#include <string_view>

namespace newsd {

/// NotKnown: the journal has no event about it, or none any more. Unreadable: it has, and cannot read it.
enum class LookupError { BadId, NotKnown, Unreadable };
std::string_view code_of(LookupError e);

inline constexpr std::size_t kHistoryTold = 100;        ///< events
inline constexpr std::size_t kStoryArticlesShown = 50;  ///< of the 200 that a story's event names: a few milliseconds

/// {"subject","event","history":[{"sequence","id","type","time","recordedtime",…}],"earlier"}: event is the latest one
/// as it was sent, history goes back from it, earlier says whether there is more. id: "urn:uuid:…" or the UUID alone.
HttpAnswer article_answer(std::string_view id, const ServeTerms& terms);
/// The same, with "mergedInto" when the story went into another, and "articles", the latest first, each with its latest
/// event's "sequence", "type" and "time", "headline" and "language".
HttpAnswer story_answer(std::string_view id, const ServeTerms& terms);

}  // namespace newsd
