// Where names stand in a text and what kind each is: the lexicons' names with the ambiguous ones judged by their
// neighbours, then runs of capitalised words judged by titles, given names, endings and what stands beside them. A rule
// tagger; what it sees is a sentence. With a names model (name_tagger.h), the model judges what the lexicons do not
// know for sure. Pure, linear; any thread.
#pragma once

#include "daemon/classify/lexicon.h"
#include "daemon/classify/token.h"

#include <cstdint>
#include <vector>

namespace newsd {

class NameModel;

enum class SpanKind : std::uint8_t { Country, Capital, Adjective, Place, Organisation, Person };

/// Tokens [first, last]. role_first: where the role words before a person's name begin, or kNoWord. honorific: "Mr.".
/// within: the country that a body's name has in it ("Bank of Ireland"), or kNoWord.
struct NameSpan {
  std::uint32_t first = 0, last = 0;
  SpanKind kind = SpanKind::Person;
  std::uint32_t thing = kNoWord;
  std::uint32_t role_first = kNoWord;
  bool honorific = false;
  std::uint32_t within = kNoWord;
};

/// By first token, apart from each other. model: nullptr: the rules alone.
std::vector<NameSpan> name_spans(const TokenText& text, const Lexicon& lexicon, const NameModel* model);

}  // namespace newsd
