#include "daemon/pipeline/announce.h"

#include "daemon/event/feed_event.h"

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

void announce_story(const Verdict& verdict, const Candidate& candidate, Instant at, EventId article_event,
                    Stream& stream, Batch& batch) {
  Record& record = next_record(batch, stream, EventType::StoryStarted, at);
  record.subject = urn(verdict.story.value());
  record.id = event_id(record.type, record.subject, 1, article_event.value().to_string());
  record.story = verdict.story;
  record.cause = article_event;
  record.placed = placed_story_started(verdict, candidate, at);
}

void announce_article(PreparedArticle article, Instant at, Placer& placer, Stream& stream, Batch& batch) {
  const Verdict verdict = placer.place(article.candidate, at);
  const bool full = verdict.kind != VerdictKind::Duplicate;

  Record& record = next_record(batch, stream, type_of(verdict.kind), at);
  const EventId id =
      event_id(record.type, urn(verdict.article.value()), verdict.version, cause_of(verdict, article.candidate));
  record.id = id;
  record.subject = urn(verdict.article.value());
  record.story = verdict.story;
  if (verdict.kind != VerdictKind::New) record.cause = verdict.of_event;
  record.placed = placed_article(verdict);
  record.payload = std::move(article.encoded.core);
  if (full) record.payload += article.encoded.body;

  Decision decision = decision_of(article.candidate, verdict, id, at);
  placer.remember(decision);
  batch.decisions.push_back(std::move(decision));
  batch.decision_events.push_back(stream.last.value());

  if (verdict.starts_story) announce_story(verdict, article.candidate, at, id, stream, batch);
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

void announce(Prepared prepared, Placer& placer, Stream& stream, Batch& batch) {
  for (auto& item : prepared.items) {
    if (auto* article = std::get_if<PreparedArticle>(&item)) {
      announce_article(std::move(*article), prepared.origin.received_at, placer, stream, batch);
    } else {
      announce_refusal(std::move(std::get<PreparedRefusal>(item)), prepared.origin, stream, batch);
    }
  }
}

void announce_feed(const FeedUpdate& update, Instant at, Stream& stream, Batch& batch) {
  FeedRow& row = batch.feeds.emplace_back();
  row.feed = update.feed;
  row.state = encode(update.state);
  if (update.shown) row.shown = encode_shown(*update.shown);
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
