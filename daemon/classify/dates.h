// Days and stretches of days that a text speaks of → TIMEX3 values (TimeML 1.2.1) with their place. A fixed grammar
// over tokens: no search, no guessing. Pure, linear in the tokens; any thread. English.
//
// A relative date ("on Thursday", "last week") counts from the reference day; without one it is reported and stays
// unresolved. A weekday alone is the last such day up to the reference, the next behind "will", "next" or "until"; a
// day without a year the nearest one, rather a past one. Durations ("for two weeks") and clock times are no dates.
#pragma once

#include "daemon/classify/facts.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/token.h"

#include <string_view>
#include <vector>

namespace newsd {

/// reference: ISO 8601, a day or more exact; empty or shorter: none.
std::vector<DateLabel> dates_of(const TokenText& text, const Lexicon& lexicon, std::string_view reference);

}  // namespace newsd
