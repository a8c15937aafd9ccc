#include "daemon/classify/speaker_reader.h"

#include "daemon/classify/coreference.h"

namespace newsd {

Speaker SpeakerReader::made(SpeakerRule how, const Subject& subject, std::uint32_t cue) const {
  Speaker speaker;
  if (subject.last < subject.first) return speaker;
  speaker.text = {text_.tokens[subject.first].begin, text_.tokens[subject.last].end};
  speaker.cue = cue;
  speaker.how = how;
  if (!resolve(subject, speaker)) speaker.how = SpeakerRule::None;
  return speaker;
}

/// Who the words mean. False when they can be nobody who speaks.
bool SpeakerReader::resolve(const Subject& subject, Speaker& speaker) const {
  const Mention* best = nullptr;
  int rank = 9;
  bool title = false, institution = false, document = false, person = false;
  for (std::uint32_t t = subject.first; t <= subject.last; ++t) {
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
  if (subject.first == subject.last && is(subject.first, WordClass::Pronoun))
    return resolve_pronoun(subject.first, speaker);
  if (best != nullptr && rank == 0) {
    speaker.member = best->member;
    return true;
  }
  if (best == nullptr && !title && !institution && !document && !person && !text_.tokens[subject.last].is_capital()) {
    // a common noun: somebody when it has an article or is plural
    return is(subject.first, WordClass::Determiner) || text_.of(subject.last).ends_with("s") ||
           text_.of(subject.last).ends_with("er");
  }
  if (title && (rank == 2 || rank == 3)) {  // "the Russian president"
    const std::string& country = cast_.of(*best).code;
    for (std::uint32_t i = 0; i < cast_.members.size(); ++i) {
      const CastMember& m = cast_.members[i];
      if (m.kind == EntityKind::Person && m.code == country && role_named(m.role, subject)) {
        speaker.member = i;
        return true;
      }
    }
  }
  if (document) {
    speaker.voice = Voice::Document;
    speaker.member = best != nullptr ? best->member : author_before(subject.first);
    return true;
  }
  if (best != nullptr) {
    speaker.member = best->member;
    speaker.voice = rank == 1 || institution ? Voice::Institution : title || person ? Voice::Person : Voice::Country;
    return true;
  }
  if (institution) {
    speaker.voice = Voice::Institution;
    speaker.member = author_before(subject.first);
  }
  return true;
}

bool SpeakerReader::role_named(const std::string& role, const Subject& subject) const {
  std::string folded;
  for (std::uint32_t t = subject.first; t <= subject.last; ++t) {
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
std::uint32_t SpeakerReader::author_before(std::uint32_t token) const {
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
bool SpeakerReader::resolve_pronoun(std::uint32_t token, Speaker& speaker) const {
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
bool SpeakerReader::document_before(std::uint32_t token) const {
  const std::uint32_t sentence = text_.tokens[token].sentence;
  if (sentence == 0 || sentence_begin(token) != token) return false;
  const std::uint32_t begin = text_.sentences[sentence - 1].first;
  if (!is(begin, WordClass::Determiner)) return false;
  for (std::uint32_t t = begin + 1; t < begin + 4; ++t)
    if (is(t, WordClass::Document)) return true;
  return false;
}

}  // namespace newsd
