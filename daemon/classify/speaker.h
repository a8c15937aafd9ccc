// Who says a quotation: rules over the sentence it stands in, then the person, institution, document or country behind
// the words found (quotes.h has the order). Pure, any thread.
#pragma once

#include "daemon/classify/cast.h"
#include "daemon/classify/facts.h"
#include "daemon/classify/lexicon.h"
#include "daemon/classify/quotes.h"
#include "daemon/classify/token.h"

#include <cstdint>
#include <vector>

namespace newsd {

enum class SpeakerRule : std::uint8_t {
  None,
  After,
  According,
  Before,
  Split,
  Sentence,
  Continuation,
  Label,      ///< X: “…”
  Signature,  ///< “…” — X
  Subject,    ///< of its sentence, which tells no cue
  Paragraph
};

/// text: the speaker as worded. member: of the cast, or kNoWord. cue: a token, or kNoWord.
struct Speaker {
  SpeakerRule how = SpeakerRule::None;
  Span text;
  std::uint32_t member = kNoWord;
  std::uint32_t cue = kNoWord;
  Voice voice = Voice::Person;
};

/// One for each span.
std::vector<Speaker> speakers_of(const TokenText& text, const std::vector<QuoteSpan>& spans, const Cast& cast,
                                 const Lexicon& lexicon);

}  // namespace newsd
