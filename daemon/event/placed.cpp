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

void write_likeness(JsonText& json, const Verdict& verdict) {
  json.key("similarity").decimal(share(verdict.similarity)).key("containment").decimal(share(verdict.containment));
  write_strings(json, "evidence", verdict.evidence);
}

/// A new article repeats nothing, but may tell again what another told; an update says by what it was known again.
void write_dedupe(JsonText& json, const Verdict& verdict) {
  json.key("dedupe").begin_object();
  switch (verdict.kind) {
    case VerdictKind::New:
      if (verdict.of != ArticleId{}) {
        json.member("verdict", "revision").member("of", urn_of(verdict.of.value()));
        write_likeness(json, verdict);
        break;
      }
      json.member("verdict", "unique").key("nearest");
      verdict.nearest == ArticleId{} ? json.null() : json.string(urn_of(verdict.nearest.value()));
      if (verdict.nearest != ArticleId{})
        write_likeness(json, verdict);
      else if (!verdict.evidence.empty())
        write_strings(json, "evidence", verdict.evidence);
      break;
    case VerdictKind::Updated:
      json.member("verdict", "unique");
      if (!verdict.evidence.empty()) write_strings(json, "evidence", verdict.evidence);
      break;
    case VerdictKind::Duplicate:
      json.member("verdict", "duplicate").member("of", urn_of(verdict.of.value()));
      json.member("kind", to_string(verdict.how));
      write_likeness(json, verdict);
      break;
  }
  json.end_object();
}

void write_story(JsonText& json, const Verdict& verdict) {
  const bool alone = verdict.story_size == 1 && verdict.kind != VerdictKind::Duplicate;
  json.key("story").begin_object().member("uri", urn_of(verdict.story.value()));
  json.member("role", verdict.starts_story || alone ? "first" : "member").key("size");
  json.integer(verdict.story_size);
  if (verdict.story_likeness > 0) json.key("similarity").decimal(share(verdict.story_likeness));
  if (verdict.topic != TopicId{}) json.member("topic", urn_of(verdict.topic.value()));
  json.end_object();
}

void write_revision(JsonText& json, const Revision& revision) {
  json.key("revision").begin_object().key("of").integer(revision.of);
  write_strings(json, "changed", revision.changed);
  if (revision.words)
    json.key("wordsAdded").integer(revision.words->added).key("wordsRemoved").integer(revision.words->removed);
  if (!revision.numbers.empty()) {
    json.key("numbers").begin_array();
    for (const NumberChange& number : revision.numbers) {
      json.begin_object().member("old", number.before).member("new", number.after);
      json.member_if("context", shortened(number.context, kMaxFieldBytes)).end_object();
    }
    json.end_array();
  }
  json.end_object();
}

}  // namespace

std::string placed_article(const Verdict& verdict) {
  const bool full = verdict.kind != VerdictKind::Duplicate;
  JsonText json;
  json.member("uri", urn_of(verdict.article.value())).member("version", std::to_string(verdict.version));
  json.member("pubStatus", "usable").member("representationType", full ? "full" : "partial");
  json.next_line().key("version").integer(verdict.version);
  write_dedupe(json, verdict);
  const bool retells = verdict.kind == VerdictKind::New && verdict.of != ArticleId{};
  if (verdict.kind == VerdictKind::Updated || retells) write_revision(json, verdict.revision);
  write_story(json, verdict);
  return json.take();
}

std::string placed_story(const StoryFacts& story, const StoryNews& news) {
  JsonText json;
  json.key("story").begin_object().member("uri", urn_of(story.story.value()));
  json.member_if("headline", shortened(story.headline, kMaxFieldBytes));
  json.key("size").integer(story.size);
  if (story.sources > 0) json.key("sources").integer(story.sources);
  json.member("firstSeen", to_rfc3339(story.first_seen)).member("lastSeen", to_rfc3339(story.last_seen));
  const auto write_urns = [&json](std::string_view name, const auto& ids) {
    json.key(name).begin_array();
    for (const auto& id : ids) json.string(urn_of(id.value()));
    json.end_array();
  };
  write_urns("articles", story.articles);
  if (!news.added.empty()) write_urns("added", news.added);
  if (!news.merged_from.empty()) write_urns("mergedFrom", news.merged_from);
  if (story.topic != TopicId{}) json.member("topic", urn_of(story.topic.value()));
  if (news.reason) write_reason(json, *news.reason);
  return json.end_object().take();
}

std::string placed_refusal(const Error& reason, const Origin& origin, std::string_view id) {
  JsonText json;
  write_reason(json, reason);
  write_origin(json, origin);
  return json.member_if("id", shortened(id, kMaxFieldBytes)).take();
}

}  // namespace newsd
