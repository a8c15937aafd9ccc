#include "daemon/classify/speaker.h"

#include "daemon/classify/speaker_reader.h"

#include <algorithm>
#include <optional>

namespace newsd {
namespace {

class SpeakerSearch : private SpeakerReader {
 public:
  SpeakerSearch(const TokenText& text, const std::vector<QuoteSpan>& spans, const Cast& cast, const Lexicon& lexicon)
      : SpeakerReader(text, spans, cast, lexicon), spans_(spans) {}

  std::vector<Speaker> run() const {
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
  Speaker find(std::size_t i, const std::vector<Speaker>& before) const {
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
    if (auto found = label_before(span)) return *found;
    if (auto found = signature_behind(span)) return *found;
    if (opens_paragraph(span)) {
      if (auto found = paragraph_before(span, i, before)) return *found;
    }
    if (auto found = subject_of_sentence(span)) return *found;
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
  /// “…,” X said · “…,” said X · “…,” he told reporters.
  std::optional<Speaker> behind(const QuoteSpan& span) const {
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
      std::uint32_t begin = at + 1;
      if (begin < end && is_subject_start(begin)) {
        const Subject subject = forward(begin, end);
        return made(SpeakerRule::After, subject, at);
      }
    }
    if (!comma) return std::nullopt;
    if (!is_subject_start(at)) return std::nullopt;
    for (std::uint32_t v = at + 1; v < end && !quoted_[v]; ++v) {
      if (!is_cue(v)) continue;
      if (is(v - 1, WordClass::Determiner)) continue;
      const Subject subject = forward(at, v);
      return made(SpeakerRule::After, subject, v);
    }
    return std::nullopt;
  }

  /// according to X, “…”; “…,” according to X.
  std::optional<Speaker> according(const QuoteSpan& span) const {
    const std::uint32_t begin = sentence_begin(span.first), end = sentence_end(span.last);
    for (std::uint32_t t = begin; t + 2 < end; ++t) {
      if (quoted_[t] || (t >= span.first && t <= span.last)) continue;
      std::string_view w = text_.of(t);
      if ((w != "according" && w != "According") || text_.of(t + 1) != "to") continue;
      if (t > span.last + 12) break;
      // "according to the Financial Times" reports who spoke; a speaker in the sentence comes first
      if (t < span.first && cue_between(t + 2, span.first)) return std::nullopt;
      const Subject subject = forward(t + 2, end);
      return made(SpeakerRule::According, subject, t);
    }
    return std::nullopt;
  }

  bool cue_between(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t t = from; t < to; ++t)
      if (!quoted_[t] && is(t, WordClass::Cue)) return true;
    return false;
  }

  /// The last cue before the quotation in its sentence.
  std::optional<Speaker> in_front(const QuoteSpan& span) const {
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

  std::optional<Speaker> from_verb(std::uint32_t v, SpeakerRule how) const {
    if (auto subject = subject_before(v)) {
      const Speaker s = made(how, *subject, v);
      if (s.how != SpeakerRule::None) return s;
    }
    // "adding that", "accusing … and saying": the subject of the clause before
    const std::uint32_t begin = sentence_begin(v);
    if (text_.of(v).ends_with("ing") || (v > begin && text_.of(v - 1) == "and")) {
      for (std::uint32_t w = v; w-- > begin;) {
        if (quoted_[w] || !is_cue(w)) continue;
        if (auto subject = subject_before(w)) {
          const Speaker s = made(how, *subject, v);
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
  std::optional<Speaker> elsewhere_in_sentence(const QuoteSpan& span) const {
    const std::uint32_t end = std::min<std::uint32_t>(sentence_end(span.last), span.last + kMostBack);
    for (std::uint32_t v = span.last + 1; v < end; ++v) {
      if (quoted_[v] || !is(v, WordClass::Speech)) continue;
      if (auto found = from_verb(v, SpeakerRule::Sentence)) return found;
      if (v + 1 < end && is_subject_start(v + 1)) return made(SpeakerRule::Sentence, forward(v + 1, end), v);
    }
    return std::nullopt;
  }

  /// A paragraph that begins with a quotation and says no speaker: who spoke at the end of the one before.
  std::optional<Speaker> paragraph_before(const QuoteSpan& span, std::size_t i,
                                          const std::vector<Speaker>& before) const {
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

  static constexpr std::uint32_t kLongest = 12;  // tokens of a label or a signature

  bool is_dash(std::uint32_t t) const {
    const char32_t c = text_.tokens[t].mark;
    return c == '-' || (c >= 0x2012 && c <= 0x2015);
  }

  /// Whether the words may mean somebody, or a body.
  bool names_somebody(const Subject& subject) const {
    for (std::uint32_t t = subject.first; t <= subject.last; ++t) {
      const Mention* m = cast_.at(t);
      if (m != nullptr && !m->adjective) return true;
      if (is(t, WordClass::Pronoun) || is(t, WordClass::Title) || is(t, WordClass::Institution) ||
          is(t, WordClass::Person))
        return true;
    }
    return false;
  }

  /// X: “…” · - X, of the Y: “…”, where nothing else stands before it in its paragraph.
  std::optional<Speaker> label_before(const QuoteSpan& span) const {
    if (span.first < 2 || !text_.is_mark(span.first - 1, ':')) return std::nullopt;
    const std::uint32_t colon = span.first - 1;
    std::uint32_t begin = colon;
    while (begin > 0 && colon - begin <= kLongest && paragraph_of(begin - 1) == paragraph_of(colon) &&
           !quoted_[begin - 1] && !is_dash(begin - 1))
      --begin;
    if (begin == colon || colon - begin > kLongest || cast_.at(begin) == nullptr) return std::nullopt;
    return made_of(SpeakerRule::Label, forward(begin, colon));
  }

  /// “…” — X, at the end of its paragraph or as the next one.
  std::optional<Speaker> signature_behind(const QuoteSpan& span) const {
    std::uint32_t at = span.last + 1;
    if (!span.closed || at + 1 >= text_.tokens.size() || !is_dash(at) || paragraph_of(at) > paragraph_of(span.last) + 1)
      return std::nullopt;
    while (at + 1 < text_.tokens.size() && is_dash(at)) ++at;
    std::uint32_t end = at;
    while (end < text_.tokens.size() && end - at <= kLongest && paragraph_of(end) == paragraph_of(at)) ++end;
    if (end - at > kLongest || cast_.at(at) == nullptr) return std::nullopt;
    return made_of(SpeakerRule::Signature, forward(at, end));
  }

  /// "They rail against its “…”": who the sentence is about, when it begins with somebody.
  std::optional<Speaker> subject_of_sentence(const QuoteSpan& span) const {
    std::uint32_t begin = sentence_begin(span.first);
    if (begin < span.first && is(begin, WordClass::Conjunction)) ++begin;
    if (begin < span.first && !is_subject_start(begin)) {  // "In a letter, they …"
      while (begin < span.first && !text_.is_mark(begin, ',')) ++begin;
      ++begin;
    }
    if (begin >= span.first || quoted_[begin] || !is_subject_start(begin)) return std::nullopt;
    const Mention* m = cast_.at(begin);
    if (is(begin, WordClass::Pronoun)) return made_of(SpeakerRule::Subject, {begin, begin});
    return made_of(SpeakerRule::Subject, m != nullptr ? Subject{m->first, m->last} : forward(begin, span.first));
  }

  std::optional<Speaker> made_of(SpeakerRule how, const Subject& subject) const {
    if (!names_somebody(subject)) return std::nullopt;
    const Speaker speaker = made(how, subject, kNoWord);
    if (speaker.how == SpeakerRule::None) return std::nullopt;
    return speaker;
  }

  const std::vector<QuoteSpan>& spans_;
};

}  // namespace

std::vector<Speaker> speakers_of(const TokenText& text, const std::vector<QuoteSpan>& spans, const Cast& cast,
                                 const Lexicon& lexicon) {
  return SpeakerSearch(text, spans, cast, lexicon).run();
}

}  // namespace newsd
