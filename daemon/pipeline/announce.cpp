#include "daemon/pipeline/announce.h"

#include "daemon/dedupe/text_changes.h"
#include "daemon/event/feed_event.h"
#include "daemon/event/printed_body.h"

#include <fmt/format.h>

#include <utility>

namespace newsd {
namespace {

std::string urn(const Uuid& id) { return "urn:uuid:" + id.to_string(); }

EventType type_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::New: return EventType::ArticleNew;
    case VerdictKind::Updated: return EventType::ArticleUpdated;
    case VerdictKind::Duplicate: return EventType::ArticleDuplicate;
  }
  return EventType::ArticleNew;
}

/// Tells apart events of equal type, subject and version: what a text says, or which repetition it is.
std::string cause_of(const Verdict& verdict, const Candidate& candidate) {
  if (verdict.kind == VerdictKind::Duplicate) {
    return fmt::format("{}#{}", verdict.of_event.value().to_string(), verdict.repeat);
  }
  return fmt::format("{:016x}{:016x}", candidate.content.high, candidate.content.low);
}

Record& next_record(Batch& batch, Stream& stream, EventType type, Instant time) {
  stream.last = Sequence(stream.last.value() + 1);
  Record& record = batch.events.emplace_back();
  record.sequence = stream.last;
  record.type = type;
  record.time = time;
  record.source = stream.source;
  return record;
}

/// Why stories change without a new article.
enum class StoryReason { Alike, Split, Quiet };
std::string_view code_of(StoryReason r) {
  switch (r) {
    case StoryReason::Alike: return "alike";
    case StoryReason::Split: return "split";
    case StoryReason::Quiet: return "quiet";
  }
  return "alike";
}

void announce_story(EventType type, const StoryFacts& story, const StoryNews& news, std::optional<EventId> cause,
                    Instant at, Stream& stream, Batch& batch) {
  Record& record = next_record(batch, stream, type, at);
  record.subject = urn(story.story.value());
  record.id = event_id(type, record.subject, story.size, cause ? cause->value().to_string() : std::string());
  record.story = story.story;
  record.cause = cause;
  record.placed = placed_story(story, news);
}

/// What placing a new article did to its story.
void announce_joined(const Verdict& verdict, const Candidate& candidate, Instant at, EventId article_event,
                     const Placer& placer, Stream& stream, Batch& batch) {
  StoryFacts alone{verdict.story, verdict.topic, candidate.headline, 1, 0, at, at, {verdict.article}};
  const StoryFacts story = placer.story(verdict.story).value_or(std::move(alone));
  const EventType type = verdict.starts_story ? EventType::StoryStarted : EventType::StoryUpdated;
  announce_story(type, story, {{verdict.article}, {}, {}}, article_event, at, stream, batch);
}

void keep(const StoryChange& change, Placer& placer, const Stream& stream, Batch& batch) {
  placer.remember(change);
  batch.changes.push_back(change);
  batch.change_events.push_back(stream.last.value() + 1);
}

/// record: of the update, its content written.
void tell_changes(const Record& record, const Candidate& candidate, EarlierBodies& earlier, Verdict& verdict) {
  const auto before = earlier.find(record.subject, verdict.of_event);
  if (!before) return;
  if (const auto after = printed_body(record)) tell_changes(*before, *after, candidate, verdict.revision);
}

/// Whether it was new and repeats no other.
bool announce_article(PreparedArticle article, Instant at, Placer& placer, Stream& stream, Batch& batch,
                      EarlierBodies& earlier) {
  Verdict verdict = placer.place(article.candidate, at);
  const bool full = verdict.kind != VerdictKind::Duplicate;
  if (!full) ++batch.totals.duplicates[static_cast<std::size_t>(verdict.how)];

  Record& record = next_record(batch, stream, type_of(verdict.kind), at);
  const EventId id =
      event_id(record.type, urn(verdict.article.value()), verdict.version, cause_of(verdict, article.candidate));
  record.id = id;
  record.subject = urn(verdict.article.value());
  record.story = verdict.story;
  if (verdict.kind != VerdictKind::New || verdict.of != ArticleId{}) record.cause = verdict.of_event;
  record.payload = std::move(article.encoded.core.frame);
  record.content = std::move(article.encoded.core.content);
  if (full) {
    record.payload += article.encoded.body.frame;
    record.content += article.encoded.body.content;
  }
  if (verdict.kind == VerdictKind::Updated) tell_changes(record, article.candidate, earlier, verdict);
  record.placed = placed_article(verdict);

  Decision decision = decision_of(article.candidate, verdict, id, at);
  placer.remember(decision);
  batch.decisions.push_back(std::move(decision));
  batch.decision_events.push_back(stream.last.value());

  if (verdict.kind == VerdictKind::New) announce_joined(verdict, article.candidate, at, id, placer, stream, batch);
  announce_tended(id, at, placer, stream, batch);
  return verdict.kind == VerdictKind::New && verdict.of == ArticleId{};
}

void announce_refusal(PreparedRefusal refusal, const Origin& origin, Stream& stream, Batch& batch) {
  Record& record = next_record(batch, stream, refusal.type, origin.received_at);
  record.severity = refusal.type == EventType::InputQuarantined ? Severity::Error : Severity::None;
  // the same broken file may come again and is then another event: its place in the stream tells them apart
  record.id =
      event_id(refusal.type, refusal.subject, 1, fmt::format("{}:{}", origin.sha256.to_hex(), stream.last.value()));
  record.subject = std::move(refusal.subject);
  record.placed = std::move(refusal.placed);
}

}  // namespace

void announce_tended(std::optional<EventId> cause, Instant at, Placer& placer, Stream& stream, Batch& batch) {
  for (const StoryChange& change : placer.tend(at)) {
    const auto before = placer.story(change.story);
    if (!before) continue;
    keep(change, placer, stream, batch);
    switch (change.kind) {
      case StoryChange::Kind::Closed: {
        const Error reason(StoryReason::Quiet, "nothing new for as long as a story stays open");
        announce_story(EventType::StoryClosed, *before, {{}, {}, reason}, cause, at, stream, batch);
        break;
      }
      case StoryChange::Kind::Merged: {
        const Error reason(StoryReason::Alike, "what both tell has become the same");
        const auto merged = placer.story(change.into).value_or(*before);
        announce_story(EventType::StoryMerged, merged, {{}, {change.story}, reason}, cause, at, stream, batch);
        break;
      }
      case StoryChange::Kind::Split: {
        const Error reason(StoryReason::Split, "some of its articles proved to tell of something else");
        const auto made = placer.story(change.into).value_or(*before),
                   left = placer.story(change.story).value_or(*before);
        announce_story(EventType::StoryStarted, made, {change.articles, {}, reason}, cause, at, stream, batch);
        announce_story(EventType::StoryUpdated, left, {{}, {}, reason}, cause, at, stream, batch);
        break;
      }
    }
  }
}

std::vector<Lesson> announce(Prepared prepared, Placer& placer, Stream& stream, Batch& batch, EarlierBodies& earlier) {
  std::vector<Lesson> lessons;
  for (auto& item : prepared.items) {
    if (auto* article = std::get_if<PreparedArticle>(&item)) {
      Lesson lesson = std::move(article->lesson);
      const bool is_new =
          announce_article(std::move(*article), prepared.origin.received_at, placer, stream, batch, earlier);
      if (is_new && !lesson.source.empty()) lessons.push_back(std::move(lesson));
    } else {
      announce_refusal(std::move(std::get<PreparedRefusal>(item)), prepared.origin, stream, batch);
    }
  }
  return lessons;
}

void announce_feed(const FeedUpdate& update, Instant at, Stream& stream, Batch& batch) {
  FeedRow& row = batch.feeds.emplace_back();
  row.feed = update.feed;
  row.leaves = update.leaves;
  row.state = encode(update.state);
  if (update.shown) row.shown = encode_shown(*update.shown);
  if (update.hub) row.hub = encode(*update.hub);
  for (const auto& entry : update.held) batch.held.push_back({entry->key, encode(*entry)});
  for (const FeedNotice& notice : update.notices) {
    Record& record = next_record(batch, stream, type_of(notice.kind), at);
    record.severity = severity_of(notice.kind);
    record.subject = update.feed;
    record.id = event_id(record.type, update.feed, 1, fmt::format("poll {}", update.state.polls));
    record.placed = placed_feed(notice, update.feed, update.name, update.state);
  }
}

void announce_daemon(EventType type, std::string subject, std::string members, Instant at, Stream& stream,
                     Batch& batch) {
  Record& record = next_record(batch, stream, type, at);
  record.severity = Severity::Info;
  record.id = event_id(type, subject, 1, fmt::format("{}", stream.last.value()));
  record.subject = std::move(subject);
  record.placed = std::move(members);
}

}  // namespace newsd
