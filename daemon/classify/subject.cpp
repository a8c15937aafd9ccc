#include "daemon/classify/subject.h"

namespace newsd {

SubjectReader::SubjectReader(const TokenText& text, const std::vector<QuoteSpan>& spans, const Cast& cast,
                             const Lexicon& lexicon)
    : text_(text), cast_(cast), lexicon_(lexicon), quoted_(text.tokens.size()) {
  for (const QuoteSpan& span : spans)
    for (std::uint32_t t = span.first; t <= span.last; ++t) quoted_[t] = 1;
}

bool SubjectReader::is_subject_start(std::uint32_t t) const {
  const Token& token = text_.tokens[t];
  if (token.kind == TokenKind::Mark) return false;
  if (is(t, WordClass::Pronoun)) return true;
  if (is(t, WordClass::Conjunction) || is(t, WordClass::Preposition) || is(t, WordClass::Auxiliary)) return false;
  return true;
}

Subject SubjectReader::forward(std::uint32_t first, std::uint32_t end) const {
  std::uint32_t last = first;
  for (std::uint32_t t = first; t < end; ++t) {
    if (quoted_[t]) break;
    const Token& token = text_.tokens[t];
    if (token.kind == TokenKind::Mark && token.mark != '(' && token.mark != ')') break;
    if (t > first && (is(t, WordClass::Auxiliary) || is_cue(t))) break;
    if (t > first && is(t, WordClass::Conjunction) && text_.of(t) != "and") break;
    if (t > first && is(t, WordClass::Preposition) && text_.of(t) != "of" && text_.of(t) != "for" &&
        text_.of(t) != "at")
      break;
    if (t > first && is_time_word(t)) break;
    if (token.is_word() || token.kind == TokenKind::Possessive || token.kind == TokenKind::Number) last = t;
  }
  return {first, last};
}

bool SubjectReader::is_time_word(std::uint32_t t) const {
  const std::string_view w = text_.of(t);
  return w.ends_with("day") || w == "earlier" || w == "later" || w == "also" || w == "recently" || w == "last" ||
         w == "afterwards" || w == "afterward";
}

std::optional<Subject> SubjectReader::subject_before(std::uint32_t verb) const {
  const std::uint32_t begin = sentence_begin(verb);
  std::uint32_t at = verb;
  while (at > begin && (is(at - 1, WordClass::Auxiliary) || is(at - 1, WordClass::Negation) || is_adverb(at - 1))) --at;
  if (at == begin) return std::nullopt;
  --at;
  if (quoted_[at]) return std::nullopt;
  if (text_.is_mark(at, ',')) {  // the end of an apposition: its beginning is the comma before
    std::uint32_t comma = at;
    while (comma > begin && at - comma < 40) {
      --comma;
      if (text_.is_mark(comma, ',') || quoted_[comma]) break;
    }
    if (comma <= begin || !text_.is_mark(comma, ',') || quoted_[comma - 1]) return std::nullopt;
    at = comma - 1;
  } else if (text_.is_mark(at, ')')) {
    while (at > begin && !text_.is_mark(at, '(')) --at;
    if (at == begin) return std::nullopt;
    --at;
  }
  if (text_.tokens[at].kind == TokenKind::Mark || is(at, WordClass::Conjunction)) return std::nullopt;
  const std::uint32_t last = at;
  std::uint32_t first = last;
  for (;;) {
    if (first == begin) break;
    const std::uint32_t t = first - 1;
    const Token& token = text_.tokens[t];
    if (quoted_[t]) break;
    if (token.kind == TokenKind::Mark) break;
    if (is(t, WordClass::Auxiliary) || is_cue(t)) break;
    if (is(t, WordClass::Conjunction) && !(text_.of(t) == "and" && t > begin && first > begin &&
                                           cast_.at(t - 1) != nullptr && cast_.at(first) != nullptr))
      break;
    if (is(t, WordClass::Preposition) && text_.of(t) != "of" && text_.of(t) != "for") break;
    if (is(t, WordClass::Pronoun)) break;
    if (is_time_word(t) && !token.is_capital()) break;
    first = t;
    if (last - first > 14) break;
  }
  while (first < last && (text_.tokens[first].kind == TokenKind::Possessive || is(first, WordClass::Preposition)))
    ++first;
  return Subject{first, last};
}

bool SubjectReader::is_adverb(std::uint32_t t) const {
  const std::string_view w = text_.of(t);
  return w == "also" || w == "then" || w == "once" || w == "again" || w == "later" || w == "earlier" ||
         w == "previously" || w == "even" || w == "to" ||
         (w.size() > 4 && w.ends_with("ly") && text_.tokens[t].letters == LetterCase::Lower) || w == "still" ||
         w == "first" || w == "just";
}

}  // namespace newsd
