// Who does what to whom: coded events in the manner of PLOVER (2021) and CAMEO. Tokens, cast, quotes and dates in,
// labels out, the surest first. Pure, linear in the tokens; any thread. English.
//
// In each of the first sentences the heaviest patterns are taken; the actor is the name before the verb that is no
// object of a preposition (of a quotation: its speaker; of a passive: what stands behind "by"), the target the first
// other one behind it. "Parties" are the two countries of the article's conflict. An event told twice is one.
#pragma once

#include "daemon/classify/cast.h"
#include "daemon/classify/facts.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/quotes.h"
#include "daemon/classify/token.h"

#include <vector>

namespace newsd {

/// Sentences that are read for events, and the most events of an article.
inline constexpr std::size_t kEventSentences = 60;
inline constexpr std::size_t kMostEvents = 40;

std::vector<EventLabel> events_of(const TokenText& text, const Cast& cast, const Lexicon& lexicon,
                                  const std::vector<QuoteLabel>& quotes, const std::vector<DateLabel>& dates,
                                  const std::vector<CountryLabel>& countries);

}  // namespace newsd
