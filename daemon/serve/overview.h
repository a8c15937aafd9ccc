// What there is now, over HTTP: the stories that are being told, and how the feeds are doing. Values in, answers out;
// I/O thread. Bounded: the liveliest stories and the worst feeds are told, and how many there are.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"

#include <cstddef>
#include <cstdint>

namespace newsd {

inline constexpr std::uint64_t kStoriesLookBack = 1000;  ///< events: some milliseconds
inline constexpr std::size_t kStoriesTold = 30;
inline constexpr std::size_t kFeedsTold = 200;

/// {"stories":[{"subject","sequence","time","headline","size","sources","firstSeen","lastSeen","recent"}]}: stories
/// that the latest events tell of, those with the most such events first, then the latest; recent: how many these are.
/// Stories that have ended or went into others are left out.
HttpAnswer stories_answer(const ServeTerms& terms);
/// {"feeds":[…],"total","states":{"ok":97,"failing":2}}: each as write_feed() has it, the worst first.
HttpAnswer feeds_answer(const ServeTerms& terms);

}  // namespace newsd
