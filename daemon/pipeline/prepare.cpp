#include "daemon/pipeline/prepare.h"

#include "daemon/pipeline/prepare_items.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

/// The subject of an event about something that is no article: the input, and which part of it.
std::string subject_of(const Origin& origin) {
  return origin.member.empty() ? origin.uri : origin.uri + "#" + origin.member;
}

PreparedRefusal refusal(EventType type, const Error& reason, const Origin& origin, const std::string& id) {
  return {type, subject_of(origin), placed_refusal(reason, origin, id)};
}

const RuleLabel* rejecting_rule(const Labels& labels) {
  const auto rule =
      std::find_if(labels.rules.begin(), labels.rules.end(), [](const RuleLabel& r) { return r.rejects; });
  return rule == labels.rules.end() ? nullptr : &*rule;
}

}  // namespace

std::string_view code_of(PrepareError e) {
  switch (e) {
    case PrepareError::RejectedByRule: return "rejected-by-rule";
  }
  return "rejected-by-rule";
}

PreparedRefusal prepare_refusal(const Refusal& refused, Origin origin) {
  origin.member = refused.member;
  return refusal(EventType::ArticleRejected, refused.reason, origin, refused.id);
}

PreparedItem prepare_article(Article article, Candidate candidate, const Origin& origin, const Preparation& preparation,
                             const Learned& learned) {
  Lesson lesson;
  if (learned.knowledge != nullptr) {
    std::string source = source_of(article, origin);
    const SourceKnowledge* known = learned.of(source);
    lesson = learn(article, std::move(source), known, learned.enough);
  }
  const Labels labels = label(article, *preparation.resources, preparation.labelling);
  if (const RuleLabel* rule = rejecting_rule(labels)) {
    const Error reason(PrepareError::RejectedByRule, "the rule \"" + rule->id + "\" rejects it");
    return refusal(EventType::ArticleRejected, reason, origin, article.id);
  }
  return PreparedArticle{std::move(candidate), encode_article(article, labels, origin, preparation.version),
                         std::move(lesson)};
}

SharedGuids shared_guids_of(const Reading& reading, std::vector<std::string>& warnings) {
  SharedGuids shared;
  for (const auto& item : reading.items) {
    if (const auto* article = std::get_if<Article>(&item)) shared.see(*article);
  }
  if (shared.size() > 0)
    warnings.push_back("entries with different pages share a guid (" + std::to_string(shared.size()) +
                       " such): they are told apart by their URLs");
  return shared;
}

Prepared prepare(const Document& document, const Preparation& preparation, const Learned& learned) {
  Result<Reading> reading = read(document, preparation.limits, learned);
  if (!reading) return prepare_refused(document, reading.error());
  if (reading->items.empty()) {
    return prepare_refused(document, Error(ReadError::NoArticle, "nothing in it could be read as an article"));
  }

  const SharedGuids guids = shared_guids_of(*reading, reading->warnings);
  Prepared prepared;
  prepared.items.reserve(reading->items.size());
  for (auto& item : reading->items) {
    Origin origin = reading->origin;
    if (const auto* refused = std::get_if<Refusal>(&item)) {
      prepared.items.emplace_back(prepare_refusal(*refused, std::move(origin)));
      continue;
    }
    Article article = std::get<Article>(std::move(item));  // gone when it is prepared: there may be many
    origin.member = article.member;
    Candidate candidate = candidate_of(article, origin, guids.says(article));
    prepared.items.push_back(prepare_article(std::move(article), std::move(candidate), origin, preparation, learned));
  }
  prepared.origin = std::move(reading->origin);
  prepared.warnings = std::move(reading->warnings);
  return prepared;
}

Prepared prepare_refused(const Document& document, const Error& reason) {
  Prepared prepared;
  prepared.origin = document.origin;
  PreparedRefusal refused = refusal(EventType::InputQuarantined, reason, document.origin, {});
  prepared.quarantine_reason = "{" + refused.placed + "}";
  prepared.items.emplace_back(std::move(refused));
  return prepared;
}

}  // namespace newsd
