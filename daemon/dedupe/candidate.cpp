#include "daemon/dedupe/content.h"
#include "daemon/dedupe/identity.h"
#include "daemon/dedupe/place.h"
#include "feeds/text/utf8.h"

#include <utility>

namespace newsd {

std::string_view to_string(DuplicateKind k) {
  switch (k) {
    case DuplicateKind::SameId: return "same-id";
    case DuplicateKind::SameUrl: return "same-url";
    case DuplicateKind::Exact: return "exact";
    case DuplicateKind::Near: return "near";
    case DuplicateKind::Syndicated: return "syndicated";
    case DuplicateKind::Contained: return "contained";
  }
  return "exact";
}

Candidate candidate_of(const Article& article, const Origin& origin, GuidSays guid) {
  Candidate made;
  ComparedBody body = compared_body(article);
  made.content = content_key(article, body);
  made.fields = field_hashes(article);
  made.headline = article.headline.empty() ? article.title : article.headline;
  Sketched sketched = sketch_of(article, std::move(body));
  made.sketch = std::move(sketched.sketch);
  made.text = std::move(sketched.text);
  auto identities = identities_of(article, origin, made.content, guid);
  made.self = article_named(identities.front());
  for (Identity& identity : identities) {
    made.identities.push_back(identity.key);
    made.identified_by.push_back(std::move(identity.words));
  }
  return made;
}

Decision decision_of(const Candidate& candidate, const Verdict& verdict, EventId event, Instant now) {
  Decision made;
  made.at = now;
  made.kind = verdict.kind;
  made.article = verdict.article;
  made.event = event;
  made.version = verdict.version;
  made.of = verdict.of;
  made.repeat = verdict.repeat;
  made.identities = candidate.identities;
  made.content = candidate.content;
  made.fields = candidate.fields;
  made.story = verdict.story;
  made.story_size = verdict.story_size;
  made.topic = verdict.topic;
  if (verdict.starts_story) made.headline = shortened(candidate.headline, kMostHeadline);
  const bool same_text = verdict.kind == VerdictKind::Duplicate && verdict.how <= DuplicateKind::Exact;
  if (!same_text) made.sketch = candidate.sketch;
  return made;
}

}  // namespace newsd
