// Where names stand in a text and what kind each is: the lexicons' names with the ambiguous ones judged by their
// neighbours, then runs of capitalised words judged by titles, given names, endings and what stands beside them. A rule
// tagger; what it sees is a sentence. Pure, linear; any thread.
#pragma once

#include "daemon/classify/lexicon.h"
#include "daemon/classify/token.h"

#include <cstdint>
#include <vector>

namespace newsd {

enum class SpanKind : std::uint8_t { Country, Capital, Adjective, Place, Organisation, Person };

/// Tokens [first, last]. role_first: where the role words before a person's name begin, or kNoWord. honorific: "Mr.".
struct NameSpan {
  std::uint32_t first = 0, last = 0;
  SpanKind kind = SpanKind::Person;
  std::uint32_t thing = kNoWord;
  std::uint32_t role_first = kNoWord;
  bool honorific = false;
};

/// By first token, apart from each other.
std::vector<NameSpan> name_spans(const TokenText& text, const Lexicon& lexicon);

}  // namespace newsd
