#include "daemon/classify/speaker.h"

#include "daemon/classify/coreference.h"

#include <algorithm>
#include <optional>

namespace newsd {
namespace {

/// The words of a subject, tokens [first, last].
struct Phrase {
  std::uint32_t first = 0, last = 0;
};

class SpeakerSearch {
 public:
  SpeakerSearch(const TokenText& text, const std::vector<QuoteSpan>& spans, Cast& cast, const Lexicon& lexicon,
                std::string_view day)
      : text_(text), spans_(spans), cast_(cast), lexicon_(lexicon), day_(day), quoted_(text.tokens.size()) {
    for (const QuoteSpan& span : spans)
      for (std::uint32_t t = span.first; t <= span.last; ++t) quoted_[t] = 1;
  }

  std::vector<Speaker> run() {
    std::vector<Speaker> speakers;
    for (std::size_t i = 0; i < spans_.size(); ++i) speakers.push_back(find(i, speakers));
    // a part without a cue of its own, before one of the same paragraph that has one: “A. B,” he said after “C.”
    for (std::size_t i = spans_.size(); i-- > 1;) {
      if (spans_[i].continues && speakers[i].how == SpeakerRule::After && speakers[i - 1].how <= SpeakerRule::None) {
        speakers[i - 1] = speakers[i];
        speakers[i - 1].how = SpeakerRule::Continuation;
      }
    }
    return speakers;
  }

 private:
  bool is(std::size_t i, WordClass c) const {
    return i < text_.tokens.size() && text_.tokens[i].kind != TokenKind::Mark && lexicon_.is(text_.tokens[i].word, c);
  }
  std::uint32_t paragraph_of(std::uint32_t t) const { return text_.sentences[text_.tokens[t].sentence].paragraph; }
  std::uint32_t sentence_end(std::uint32_t t) const { return text_.sentences[text_.tokens[t].sentence].last; }
  std::uint32_t sentence_begin(std::uint32_t t) const { return text_.sentences[text_.tokens[t].sentence].first; }
  bool is_cue(std::size_t i) const {
    return is(i, WordClass::Cue) && !(is(i, WordClass::Title) && !is(i, WordClass::Speech));
  }

  Speaker find(std::size_t i, const std::vector<Speaker>& before) {
    const QuoteSpan& span = spans_[i];
    if (auto found = owned_statement(span)) return *found;
    if (cue_touches(span)) {
      if (auto found = in_front(span)) return *found;
    }
    if (auto found = behind(span)) return *found;
    const std::optional<Speaker> source = according(span);
    // "X said “…,” according to a newspaper": the newspaper tells who said it
    if (source && !is_medium(*source)) return *source;
    if (auto found = in_front(span)) return *found;
    if (source) {
      if (auto found = elsewhere_in_sentence(span)) return *found;
      return *source;
    }
    if (i > 0) {
      const QuoteSpan& last = spans_[i - 1];
      const bool known = before[i - 1].how != SpeakerRule::None;
      if (known && span.continues) return again(before[i - 1], SpeakerRule::Continuation);
      if (known && paragraph_of(last.last) == paragraph_of(span.first) && opens_sentence(span))
        return again(before[i - 1], SpeakerRule::Split);
      if (known && text_.tokens[last.last].sentence == text_.tokens[span.first].sentence)
        return again(before[i - 1], SpeakerRule::Split);
    }
    if (auto found = elsewhere_in_sentence(span)) return *found;
    if (opens_paragraph(span)) {
      if (auto found = paragraph_before(span, i, before)) return *found;
    }
    return {};
  }

  static Speaker again(Speaker speaker, SpeakerRule how) {
    speaker.how = how;
    return speaker;
  }

  bool opens_sentence(const QuoteSpan& span) const { return sentence_begin(span.first) == span.first; }
  bool opens_paragraph(const QuoteSpan& span) const {
    return span.first == 0 || paragraph_of(span.first - 1) != paragraph_of(span.first);
  }

  /// "Lind noted “…”": nothing but "that", a comma or a colon between cue and mark.
  bool cue_touches(const QuoteSpan& span) const {
    std::uint32_t t = span.first;
    const std::uint32_t begin = sentence_begin(span.first);
    while (t > begin && (text_.is_mark(t - 1, ',') || text_.is_mark(t - 1, ':') || text_.of(t - 1) == "that")) --t;
    return t > begin && !quoted_[t - 1] && is_cue(t - 1);
  }
  bool is_medium(const Speaker& speaker) const {
    return speaker.member != kNoWord && cast_.members[speaker.member].sector == "MED";
  }

  /// “…,” X said · “…,” said X · “…,” he told reporters.
  std::optional<Speaker> behind(const QuoteSpan& span) {
    if (!span.closed) return std::nullopt;
    std::uint32_t at = span.last + 1;
    const char32_t inner = text_.tokens[span.last - (span.last > span.first)].mark;
    const bool comma_inside = inner == ',' || inner == '?' || inner == '!' || inner == 0x2014 || inner == 0x2026;
    bool comma = comma_inside;
    if (text_.is_mark(at, ',') || text_.is_mark(at, 0x2014)) {
      comma = true;
      ++at;
    }
    if (at >= text_.tokens.size() || text_.tokens[at].sentence != text_.tokens[span.last].sentence || quoted_[at])
      return std::nullopt;
    const std::uint32_t end = std::min<std::uint32_t>(sentence_end(span.last), at + 40);
    // VERB SUBJECT
    if (is_cue(at) && comma) {
      std::uint32_t subject = at + 1;
      if (subject < end && is_subject_start(subject)) {
        const Phrase phrase = forward(subject, end);
        return made(SpeakerRule::After, phrase, at);
      }
    }
    if (!comma) return std::nullopt;
    if (!is_subject_start(at)) return std::nullopt;
    for (std::uint32_t v = at + 1; v < end && !quoted_[v]; ++v) {
      if (!is_cue(v)) continue;
      if (is(v - 1, WordClass::Determiner)) continue;
      const Phrase phrase = forward(at, v);
      return made(SpeakerRule::After, phrase, v);
    }
    return std::nullopt;
  }

  bool is_subject_start(std::uint32_t t) const {
    const Token& token = text_.tokens[t];
    if (token.kind == TokenKind::Mark) return false;
    if (is(t, WordClass::Pronoun)) return true;
    if (is(t, WordClass::Conjunction) || is(t, WordClass::Preposition) || is(t, WordClass::Auxiliary)) return false;
    return true;
  }

  /// The noun phrase from `first`, before `end`: up to a comma, a verb or a clause.
  Phrase forward(std::uint32_t first, std::uint32_t end) const {
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

  bool is_time_word(std::uint32_t t) const {
    const std::string_view w = text_.of(t);
    return w.ends_with("day") || w == "earlier" || w == "later" || w == "also" || w == "recently" || w == "last" ||
           w == "afterwards" || w == "afterward";
  }

  /// The subject of the verb at `verb`, backwards.
  std::optional<Phrase> subject_before(std::uint32_t verb) const {
    const std::uint32_t begin = sentence_begin(verb);
    std::uint32_t at = verb;
    while (at > begin && (is(at - 1, WordClass::Auxiliary) || is(at - 1, WordClass::Negation) || is_adverb(at - 1)))
      --at;
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
    return Phrase{first, last};
  }

  bool is_adverb(std::uint32_t t) const {
    const std::string_view w = text_.of(t);
    return w == "also" || w == "then" || w == "once" || w == "again" || w == "later" || w == "earlier" ||
           w == "previously" || w == "even" || w == "to" ||
           (w.size() > 4 && w.ends_with("ly") && text_.tokens[t].letters == LetterCase::Lower) || w == "still" ||
           w == "first" || w == "just";
  }

  /// according to X, “…”; “…,” according to X.
  std::optional<Speaker> according(const QuoteSpan& span) {
    const std::uint32_t begin = sentence_begin(span.first), end = sentence_end(span.last);
    for (std::uint32_t t = begin; t + 2 < end; ++t) {
      if (quoted_[t] || (t >= span.first && t <= span.last)) continue;
      std::string_view w = text_.of(t);
      if ((w != "according" && w != "According") || text_.of(t + 1) != "to") continue;
      if (t > span.last + 12) break;
      // "according to the Financial Times" reports who spoke; a speaker in the sentence comes first
      if (t < span.first && cue_between(t + 2, span.first)) return std::nullopt;
      const Phrase phrase = forward(t + 2, end);
      return made(SpeakerRule::According, phrase, t);
    }
    return std::nullopt;
  }

  bool cue_between(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t t = from; t < to; ++t)
      if (!quoted_[t] && is(t, WordClass::Cue)) return true;
    return false;
  }

  /// The last cue before the quotation in its sentence.
  std::optional<Speaker> in_front(const QuoteSpan& span) {
    const std::uint32_t begin = sentence_begin(span.first);
    const std::uint32_t stop =
        span.first > begin + kMostBack ? span.first - static_cast<std::uint32_t>(kMostBack) : begin;
    for (std::uint32_t v = span.first; v-- > stop;) {
      if (quoted_[v] || !is_cue(v)) continue;
      if (is(v - (v > 0), WordClass::Determiner)) continue;
      if (auto found = from_verb(outer_cue(v, stop), SpeakerRule::Before)) return found;
    }
    return std::nullopt;
  }

  /// "Lind added that the city hopes “…”": of two cues of which one reports the other, the reporting one.
  std::uint32_t outer_cue(std::uint32_t v, std::uint32_t stop) const {
    if (is(v, WordClass::Speech)) return v;
    for (std::uint32_t t = v; t-- > stop && v - t < 8;) {
      if (quoted_[t] || text_.is_mark(t, ',')) break;
      if (text_.of(t) == "that" && t > stop && is(t - 1, WordClass::Speech)) return t - 1;
    }
    return v;
  }

  /// "Lind’s statement that the city would use “…”".
  std::optional<Speaker> owned_statement(const QuoteSpan& span) const {
    const std::uint32_t begin = sentence_begin(span.first);
    for (std::uint32_t t = span.first; t-- > begin + 1 && span.first - t < 10;) {
      if (quoted_[t] || is(t, WordClass::Speech)) return std::nullopt;
      if (!is(t, WordClass::Document) || text_.of(t + 1) != "that" ||
          text_.tokens[t - 1].kind != TokenKind::Possessive || t < begin + 2)
        continue;
      const Mention* m = cast_.at(t - 2);
      if (m == nullptr) return std::nullopt;
      Speaker speaker;
      speaker.how = SpeakerRule::Before;
      speaker.text = {text_.tokens[m->first].begin, text_.tokens[m->last].end};
      speaker.member = m->member;
      speaker.cue = t;
      if (cast_.of(*m).kind == EntityKind::Country) speaker.voice = Voice::Country;
      return speaker;
    }
    return std::nullopt;
  }

  std::optional<Speaker> from_verb(std::uint32_t v, SpeakerRule how) {
    if (auto phrase = subject_before(v)) {
      const Speaker s = made(how, *phrase, v);
      if (s.how != SpeakerRule::None) return s;
    }
    // "adding that", "accusing … and saying": the subject of the clause before
    const std::uint32_t begin = sentence_begin(v);
    if (text_.of(v).ends_with("ing") || (v > begin && text_.of(v - 1) == "and")) {
      for (std::uint32_t w = v; w-- > begin;) {
        if (quoted_[w] || !is_cue(w)) continue;
        if (auto phrase = subject_before(w)) {
          const Speaker s = made(how, *phrase, v);
          if (s.how != SpeakerRule::None) return s;
        }
      }
      for (std::uint32_t t = begin; t < v; ++t) {
        const Mention* m = cast_.at(t);
        if (m != nullptr && !m->adjective && !quoted_[t]) return made(how, {m->first, m->last}, v);
      }
    }
    return std::nullopt;
  }

  /// “…” in the middle of a sentence whose cue stands behind it; or its first name.
  std::optional<Speaker> elsewhere_in_sentence(const QuoteSpan& span) {
    const std::uint32_t end = std::min<std::uint32_t>(sentence_end(span.last), span.last + kMostBack);
    for (std::uint32_t v = span.last + 1; v < end; ++v) {
      if (quoted_[v] || !is(v, WordClass::Speech)) continue;
      if (auto found = from_verb(v, SpeakerRule::Sentence)) return found;
      if (v + 1 < end && is_subject_start(v + 1)) return made(SpeakerRule::Sentence, forward(v + 1, end), v);
    }
    return std::nullopt;
  }

  /// A paragraph that begins with a quotation and says no speaker: who spoke at the end of the one before.
  std::optional<Speaker> paragraph_before(const QuoteSpan& span, std::size_t i, const std::vector<Speaker>& before) {
    if (span.first == 0) return std::nullopt;
    const std::uint32_t previous = span.first - 1;
    if (i > 0 && before[i - 1].how != SpeakerRule::None && paragraph_of(spans_[i - 1].last) == paragraph_of(previous))
      return again(before[i - 1], SpeakerRule::Paragraph);
    const std::uint32_t begin = sentence_begin(previous);
    for (std::uint32_t v = previous + 1; v-- > begin;) {
      if (quoted_[v] || !is_cue(v)) continue;
      if (auto found = from_verb(v, SpeakerRule::Paragraph)) return found;
    }
    return std::nullopt;
  }

  Speaker made(SpeakerRule how, const Phrase& phrase, std::uint32_t cue) {
    Speaker speaker;
    if (phrase.last < phrase.first) return speaker;
    speaker.text = {text_.tokens[phrase.first].begin, text_.tokens[phrase.last].end};
    speaker.cue = cue;
    speaker.how = how;
    if (!resolve(phrase, speaker)) speaker.how = SpeakerRule::None;
    return speaker;
  }

  /// Who the words mean. False when they can be nobody who speaks.
  bool resolve(const Phrase& phrase, Speaker& speaker) {
    const Mention* best = nullptr;
    int rank = 9;
    bool title = false, institution = false, document = false, person = false;
    for (std::uint32_t t = phrase.first; t <= phrase.last; ++t) {
      title |= is(t, WordClass::Title);
      institution |= is(t, WordClass::Institution);
      document |= is(t, WordClass::Document);
      person |= is(t, WordClass::Person);
      const Mention* m = cast_.at(t);
      if (m == nullptr || m->first != t) continue;
      const CastMember& member = cast_.of(*m);
      const int r = member.kind == EntityKind::Person         ? 0
                    : member.kind == EntityKind::Organisation ? 1
                    : m->adjective                            ? 3
                    : member.kind == EntityKind::Country      ? 2
                                                              : 4;
      if (r < rank) {
        rank = r;
        best = m;
      }
    }
    if (phrase.first == phrase.last && is(phrase.first, WordClass::Pronoun))
      return resolve_pronoun(phrase.first, speaker);
    if (best != nullptr && rank == 0) {
      speaker.member = best->member;
      return true;
    }
    if (best == nullptr && !title && !institution && !document && !person && !text_.tokens[phrase.last].is_capital()) {
      // a common noun: somebody when it has an article or is plural
      return is(phrase.first, WordClass::Determiner) || text_.of(phrase.last).ends_with("s") ||
             text_.of(phrase.last).ends_with("er");
    }
    if (title && (rank == 2 || rank == 3)) {  // "the Russian president"
      const std::string& country = cast_.of(*best).code;
      for (std::uint32_t i = 0; i < cast_.members.size(); ++i) {
        const CastMember& m = cast_.members[i];
        if (m.kind == EntityKind::Person && m.code == country && role_named(m.role, phrase)) {
          speaker.member = i;
          return true;
        }
      }
    }
    if (document) {
      speaker.voice = Voice::Document;
      speaker.member = best != nullptr ? best->member : author_before(phrase.first);
      return true;
    }
    if (best != nullptr) {
      speaker.member = best->member;
      speaker.voice = rank == 1 || institution ? Voice::Institution : title || person ? Voice::Person : Voice::Country;
      return true;
    }
    if (institution) {
      speaker.voice = Voice::Institution;
      speaker.member = author_before(phrase.first);
    }
    return true;
  }

  bool role_named(const std::string& role, const Phrase& phrase) const {
    std::string folded;
    for (std::uint32_t t = phrase.first; t <= phrase.last; ++t) {
      if (!is(t, WordClass::Title)) continue;
      fold_word(text_.of(t), folded);
      std::string low = role;
      for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      if (low.find(folded) != std::string::npos) return true;
    }
    return false;
  }

  /// Whose a document is: the government body named in this paragraph or the one before; else the first of the article,
  /// whose news it is; else the country named last.
  std::uint32_t author_before(std::uint32_t token) const {
    std::uint32_t country = kNoWord;
    const std::uint32_t paragraph = paragraph_of(token);
    for (std::uint32_t t = token; t-- > 0 && token - t < 400;) {
      const Mention* m = cast_.at(t);
      if (m == nullptr || m->first != t || quoted_[t]) continue;
      const bool near = paragraph_of(t) + 1 >= paragraph;
      const CastMember& member = cast_.of(*m);
      if (near && member.kind == EntityKind::Organisation && member.sector == "GOV") return m->member;
      if (member.kind == EntityKind::Country && country == kNoWord && !m->adjective) country = m->member;
    }
    for (const Mention& m : cast_.mentions) {
      if (m.first >= token) break;
      if (cast_.of(m).kind == EntityKind::Organisation && cast_.of(m).sector == "GOV") return m.member;
    }
    return country;
  }

  /// False never: a pronoun always speaks, even where nobody is found for it.
  bool resolve_pronoun(std::uint32_t token, Speaker& speaker) {
    std::string word;
    fold_word(text_.of(token), word);
    const bool person = word == "he" || word == "she";
    const bool thing = word == "it";
    if (thing) speaker.voice = Voice::Institution;
    if (!person && !thing) return true;
    if (thing && document_before(token)) {
      speaker.voice = Voice::Document;
      speaker.member = author_before(token);
      return true;
    }
    speaker.member = antecedent_of(text_, cast_, token, person ? Antecedent::Person : Antecedent::Thing, lexicon_,
                                   [&](std::uint32_t t) { return quoted_[t] != 0; });
    if (thing && speaker.member != kNoWord && cast_.members[speaker.member].kind == EntityKind::Country)
      speaker.voice = Voice::Country;
    return true;
  }

  /// Whether the sentence before begins with a document: "The proposal … It also called …".
  bool document_before(std::uint32_t token) const {
    const std::uint32_t sentence = text_.tokens[token].sentence;
    if (sentence == 0 || sentence_begin(token) != token) return false;
    const std::uint32_t begin = text_.sentences[sentence - 1].first;
    if (!is(begin, WordClass::Determiner)) return false;
    for (std::uint32_t t = begin + 1; t < begin + 4; ++t)
      if (is(t, WordClass::Document)) return true;
    return false;
  }

  const TokenText& text_;
  const std::vector<QuoteSpan>& spans_;
  Cast& cast_;
  const Lexicon& lexicon_;
  std::string_view day_;
  std::vector<char> quoted_;
};

}  // namespace

std::vector<Speaker> speakers_of(const TokenText& text, const std::vector<QuoteSpan>& spans, Cast& cast,
                                 const Lexicon& lexicon, std::string_view day) {
  return SpeakerSearch(text, spans, cast, lexicon, day).run();
}

}  // namespace newsd
