// Quotations of a text and who says them. Tokens and cast in, labels out. Pure, linear in the tokens (a speaker is
// looked for within a sentence and at most kMostBack tokens); any thread.
//
// Marks are read by document: “ ” and " always open and close; ‘ does where no other quotation is open, a straight '
// only in a document without double marks ('' is one); ’ ' ´ inside a word, and behind a plural, are apostrophes. What
// a left-over tag has in quotation marks (id="7") is nobody's. A paragraph that opens a quotation and does not close it
// goes on in the next one that opens. Speakers come from the first rule that answers, in the order of their measured
// precision: what stands behind the quotation (“…,” X said; said X), “according to”, the cue before it in its sentence,
// the speaker of the part before, a name and a colon before it, a dash and a name behind it, the last cue of the
// paragraph before, and who the sentence is about.
#pragma once

#include "daemon/classify/cast.h"
#include "daemon/classify/facts.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/token.h"

#include <vector>

namespace newsd {

/// Tokens [first, last] with their marks. continues: opened again after a paragraph that was not closed.
struct QuoteSpan {
  std::uint32_t first = 0, last = 0;
  bool continues = false;
  bool closed = true;
};

/// In the order of the text, apart from each other.
std::vector<QuoteSpan> quote_spans(const TokenText& text);

/// The same with kinds, speakers and their entities' indexes ("e1" is members[0]).
std::vector<QuoteLabel> quotes_of(const TokenText& text, const Cast& cast, const Lexicon& lexicon);

inline constexpr std::size_t kMostBack = 60;

}  // namespace newsd
