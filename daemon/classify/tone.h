// The tone of a text: praise and blame in the author's own words, per hundred words. Words of topics have none (war is
// no blame), quotations of more than a few words do not count; negations, boosters and "but" are heard. Texts of few
// words lean to zero. Pure, linear; any thread. English.
#pragma once

#include "daemon/classify/facts.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/quotes.h"
#include "daemon/classify/token.h"

#include <optional>
#include <vector>

namespace newsd {

/// Nothing for a text without words.
std::optional<ToneLabel> tone_of(const TokenText& text, const Lexicon& lexicon, const std::vector<QuoteLabel>& quotes);

}  // namespace newsd
