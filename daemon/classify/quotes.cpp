#include "daemon/classify/quotes.h"

#include "daemon/classify/speaker.h"

#include <algorithm>

namespace newsd {
namespace {

struct Shape {
  std::size_t words = 0, capitals = 0;
  bool ends_clause = false;  ///< its last character before the mark ends a clause
};

Shape shape_of(const TokenText& text, const QuoteSpan& span) {
  Shape shape;
  for (std::uint32_t t = span.first; t <= span.last; ++t) {
    const Token& token = text.tokens[t];
    if (token.is_word() || token.kind == TokenKind::Number) {
      ++shape.words;
      shape.capitals += token.is_capital() || token.kind == TokenKind::Number;
    }
  }
  const std::uint32_t before = span.closed && span.last > span.first ? span.last - 1 : span.last;
  const char32_t mark = text.tokens[before].mark;
  shape.ends_clause = mark == ',' || mark == '.' || mark == '?' || mark == '!' || mark == 0x2026;
  return shape;
}

/// Whether all words of a sentence but small ones are capitalised, as some headlines are.
bool is_in_title_case(const TokenText& text, const Sentence& sentence) {
  constexpr std::uint32_t kSmall = 3;
  return std::none_of(text.tokens.begin() + sentence.first, text.tokens.begin() + sentence.last, [](const Token& t) {
    return t.is_word() && t.letters == LetterCase::Lower && t.end - t.begin > kSmall;
  });
}

/// Whether what is quoted is what a work is called: all its words but small ones are capitalised, and before it stands
/// who made it, what it is, or where something stood or was said: CNN’s “…”, the film “…”, on “…”.
bool is_title_of_work(const TokenText& text, const QuoteSpan& span, std::size_t words, const Lexicon& lexicon) {
  constexpr std::size_t kLongest = 10;
  const auto is = [&](std::uint32_t t, WordClass c) {
    return text.tokens[t].is_word() && lexicon.is(text.tokens[t].word, c);
  };
  const auto is_small = [&](std::uint32_t t) {
    return is(t, WordClass::Determiner) || is(t, WordClass::Preposition) || is(t, WordClass::Conjunction);
  };
  if (words > kLongest || span.first < 2) return false;
  bool is_first = true;
  for (std::uint32_t t = span.first; t <= span.last; ++t) {
    if (!text.tokens[t].is_word()) continue;
    if (!text.tokens[t].is_capital() && (is_first || !is_small(t))) return false;
    is_first = false;
  }
  const auto sentence = std::upper_bound(text.sentences.begin(), text.sentences.end(), span.first,
                                         [](std::uint32_t t, const Sentence& s) { return t < s.last; });
  if (sentence == text.sentences.end() || span.first < sentence->first + 1 || is_in_title_case(text, *sentence))
    return false;
  const std::uint32_t before = span.first - 1;
  if (is(before, WordClass::Work)) return true;
  if (text.folded(before) == "called" || text.folded(before) == "named") return is(before - 1, WordClass::Work);
  if (text.tokens[before].mark == ',') return is(before - 1, WordClass::Work);
  if (text.folded(before) == "on") return true;
  if (words < 2) return false;  // “of” and “in” one word, or somebody’s: as well something said
  if (text.tokens[before].kind == TokenKind::Possessive) return text.tokens[before - 1].is_capital();
  return text.folded(before) == "of" || text.folded(before) == "in";
}

QuoteKind kind_of(const Shape& shape, const Speaker& speaker) {
  const bool found = speaker.how != SpeakerRule::None && speaker.how < SpeakerRule::Subject;
  if (!found && shape.words >= 2 && shape.words <= 8 && shape.capitals == shape.words && !shape.ends_clause)
    return QuoteKind::Title;
  if (shape.words >= 5 && (shape.ends_clause || shape.words >= 9)) return QuoteKind::Direct;
  if (found || shape.words >= 5) return shape.words >= 5 && shape.ends_clause ? QuoteKind::Direct : QuoteKind::Fragment;
  if (shape.ends_clause && shape.words >= 4) return QuoteKind::Direct;
  return shape.words >= 2 ? QuoteKind::Fragment
                          : QuoteKind::Scare;  // two words or more are somebody's oftener than not
}

double confidence_of(SpeakerRule how) {
  switch (how) {
    case SpeakerRule::After: return 0.96;
    case SpeakerRule::According: return 0.86;
    case SpeakerRule::Before: return 0.84;
    case SpeakerRule::Split: return 0.84;
    case SpeakerRule::Sentence: return 0.7;
    case SpeakerRule::Continuation: return 0.8;
    case SpeakerRule::Label: return 0.92;
    case SpeakerRule::Signature: return 0.92;
    case SpeakerRule::Subject: return 0.83;
    case SpeakerRule::Paragraph: return 0.4;
    case SpeakerRule::None: return 0.3;
  }
  return 0.3;
}

}  // namespace

std::vector<QuoteLabel> quotes_of(const TokenText& text, const Cast& cast, const Lexicon& lexicon) {
  const std::vector<QuoteSpan> spans = quote_spans(text);
  const std::vector<Speaker> speakers = speakers_of(text, spans, cast, lexicon);
  std::vector<QuoteLabel> labels;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const QuoteSpan& span = spans[i];
    const Speaker& speaker = speakers[i];
    const Shape shape = shape_of(text, span);
    if (shape.words == 0) continue;
    QuoteLabel label;
    label.id = "q" + std::to_string(labels.size() + 1);
    label.span = {text.tokens[span.first].begin, text.tokens[span.last].end};
    label.text = text.text.substr(label.span.begin, label.span.end - label.span.begin);
    label.kind = is_title_of_work(text, span, shape.words, lexicon) ? QuoteKind::Title : kind_of(shape, speaker);
    label.confidence = confidence_of(speaker.how);
    if (label.kind == QuoteKind::Direct || label.kind == QuoteKind::Fragment) {
      if (speaker.text.end > speaker.text.begin)
        label.speaker_text = text.text.substr(speaker.text.begin, speaker.text.end - speaker.text.begin);
      if (speaker.member != kNoWord) label.speaker = "e" + std::to_string(speaker.member + 1);
      if (speaker.how != SpeakerRule::None) label.voice = speaker.voice;
      if (speaker.cue != kNoWord) label.cue = text.of(speaker.cue);
      const bool joined = speaker.how == SpeakerRule::Split || span.continues;
      if (joined && !labels.empty()) label.continues = labels.back().id;
    } else {
      label.confidence = 0.5;
    }
    labels.push_back(std::move(label));
  }
  return labels;
}

}  // namespace newsd
