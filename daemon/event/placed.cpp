#include "daemon/event/article_event.h"
#include "daemon/event/json_text.h"
#include "daemon/event/members.h"
#include "feeds/text/utf8.h"

#include <algorithm>

namespace newsd {
namespace {

void write_strings(JsonText& json, std::string_view name, const std::vector<std::string>& strings) {
  json.key(name).begin_array();
  const std::size_t count = std::min(strings.size(), kMaxListed);
  for (std::size_t i = 0; i < count; ++i) json.string(shortened(strings[i], kMaxFieldBytes));
  json.end_array();
}

double share(double value) { return value >= 0 && value <= 1 ? value : value > 1 ? 1 : 0; }

/// A new article repeats nothing and nothing like it is known; an update says by what it was known again.
void write_dedupe(JsonText& json, const Verdict& verdict) {
  json.key("dedupe").begin_object();
  switch (verdict.kind) {
    case VerdictKind::New: json.member("verdict", "unique").key("nearest").null(); break;
    case VerdictKind::Updated:
      json.member("verdict", "unique");
      if (!verdict.evidence.empty()) write_strings(json, "evidence", verdict.evidence);
      break;
    case VerdictKind::Duplicate:
      json.member("verdict", "duplicate").member("of", urn_of(verdict.of.value()));
      json.member("kind", to_string(verdict.how)).key("similarity").decimal(share(verdict.similarity));
      json.key("containment").decimal(share(verdict.containment));
      write_strings(json, "evidence", verdict.evidence);
      break;
  }
  json.end_object();
}

void write_story(JsonText& json, const Verdict& verdict) {
  const bool alone = verdict.story_size == 1 && verdict.kind != VerdictKind::Duplicate;
  json.key("story").begin_object().member("uri", urn_of(verdict.story.value()));
  json.member("role", verdict.starts_story || alone ? "first" : "member").key("size");
  json.integer(verdict.story_size).end_object();
}

}  // namespace

std::string placed_article(const Verdict& verdict) {
  const bool full = verdict.kind != VerdictKind::Duplicate;
  JsonText json;
  json.member("uri", urn_of(verdict.article.value())).member("version", std::to_string(verdict.version));
  json.member("pubStatus", "usable").member("representationType", full ? "full" : "partial");
  json.next_line().key("version").integer(verdict.version);
  write_dedupe(json, verdict);
  if (verdict.kind == VerdictKind::Updated) {
    json.key("revision").begin_object().key("of").integer(verdict.revision.of);
    write_strings(json, "changed", verdict.revision.changed);
    json.end_object();
  }
  write_story(json, verdict);
  return json.take();
}

std::string placed_story_started(const Verdict& verdict, const Candidate& candidate, Instant at) {
  const std::string article = urn_of(verdict.article.value());
  const std::string seen = to_rfc3339(at);
  JsonText json;
  json.key("story").begin_object().member("uri", urn_of(verdict.story.value()));
  json.member_if("headline", shortened(candidate.headline, kMaxFieldBytes));
  json.key("size").integer(verdict.story_size).member("firstSeen", seen).member("lastSeen", seen);
  json.key("articles").begin_array().string(article).end_array();
  json.key("added").begin_array().string(article).end_array();
  return json.end_object().take();
}

std::string placed_refusal(const Error& reason, const Origin& origin, std::string_view id) {
  JsonText json;
  write_reason(json, reason);
  write_origin(json, origin);
  return json.member_if("id", shortened(id, kMaxFieldBytes)).take();
}

}  // namespace newsd
