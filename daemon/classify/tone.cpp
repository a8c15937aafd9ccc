#include "daemon/classify/tone.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace newsd {
namespace {

// The rules and weights of VADER (Hutto and Gilbert, 2014) but for its scaling of the sum: a booster within three words
// adds 0.3, a negation there turns the sign and weakens; of a sentence with "but" the second half says more.
constexpr std::size_t kReach = 3;
constexpr double kBoost = 0.3, kTurned = -0.74, kBeforeBut = 0.5, kBehindBut = 1.5;
/// A text of few words counts as though it had ten more without tone: one word of praise is no glowing report.
constexpr double kSilentWords = 10;

class ToneReader {
 public:
  ToneReader(const TokenText& text, const Lexicon& lexicon) : text_(text), lexicon_(lexicon) {}

  void take(std::size_t t) {
    const Token& token = text_.tokens[t];
    if (token.sentence != sentence_) end_sentence();
    sentence_ = token.sentence;
    ++words_;
    if (const double value = value_of(t); value != 0) values_.push_back(value);
    if (text_.folded(t) == "but" && but_ == kNoBut) but_ = values_.size();
    std::rotate(before_.begin(), before_.end() - 1, before_.end());
    before_[0] = token.word;
  }

  ToneLabel label() {
    end_sentence();
    const double per_hundred = 100 / (static_cast<double>(words_) + kSilentWords);
    ToneLabel tone;
    tone.positive = positive_ * per_hundred;
    tone.negative = negative_ * per_hundred;
    tone.tone = tone.positive - tone.negative;
    tone.polarity = tone.positive + tone.negative;
    return tone;
  }

 private:
  static constexpr std::size_t kNoBut = SIZE_MAX;

  double value_of(std::size_t t) const {
    const Token& token = text_.tokens[t];
    int tenths = lexicon_.tone(token.word);
    if (tenths == 0 && !token.is_capital()) tenths = lexicon_.tone_of_stem(text_.folded(t));
    double value = tenths / 10.0;
    if (value == 0) return 0;
    for (const std::uint32_t word : before_) {
      if (lexicon_.is(word, WordClass::Negation)) value *= kTurned;
      if (lexicon_.is(word, WordClass::Booster)) value += std::copysign(kBoost, value);
      if (lexicon_.is(word, WordClass::Damper)) value -= std::copysign(kBoost, value);
    }
    return value;
  }

  void end_sentence() {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const double value = values_[i] * (but_ == kNoBut ? 1 : i < but_ ? kBeforeBut : kBehindBut);
      (value > 0 ? positive_ : negative_) += std::abs(value);
    }
    values_.clear();
    but_ = kNoBut;
    before_.fill(kNoWord);
  }

  const TokenText& text_;
  const Lexicon& lexicon_;
  double positive_ = 0, negative_ = 0;
  std::size_t words_ = 0, but_ = kNoBut;
  std::uint32_t sentence_ = kNoWord;
  std::vector<double> values_;                                              ///< of the sentence
  std::array<std::uint32_t, kReach> before_ = {kNoWord, kNoWord, kNoWord};  ///< the nearest first
};

}  // namespace

std::optional<ToneLabel> tone_of(const TokenText& text, const Lexicon& lexicon, const std::vector<QuoteLabel>& quotes) {
  ToneReader reader(text, lexicon);
  std::size_t q = 0;
  bool has_words = false;
  for (std::size_t t = 0; t < text.tokens.size(); ++t) {
    const Token& token = text.tokens[t];
    if (!token.is_word()) continue;
    has_words = true;
    while (q < quotes.size() && quotes[q].span.end <= token.begin) ++q;
    const bool quoted = q < quotes.size() && quotes[q].span.begin <= token.begin &&
                        quotes[q].kind == QuoteKind::Direct && !quotes[q].speaker_text.empty();
    if (!quoted) reader.take(t);
  }
  return has_words ? std::optional(reader.label()) : std::nullopt;
}

}  // namespace newsd
