#include "daemon/classify/coreference.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr int kSentencesBack = 6;
constexpr std::uint32_t kTokensOfSentence = 120;

}  // namespace

std::uint32_t antecedent_of(const TokenText& text, const Cast& cast, std::uint32_t token, Antecedent kind,
                            const Lexicon& lexicon, const std::function<bool(std::uint32_t)>& skip) {
  std::uint32_t sentence = text.tokens[token].sentence;
  for (int steps = 0; steps < kSentencesBack; ++steps) {
    const Sentence& s = text.sentences[sentence];
    const std::uint32_t end = steps == 0 ? token : s.last;
    const std::uint32_t from = std::max(s.first, end > kTokensOfSentence ? end - kTokensOfSentence : 0);
    std::uint32_t second = kNoWord;  // "Norway’s king in Oslo": the king, or else Norway
    for (std::uint32_t t = from; t < end; ++t) {
      const Mention* m = cast.at(t);
      if (m == nullptr || m->first != t || m->adjective || skip(t)) continue;
      const EntityKind found = cast.of(*m).kind;
      const bool is_thing = found == EntityKind::Organisation || found == EntityKind::Country;
      if (!(kind == Antecedent::Person ? found == EntityKind::Person : is_thing)) continue;
      const bool owner = m->last + 1 < text.tokens.size() && text.tokens[m->last + 1].kind == TokenKind::Possessive;
      const bool governed = t > s.first && lexicon.is(text.tokens[t - 1].word, WordClass::Preposition);
      if (!owner && !governed) return m->member;
      if (second == kNoWord) second = m->member;
    }
    if (second != kNoWord) return second;
    if (sentence == 0) break;
    --sentence;
  }
  return kNoWord;
}

}  // namespace newsd
