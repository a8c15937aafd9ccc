#include "daemon/classify/tone.h"

#include <cmath>

namespace newsd {

std::optional<ToneLabel> tone_of(const TokenText& text, const Lexicon& lexicon, const std::vector<QuoteLabel>& quotes) {
  double positive = 0, negative = 0;
  std::size_t words = 0, all_words = 0, q = 0;
  std::string folded;
  std::size_t negated_until = 0;
  for (std::size_t t = 0; t < text.tokens.size(); ++t) {
    const Token& token = text.tokens[t];
    if (!token.is_word()) continue;
    ++all_words;
    while (q < quotes.size() && quotes[q].span.end <= token.begin) ++q;
    const bool quoted = q < quotes.size() && quotes[q].span.begin <= token.begin &&
                        quotes[q].kind == QuoteKind::Direct && !quotes[q].speaker_text.empty();
    if (quoted) continue;
    ++words;
    if (lexicon.is(token.word, WordClass::Negation)) negated_until = t + 4;
    int value = lexicon.tone(token.word);
    if (value == 0 && !token.is_capital()) {
      fold_word(text.of(token), folded);
      value = lexicon.tone_of_stem(folded);
    }
    if (t < negated_until) value = -value;
    (value > 0 ? positive : negative) += std::abs(value);
  }
  if (all_words == 0) return std::nullopt;
  const double per_hundred = words == 0 ? 0 : 100.0 / static_cast<double>(words);
  ToneLabel tone;
  tone.positive = positive * per_hundred;
  tone.negative = negative * per_hundred;
  tone.tone = tone.positive - tone.negative;
  tone.polarity = tone.positive + tone.negative;
  return tone;
}

}  // namespace newsd
