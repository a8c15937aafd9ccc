#include "daemon/classify/name_spans.h"

#include "daemon/classify/date_words.h"
#include "daemon/classify/name_tagger.h"

#include <algorithm>

namespace newsd {
namespace {

int rank_of(NameKind kind) {
  switch (kind) {
    case NameKind::Country: return 0;
    case NameKind::Organisation: return 1;
    case NameKind::Capital: return 2;
    case NameKind::Demonym: return 3;
    case NameKind::Person: return 4;
    case NameKind::Place: return 5;
    case NameKind::City: return 6;
  }
  return 7;
}

class Finder {
 public:
  Finder(const TokenText& text, const Lexicon& lexicon) : text_(text), lexicon_(lexicon), taken_(text.tokens.size()) {}

  std::vector<NameSpan> run(const NameModel* model) {
    const std::vector<NameHit> hits = lexicon_.names(text_);
    from_lexicon(hits);
    from_capitals();
    std::sort(spans_.begin(), spans_.end(), by_first);
    if (model != nullptr) judge_by(*model, hits);
    for (NameSpan& span : spans_)
      if (span.kind == SpanKind::Person && span.role_first == kNoWord) look_for_role(span);
    return std::move(spans_);
  }

 private:
  const Token* token(std::size_t i) const { return i < text_.tokens.size() ? &text_.tokens[i] : nullptr; }
  bool is(std::size_t i, WordClass c) const {
    return i < text_.tokens.size() && text_.tokens[i].is_word() && lexicon_.is(text_.tokens[i].word, c);
  }
  bool same_sentence(std::size_t a, std::size_t b) const {
    return a < text_.tokens.size() && b < text_.tokens.size() && text_.tokens[a].sentence == text_.tokens[b].sentence;
  }
  bool begins_sentence(std::size_t i) const {
    std::size_t first = text_.sentences[text_.tokens[i].sentence].first;
    while (first < i && text_.tokens[first].kind == TokenKind::Mark) ++first;
    return first == i;
  }
  bool is_name_word(std::size_t i) const {
    return i < text_.tokens.size() && text_.tokens[i].is_word() && text_.tokens[i].is_capital();
  }
  /// A sentence in capitals says nothing about names.
  bool shouts(std::size_t i) const {
    const Sentence& s = text_.sentences[text_.tokens[i].sentence];
    std::size_t words = 0, upper = 0;
    for (std::size_t t = s.first; t < s.last && t < s.first + 40; ++t) {
      if (!text_.tokens[t].is_word()) continue;
      ++words;
      upper += text_.tokens[t].letters == LetterCase::Upper;
    }
    return words > 3 && upper * 2 > words;
  }

  void take(const NameSpan& span) {
    for (std::size_t t = span.first; t <= span.last; ++t) taken_[t] = 1;
    spans_.push_back(span);
  }

  static bool by_first(const NameSpan& a, const NameSpan& b) { return a.first < b.first; }

  /// Countries, peoples, bodies and persons of the lexicons are sure; of the rest the model says what is a name.
  bool is_sure(const NameSpan& span) const {
    switch (span.kind) {
      case SpanKind::Country:
      case SpanKind::Capital:
      case SpanKind::Adjective: return true;
      case SpanKind::Organisation:
      case SpanKind::Person: return span.thing != kNoWord;
      case SpanKind::Place: break;
    }
    return span.thing != kNoWord && begins_dateline(span.first, span.last);
  }

  /// "Captain Rask".
  bool is_titled(const NameSpan& span) const {
    return span.kind == SpanKind::Person && span.first > 0 && same_sentence(span.first - 1, span.first) &&
           is(span.first - 1, WordClass::Title) && is_name_word(span.first - 1);
  }

  /// What stands unless the model has another name there: a city that the rules let stand, who is called by a given
  /// name.
  bool is_likely(const NameSpan& span) const {
    if (span.kind == SpanKind::Place) return span.thing != kNoWord;
    if (span.kind != SpanKind::Person) return false;
    return span.last > span.first && is(span.first, WordClass::Given);
  }

  /// "DALLAS, March 5 -": written in capitals there, which the model knows of bodies alone.
  bool begins_dateline(std::uint32_t first, std::uint32_t last) const {
    const Token* next = token(last + 1);
    return begins_sentence(first) && next != nullptr &&
           (next->mark == ',' || next->mark == '(' || next->mark == 0x2014);
  }

  /// What is sure stays, unless it is a country within the longer name of a body ("Bank of Ireland"), which then knows
  /// its country; what the model has beside it is cut where it reaches into it.
  void judge_by(const NameModel& model, const std::vector<NameHit>& hits) {
    std::vector<TaggedName> tagged = tag_names(text_, lexicon_, spans_, hits, model);
    std::vector<std::uint32_t> within(tagged.size(), kNoWord);
    std::vector<NameSpan> judged;
    std::size_t from = 0;
    for (const NameSpan& span : spans_) {
      while (from < tagged.size() && tagged[from].last < span.first) ++from;
      bool stays = is_sure(span) || span.honorific || is_titled(span);
      for (std::size_t i = from; stays && i < tagged.size() && tagged[i].first <= span.last; ++i) {
        TaggedName& name = tagged[i];
        if (name.last < span.first) continue;
        const bool around =
            name.first <= span.first && span.last <= name.last && name.last - name.first > span.last - span.first;
        if (around && name.kind == EntityKind::Organisation && span.kind != SpanKind::Person &&
            is_name_word(name.last) && !is(name.last, WordClass::Title)) {
          stays = false;
          if (span.kind != SpanKind::Organisation && within[i] == kNoWord) within[i] = span.thing;
        } else {
          cut(name, span);
        }
      }
      if (!stays && is_likely(span)) stays = from == tagged.size() || tagged[from].first > span.last;
      if (stays) judged.push_back(span);
    }
    for (std::size_t i = 0; i < tagged.size(); ++i) {
      if (!names_something(tagged[i])) continue;
      judged.push_back(span_of(tagged[i]));
      judged.back().within = within[i];
    }
    spans_ = std::move(judged);
    std::sort(spans_.begin(), spans_.end(), by_first);
    std::fill(taken_.begin(), taken_.end(), 0);
    for (const NameSpan& span : spans_)
      for (std::size_t t = span.first; t <= span.last; ++t) taken_[t] = 1;
  }

  /// What is left of a name behind the span, or before it; none: its end is put before its beginning.
  void cut(TaggedName& name, const NameSpan& span) const {
    if (name.last > span.last) {
      name.first = std::max(name.first, span.last + 1);
      while (name.first < name.last && !is_name_word(name.first)) ++name.first;
      if (is_name_word(name.first)) return;
    } else if (name.first < span.first) {
      name.last = span.first - 1;
      while (name.last > name.first && !is_name_word(name.last)) --name.last;
      if (is_name_word(name.last)) return;
    }
    name.first = name.last + 1;
  }

  /// "Western leaders": of the sky, not of a place.
  static bool is_quarter(std::string_view folded) {
    return folded == "western" || folded == "eastern" || folded == "northern" || folded == "southern";
  }

  /// Whether a capital is left that is no title, month, weekday or word of every sentence, and ends the name.
  bool names_something(const TaggedName& name) const {
    if (name.first > name.last || !is_name_word(name.last)) return false;
    std::string folded;
    for (std::uint32_t t = name.first; t <= name.last; ++t) {
      if (!is_name_word(t) || is(t, WordClass::Title) || is(t, WordClass::Honorific) || is(t, WordClass::Pronoun))
        continue;
      if (name.first == name.last && (is(t, WordClass::Initial) || is(t, WordClass::Determiner))) continue;
      fold_word(text_.of(t), folded);
      if (month_named(folded) == 0 && weekday_named(folded) == 0 && !is_quarter(folded)) return true;
    }
    return false;
  }

  /// As the rules have it, where they agree. A person's title is no part of the name.
  NameSpan span_of(const TaggedName& name) const {
    NameSpan span{name.first, name.last, SpanKind::Place, kNoWord, kNoWord, false};
    if (name.kind == EntityKind::Person) span.kind = SpanKind::Person;
    if (name.kind == EntityKind::Organisation) span.kind = SpanKind::Organisation;
    const auto rule = std::lower_bound(spans_.begin(), spans_.end(), span, by_first);
    if (rule != spans_.end() && rule->first == span.first && rule->last == span.last && rule->kind == span.kind)
      return *rule;
    if (span.kind != SpanKind::Person) return span;
    while (span.first < span.last && (is(span.first, WordClass::Title) || is(span.first, WordClass::Honorific)) &&
           is_name_word(span.first + 1))
      ++span.first;
    span.honorific = span.first > 0 && is(span.first - 1, WordClass::Honorific);
    return span;
  }

  void from_lexicon(const std::vector<NameHit>& hits) {
    for (std::size_t i = 0; i < hits.size();) {
      std::size_t end = i;
      const NameHit* best = nullptr;
      for (; end < hits.size() && hits[end].first == hits[i].first && hits[end].last == hits[i].last; ++end) {
        if (!stands(hits[end])) continue;
        const bool better = best == nullptr || rank_of(hits[end].kind) < rank_of(best->kind) ||
                            (hits[end].kind == best->kind &&
                             lexicon_.thing(hits[end].thing).thousands > lexicon_.thing(best->thing).thousands);
        if (better) best = &hits[end];
      }
      if (best != nullptr) take(span_of(*best));
      i = end;
    }
  }

  NameSpan span_of(const NameHit& hit) const {
    NameSpan span{hit.first, hit.last, SpanKind::Place, hit.thing, kNoWord, false};
    switch (hit.kind) {
      case NameKind::Country: span.kind = SpanKind::Country; break;
      case NameKind::Demonym: span.kind = SpanKind::Adjective; break;
      case NameKind::Capital: span.kind = SpanKind::Capital; break;
      case NameKind::City:
      case NameKind::Place: span.kind = SpanKind::Place; break;
      case NameKind::Organisation: span.kind = SpanKind::Organisation; break;
      case NameKind::Person: span.kind = SpanKind::Person; break;
    }
    if (span.kind == SpanKind::Person && span.first > 0) span.honorific = is(span.first - 1, WordClass::Honorific);
    return span;
  }

  /// Whether the neighbours let a lexicon's name be what it says.
  bool stands(const NameHit& hit) const {
    if (text_.tokens[hit.first].hyphened && hit.kind != NameKind::Demonym && hit.kind != NameKind::Country &&
        hit.kind != NameKind::Capital)
      return false;
    const bool after_name = hit.first > 0 && same_sentence(hit.first - 1, hit.first) &&
                            is(hit.first - 1, WordClass::Given) && is_name_word(hit.first - 1);
    const bool before_name = same_sentence(hit.last + 1, hit.last) && is_name_word(hit.last + 1) &&
                             !is(hit.last + 1, WordClass::Title) && !text_.tokens[hit.last + 1].hyphened;
    const bool is_titled = hit.first > 0 && is(hit.first - 1, WordClass::Honorific);
    const bool short_acronym = text_.of(hit.first, hit.last).size() <= 3;
    switch (hit.kind) {
      case NameKind::Country: return !(after_name || is_titled) || hit.last > hit.first;
      case NameKind::Demonym: return true;
      case NameKind::Capital:
      case NameKind::Place:
        return !after_name && !is_titled && !(before_name && is(hit.last + 1, WordClass::OrgSuffix));
      case NameKind::Organisation: return !(short_acronym && shouts(hit.first));
      case NameKind::Person: return true;
      case NameKind::City: break;
    }
    if (after_name || is_titled || is(hit.first, WordClass::Given) || is(hit.first, WordClass::Title)) return false;
    if (is(hit.first, WordClass::Initial) && hit.first == hit.last) return false;
    if (before_name || (hit.first > 0 && is_name_word(hit.first - 1) && same_sentence(hit.first - 1, hit.first) &&
                        !is(hit.first - 1, WordClass::Location)))
      return hit.last > hit.first;
    const bool located = hit.first > 0 && is(hit.first - 1, WordClass::Location);
    return located || begins_dateline(hit.first, hit.last) || lexicon_.thing(hit.thing).thousands >= 500 ||
           hit.last > hit.first;
  }

  /// Role words before a name, backwards: "Chinese foreign ministry spokesperson", "the president,".
  void look_for_role(NameSpan& span) const {
    std::size_t at = span.first;
    while (at > 0 && same_sentence(at - 1, span.first) && text_.tokens[at - 1].is_word() && span.first - at < 6) {
      const std::size_t before = at - 1;
      if (taken_[before] || is(before, WordClass::Determiner) || is(before, WordClass::Preposition) ||
          is(before, WordClass::Conjunction) || is(before, WordClass::Auxiliary) || is(before, WordClass::Pronoun) ||
          (is(before, WordClass::Cue) && !is(before, WordClass::Title)))
        break;
      at = before;
    }
    if (at == span.first) return;
    span.honorific = span.honorific || is(span.first - 1, WordClass::Honorific);
    if (is(span.first - 1, WordClass::Title)) span.role_first = static_cast<std::uint32_t>(at);
  }

  void from_capitals() {
    for (std::uint32_t i = 0; i < text_.tokens.size();) {
      if (taken_[i] || !is_name_word(i)) {
        ++i;
        continue;
      }
      std::uint32_t last = i;
      while (goes_on(last)) last = next_in_run(last);
      judge(i, last);
      i = last + 1;
    }
  }

  std::uint32_t next_in_run(std::uint32_t last) const {
    if (is_name_word(last + 1) && !taken_[last + 1]) return last + 1;
    return last + 2;
  }
  /// Another capital follows, or a particle and a capital.
  bool goes_on(std::uint32_t last) const {
    if (!same_sentence(last + 1, last)) return false;
    if (is_name_word(last + 1) && !taken_[last + 1]) return true;
    if (!same_sentence(last + 2, last) || !is_name_word(last + 2) || taken_[last + 2] ||
        !text_.tokens[last + 1].is_word())
      return false;
    const std::string_view particle = text_.of(last + 1);
    return particle == "of" || particle == "de" || particle == "al" || particle == "bin" || particle == "von" ||
           particle == "van" || particle == "el" || particle == "del" || particle == "da" || particle == "di" ||
           particle == "for";
  }

  void judge(std::uint32_t first, std::uint32_t last) {
    if (shouts(first)) return;
    bool honorific = false, titled = first > 0 && same_sentence(first - 1, first) && is(first - 1, WordClass::Title);
    while (first <= last) {
      if (is(first, WordClass::Honorific)) {
        honorific = true;
      } else if (is(first, WordClass::Title)) {
        titled = true;
      } else if (!(begins_sentence(first) && plain_start(first, last))) {
        break;
      }
      ++first;
    }
    while (last > first && (!text_.tokens[last].is_capital() || is(last, WordClass::Title))) --last;
    if (first > last) return;
    NameSpan span{first, last, SpanKind::Person, kNoWord, kNoWord, honorific};
    if (honorific || titled) {
      take(span);
      return;
    }
    if (classify(span)) take(span);
  }

  /// A capital that the sentence's beginning explains.
  bool plain_start(std::uint32_t first, std::uint32_t last) const {
    if (is(first, WordClass::Given) && last > first) return false;
    return is(first, WordClass::Initial) || is(first, WordClass::Determiner) || is(first, WordClass::Preposition) ||
           is(first, WordClass::Conjunction) || is(first, WordClass::Pronoun) || is(first, WordClass::Auxiliary) ||
           is(first, WordClass::Person) || is(first, WordClass::Cue) || is(first, WordClass::Negation) ||
           is(first, WordClass::Future);
  }

  bool classify(NameSpan& span) const {
    const std::uint32_t words = span.last - span.first + 1;
    const Token& head = text_.tokens[span.last];
    if (is(span.last, WordClass::OrgSuffix) && words > 1) return set(span, SpanKind::Organisation);
    for (std::uint32_t t = span.first; t <= span.last; ++t)
      if (words > 2 && is(t, WordClass::OrgSuffix)) return set(span, SpanKind::Organisation);
    if (is(span.last, WordClass::PlaceNoun) && words > 1) return set(span, SpanKind::Place);
    if (is(span.first, WordClass::Given) && words > 1 && words < 5) return set(span, SpanKind::Person);
    if (words == 1 && head.letters == LetterCase::Upper && text_.of(head).size() >= 3)
      return set(span, SpanKind::Organisation);
    const Token* next = token(span.last + 1);
    const bool speaks = next != nullptr && is(span.last + 1, WordClass::Cue);
    const bool located =
        span.first > 0 && same_sentence(span.first - 1, span.first) && is(span.first - 1, WordClass::Location);
    if (is(span.last + 1, WordClass::PlaceNoun)) return set(span, SpanKind::Place);
    if (speaks && words <= 3) return set(span, SpanKind::Person);
    if (located && words <= 2 && text_.of(span.first - 1) != "of" && text_.of(span.first - 1) != "by")
      return set(span, SpanKind::Place);
    if (words == 2 || words == 3) {
      const bool particles = !is_name_word(span.first + 1);
      if (!particles && head.letters != LetterCase::Upper && !is(span.last, WordClass::Initial))
        return set(span, SpanKind::Person);
      return set(span, SpanKind::Organisation);
    }
    if (words >= 4) return set(span, SpanKind::Organisation);
    return known_surname(span);
  }

  static bool set(NameSpan& span, SpanKind kind) {
    span.kind = kind;
    return true;
  }

  /// A single capital that ended a person's name before.
  bool known_surname(NameSpan& span) const {
    const std::string_view word = text_.of(span.first);
    for (auto at = spans_.rbegin(); at != spans_.rend() && at - spans_.rbegin() < 200; ++at) {
      if (at->kind == SpanKind::Person && (text_.of(at->last) == word || text_.of(at->first) == word))
        return set(span, SpanKind::Person);
    }
    return false;
  }

  const TokenText& text_;
  const Lexicon& lexicon_;
  std::vector<char> taken_;
  std::vector<NameSpan> spans_;
};

}  // namespace

std::vector<NameSpan> name_spans(const TokenText& text, const Lexicon& lexicon, const NameModel* model) {
  return Finder(text, lexicon).run(model);
}

}  // namespace newsd
