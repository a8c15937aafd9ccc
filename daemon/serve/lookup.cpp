#include "daemon/serve/lookup.h"

#include "daemon/event/event_subject.h"
#include "daemon/event/json_text.h"
#include "daemon/event/json_walk.h"
#include "daemon/ops/log.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr std::string_view kUrn = "urn:uuid:";
enum class About { Article, Story };

std::string_view noun(About what) { return what == About::Article ? "article" : "story"; }

bool is_about(EventType type, About what) {
  return to_string(type).starts_with(what == About::Article ? "newsd.article." : "newsd.story.");
}

HttpAnswer not_known(About what) {
  std::string words = "the journal has no event about this ";
  return error_answer(404, Error(LookupError::NotKnown, words.append(noun(what)).append(", or none any more")));
}

HttpAnswer unreadable(const Error& error) {
  log_warn("serve", "what was asked for cannot be read", {{"error", error.message()}});
  return error_answer(503, Error(LookupError::Unreadable, "the journal cannot be read now"));
}

/// What is told of an event that is not told whole.
void write_outline(JsonText& json, const Record& record) {
  json.member("sequence", digits_of(record.sequence)).member("id", record.id.value().to_string());
  json.member("type", to_string(record.type)).member("time", to_rfc3339(record.time));
  json.member("recordedtime", to_rfc3339(record.recorded));
  if (record.story) json.member("correlationid", urn_of(record.story->value()));
  if (record.cause) json.member("causationid", record.cause->value().to_string());
}

struct Known {
  std::string subject;
  std::vector<Record> history;  ///< the latest first; at least one
  SharedEvent event;            ///< the latest
};

/// The events about it, or the answer that takes their place.
std::variant<Known, HttpAnswer> known(About what, const Uuid& id, History& history) {
  Known found;
  found.subject = urn_of(id);
  auto events = history.about(found.subject, kHistoryTold + 1);
  if (!events) return unreadable(events.error());
  found.history = *std::move(events);
  if (found.history.empty() || !is_about(found.history.front().type, what)) return not_known(what);
  auto latest = history.event(found.history.front().sequence);
  if (!latest) return unreadable(latest.error());
  if (*latest == nullptr) return not_known(what);  // retention was faster
  found.event = *std::move(latest);
  return found;
}

/// `subject`, `event`; the object stays open.
void begin_answer(JsonText& json, const Known& found) {
  json.begin_object().member("subject", found.subject).key("event").raw(found.event->json());
}

HttpAnswer end_answer(JsonText& json, const Known& found) {
  const std::size_t told = std::min(found.history.size(), kHistoryTold);
  json.key("history").begin_array();
  for (std::size_t i = 0; i < told; ++i) {
    json.begin_object();
    write_outline(json, found.history[i]);
    json.end_object();
  }
  json.end_array().key("earlier").boolean(found.history.size() > told);
  return {200, "application/json", json.end_object().take() + '\n', {}};
}

/// The articles a story's event names, oldest first as there.
std::vector<std::string> articles_of(std::string_view story_event) {
  std::vector<std::string> subjects;
  walk_json(story_event, [&](const JsonLeaf& leaf) {
    if (leaf.path.starts_with("data.story.articles.") && leaf.is_string) subjects.emplace_back(leaf.text);
  });
  return subjects;
}

/// One element of `articles`; an article whose events have left the journal is there by its name alone.
Result<void> write_article(JsonText& json, const std::string& subject, History& history) {
  const auto latest = history.about(subject, 1);
  if (!latest) return latest.error();
  json.begin_object().member("subject", subject);
  if (!latest->empty()) {
    const Record& record = latest->front();
    const auto event = history.event(record.sequence);
    if (!event) return event.error();
    json.member("sequence", digits_of(record.sequence)).member("type", to_string(record.type));
    json.member("time", to_rfc3339(record.time));
    if (*event != nullptr) {
      const EventSubject told = subject_of_event((*event)->json());
      json.member_if("headline", told.headline).member_if("language", told.language);
    }
  }
  json.end_object();
  return {};
}

std::optional<Uuid> id_of(std::string_view text) {
  if (text.starts_with(kUrn)) text.remove_prefix(kUrn.size());
  return Uuid::parse(text);
}

HttpAnswer bad_id() {
  return error_answer(400, Error(LookupError::BadId, "an id is a UUID, alone or behind \"urn:uuid:\""));
}

}  // namespace

std::string_view code_of(LookupError e) {
  switch (e) {
    case LookupError::BadId: return "bad-id";
    case LookupError::NotKnown: return "not-known";
    case LookupError::Unreadable: return "journal-unreadable";
  }
  return "not-known";
}

HttpAnswer article_answer(std::string_view id, const ServeTerms& terms) {
  const std::optional<Uuid> uuid = id_of(id);
  if (!uuid) return bad_id();
  auto found = known(About::Article, *uuid, terms.context.history);
  if (auto* answer = std::get_if<HttpAnswer>(&found)) return std::move(*answer);
  JsonText json;
  begin_answer(json, std::get<Known>(found));
  return end_answer(json, std::get<Known>(found));
}

HttpAnswer story_answer(std::string_view id, const ServeTerms& terms) {
  const std::optional<Uuid> uuid = id_of(id);
  if (!uuid) return bad_id();
  History& history = terms.context.history;
  const auto into = history.merged_into(StoryId(*uuid));
  if (!into) return unreadable(into.error());
  auto found = known(About::Story, *uuid, history);
  if (auto* answer = std::get_if<HttpAnswer>(&found)) return std::move(*answer);
  const Known& story = std::get<Known>(found);
  JsonText json;
  begin_answer(json, story);
  if (*into) json.member("mergedInto", urn_of((*into)->value()));
  const std::vector<std::string> articles = articles_of(story.event->json());
  json.key("articles").begin_array();
  for (std::size_t i = 0; i < std::min(articles.size(), kStoryArticlesShown); ++i) {
    if (auto written = write_article(json, articles[articles.size() - 1 - i], history); !written)
      return unreadable(written.error());
  }
  json.end_array();
  return end_answer(json, story);
}

}  // namespace newsd
