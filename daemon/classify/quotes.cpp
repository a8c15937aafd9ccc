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

QuoteKind kind_of(const Shape& shape, const Speaker& speaker) {
  const bool found = speaker.how != SpeakerRule::None && speaker.how != SpeakerRule::Paragraph;
  if (!found && shape.words >= 2 && shape.words <= 8 && shape.capitals == shape.words && !shape.ends_clause)
    return QuoteKind::Title;
  if (shape.words >= 5 && (shape.ends_clause || shape.words >= 9)) return QuoteKind::Direct;
  if (found || shape.words >= 5) return shape.words >= 5 && shape.ends_clause ? QuoteKind::Direct : QuoteKind::Fragment;
  if (shape.ends_clause && shape.words >= 4) return QuoteKind::Direct;
  return QuoteKind::Scare;
}

double confidence_of(SpeakerRule how) {
  switch (how) {
    case SpeakerRule::After: return 0.96;
    case SpeakerRule::According: return 0.86;
    case SpeakerRule::Before: return 0.84;
    case SpeakerRule::Split: return 0.84;
    case SpeakerRule::Sentence: return 0.7;
    case SpeakerRule::Continuation: return 0.8;
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
    label.kind = kind_of(shape, speaker);
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
