// The exact placer. An article is the same as an earlier one when they share an identity and no stronger identity
// speaks against it; then it is an update when a field changed, else a duplicate. An article of another identity whose
// text is known repeats the article that had the text first.
#include "daemon/dedupe/exact.h"

#include "daemon/dedupe/identity.h"

#include <array>
#include <utility>

namespace newsd {

namespace {

using Index = KnownArticles::Index;
using Known = KnownArticles::Known;
using KeyKind = KnownArticles::KeyKind;
constexpr Index kNone = KnownArticles::kNone;

struct FieldName {
  std::string_view name;
  std::uint64_t FieldHashes::*hash;
  bool makes_a_version;
};
/// A new time of publication alone is no new version: many sources stamp every fetch.
constexpr std::array kFields = {
    FieldName{"headline", &FieldHashes::headline, true}, FieldName{"description", &FieldHashes::summary, true},
    FieldName{"body", &FieldHashes::body, true}, FieldName{"byline", &FieldHashes::byline, true},
    FieldName{"published", &FieldHashes::published, false}};

/// The fields that differ; empty when none of them says something new. A field that is gone says nothing by itself:
/// sources leave out what they said before. It is named beside those that changed.
std::vector<std::string> changed_fields(const FieldHashes& before, const FieldHashes& after) {
  std::vector<std::string> changed;
  bool is_version = false;
  for (const FieldName& field : kFields) {
    if (before.*field.hash == after.*field.hash) continue;
    changed.emplace_back(field.name);
    is_version |= field.makes_a_version && after.*field.hash != 0;
  }
  if (!is_version) changed.clear();
  return changed;
}

bool is_teaser_of(const FieldHashes& full, const FieldHashes& copy) { return full.body != 0 && copy.body == 0; }

}  // namespace

/// The article that has the strongest of the candidate's identities it can have: one that has another id of the same
/// input, or another URL, is another article, although the path or the URL be the same.
ExactPlacer::Match ExactPlacer::same_article(const Candidate& candidate) const {
  const auto& identities = candidate.identities;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    if (identities[i].kind == IdentityKind::Content) continue;
    const KeyKind kind = identities[i].kind == IdentityKind::ExplicitId ? KeyKind::ExplicitId
                         : identities[i].kind == IdentityKind::Url      ? KeyKind::Url
                                                                        : KeyKind::Path;
    const auto* key = known_.find(kind, identities[i].key);
    if (key == nullptr) continue;
    bool contradicted = false;
    for (std::size_t stronger = 0; stronger < i && !contradicted; ++stronger)
      contradicted =
          identities[stronger].kind < identities[i].kind && known_.contradicts(key->owner, identities[stronger]);
    if (!contradicted) return {key->owner, i};
  }
  // its subject may be known although another article has claimed the key since
  return {known_.find(candidate.self), 0};
}

namespace {
std::string text_equal() { return "body text equal after normalisation"; }
}  // namespace

/// An article known by its identity.
Verdict ExactPlacer::again(const Candidate& candidate, const Match& match) const {
  const Known& before = known_.at(match.article);
  const std::string same = "same " + candidate.identified_by[match.identity];
  const bool by_url = candidate.identities[match.identity].kind == IdentityKind::Url;
  const bool by_text = candidate.identities[match.identity].kind == IdentityKind::Content;

  const bool is_teaser = is_teaser_of(before.fields, candidate.fields);
  auto changed = is_teaser || by_text ? std::vector<std::string>{} : changed_fields(before.fields, candidate.fields);
  if (changed.empty()) {
    Verdict v = repeats(candidate, match.article, match.article, by_text ? text_equal() : same);
    if (!by_text) {
      v.how = by_url ? DuplicateKind::SameUrl : DuplicateKind::SameId;
      v.evidence.emplace_back(is_teaser ? "no body this time, where the known version has one" : "no field changed");
    }
    if (is_teaser) v.similarity = v.containment = 0;
    return v;
  }

  Verdict v;
  v.kind = VerdictKind::Updated;
  v.article = before.id;
  v.version = before.version + 1;
  v.of_event = before.event;
  v.revision.of = before.version;
  v.revision.changed = std::move(changed);
  v.evidence.push_back(same);
  if (const auto* text = known_.find(KeyKind::Text, candidate.content); text != nullptr && text->owner != match.article)
    v.evidence.push_back(text_equal() + " to urn:uuid:" + known_.at(text->owner).id.value().to_string());
  v.story = before.story;
  v.story_size = before.story_size;
  return v;
}

/// subject: the remembered article the event is about, kNone when it was never seen.
Verdict ExactPlacer::repeats(const Candidate& candidate, Index subject, Index original, std::string evidence) const {
  const Known& of = known_.at(original);
  Verdict v;
  v.kind = VerdictKind::Duplicate;
  v.article = subject == kNone ? candidate.self : known_.at(subject).id;
  v.version = of.version;
  v.of = of.id;
  v.of_event = of.event;
  v.repeat = subject == kNone ? 1 : known_.at(subject).repeats + 1;
  v.how = DuplicateKind::Exact;
  v.similarity = v.containment = 1;
  v.evidence.push_back(std::move(evidence));
  v.story = of.story;
  v.story_size = of.story_size;
  return v;
}

Verdict ExactPlacer::fresh(const Candidate& candidate, Index subject) const {
  Verdict v;
  v.kind = VerdictKind::New;
  v.article = subject == kNone ? candidate.self : known_.at(subject).id;
  v.story = story_of_first(v.article);
  v.starts_story = true;
  if (subject != kNone)
    v.evidence.push_back("no longer the text of urn:uuid:" +
                         known_.at(known_.at(subject).repeated).id.value().to_string());
  return v;
}

Verdict ExactPlacer::place(const Candidate& candidate, Instant /*now*/) {
  const Match match = same_article(candidate);
  if (match.article != kNone && known_.at(match.article).repeated == kNone) return again(candidate, match);

  // from here on it is either unknown, or known as another's text under its own identity
  if (const auto* text = known_.find(KeyKind::Text, candidate.content)) {
    Verdict v = repeats(candidate, match.article, text->owner, text_equal());
    if (text->version != v.version) {
      v.version = text->version;
      v.evidence.push_back("it is the text of version " + std::to_string(text->version));
    }
    return v;
  }
  if (match.article != kNone) {
    const Known& repeater = known_.at(match.article);
    if (is_teaser_of(repeater.fields, candidate.fields) || changed_fields(repeater.fields, candidate.fields).empty()) {
      Verdict v =
          repeats(candidate, match.article, repeater.repeated, "same " + candidate.identified_by[match.identity]);
      v.evidence.emplace_back("known as a copy; nothing new since");
      if (is_teaser_of(repeater.fields, candidate.fields)) v.similarity = v.containment = 0;
      return v;
    }
  }
  return fresh(candidate, match.article);
}

/// The remembered article, or, when the decisions on it are gone from the journal, what the decision at hand says of
/// it.
Index ExactPlacer::recall(ArticleId id, const Decision& decision) {
  Index found = known_.find(id);
  if (found != kNone) return found;
  found = known_.add(id, decision.at);
  Known& article = known_.at(found);
  article.event = decision.event;
  article.fields = decision.fields;
  article.version = decision.version;
  article.story = decision.story;
  article.story_size = decision.story_size;
  known_.learn_text(found, decision.content, decision.version);
  return found;
}

Verdict ExactPlacer::as_copy(const Candidate& candidate, const Verdict& fresh, ArticleId original,
                             std::string evidence) const {
  return repeats(candidate, known_.find(fresh.article), known_.find(original), std::move(evidence));
}

const KnownArticles::Known* ExactPlacer::find(ArticleId id) const {
  const Index found = known_.find(id);
  return found == kNone ? nullptr : &known_.at(found);
}

void ExactPlacer::remember(const Decision& decision) {
  Index subject = known_.find(decision.article);
  if (decision.kind == VerdictKind::Duplicate) {
    const Index original = recall(decision.of, decision);
    if (subject == kNone && decision.article != decision.of) subject = known_.add(decision.article, decision.at);
    if (decision.article == decision.of) {
      subject = original;
    } else {
      Known& repeater = known_.at(subject);
      repeater.repeated = original;
      if (!is_teaser_of(repeater.fields, decision.fields)) repeater.fields = decision.fields;
    }
    known_.at(subject).repeats = decision.repeat;
    known_.touch(subject, decision.at);
    known_.touch(original, decision.at);  // after its copy: an original outlives what repeats it
  } else {
    if (subject == kNone) subject = known_.add(decision.article, decision.at);
    Known& article = known_.at(subject);
    article.repeated = kNone;
    article.event = decision.event;
    article.fields = decision.fields;
    article.version = decision.version;
    article.story = decision.story;
    article.story_size = decision.story_size;
    if (decision.kind == VerdictKind::New)
      known_.take_text(subject, decision.content);
    else
      known_.learn_text(subject, decision.content, decision.version);
    known_.touch(subject, decision.at);
  }
  for (const IdentityKey& identity : decision.identities) known_.learn_identity(subject, identity);
}

std::unique_ptr<Placer> make_exact_placer() { return std::make_unique<ExactPlacer>(); }

}  // namespace newsd
