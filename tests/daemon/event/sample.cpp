#include "tests/daemon/event/sample.h"

#include "daemon/event/daemon_event.h"

#include <utility>

namespace newsd {
namespace {

enum class SampleError { Short, Broken, Expired, TooMany };
std::string_view code_of(SampleError e) {
  switch (e) {
    case SampleError::Short: return "too-short";
    case SampleError::Broken: return "xml-not-well-formed";
    case SampleError::Expired: return "expired";
    case SampleError::TooMany: return "http-429";
  }
  return "";
}

constexpr std::string_view kFeed = "https://feeds.example/harbour.xml";

Record feed_record(EventType type, std::string_view rest, std::uint64_t sequence) {
  std::string placed = R"("feed":{"uri":")" + std::string(kFeed) + R"(","name":"harbour",)" + std::string(rest) + "}";
  Record record = record_of(type, std::string(kFeed), std::move(placed), sequence);
  record.severity = type == EventType::FeedRecovered ? Severity::Info : Severity::Warn;
  return record;
}

Record story_record(EventType type, std::string_view more, std::uint64_t sequence) {
  const std::string story = urn_of(sample_uuid(0xA0)), article = urn_of(sample_uuid(0x01));
  std::string placed = R"("story":{"uri":")" + story + R"(","headline":"Ferry strike ends after nine days","size":3,)" +
                       R"("sources":2,"firstSeen":"2026-03-04T05:06:07.089Z","lastSeen":"2026-03-04T07:06:07.089Z",)" +
                       R"("articles":[")" + article + R"("],"keywords":["ferry","strike"])" + std::string(more) + "}";
  Record record = record_of(type, story, std::move(placed), sequence);
  record.story = StoryId(sample_uuid(0xA0));
  return record;
}

Record withdrawn_record(std::uint64_t sequence) {
  const std::string article = urn_of(sample_uuid(0x01));
  Record record =
      record_of(EventType::ArticleWithdrawn, article,
                R"("uri":")" + article + R"(","type":"text","representationType":"partial","version":"3",)" +
                    R"("pubStatus":"canceled")" + "\n" +
                    R"("version":3,"reason":{"code":"retracted","text":"the publisher took it back"})",
                sequence);
  record.cause = EventId(sample_uuid(0xE2));
  return record;
}

DaemonFacts facts() {
  DaemonFacts facts;
  facts.newsd = sample_version().newsd;
  facts.config = sample_version().config;
  facts.models = sample_labels().models;
  return facts;
}

Record daemon_record(EventType type, const DaemonFacts& said, std::uint64_t sequence) {
  Record record = record_of(type, "newsd://news.example/main", placed_daemon(said), sequence);
  record.severity = Severity::Info;
  return record;
}

void add_articles(std::vector<Record>& records) {
  const auto next = [&] { return records.size() + 1; };
  records.push_back(article_record(EventType::ArticleNew, full_article(), new_verdict(), next()));
  Record story = record_of(EventType::StoryStarted, urn_of(sample_uuid(0xA0)),
                           placed_story(sample_story(), {.added = {new_verdict().article}}), next());
  story.story = StoryId(sample_uuid(0xA0));
  story.cause = records.front().id;
  records.push_back(story);
  records.push_back(article_record(EventType::ArticleNew, bare_article(), new_verdict(), next()));
  records.push_back(article_record(EventType::ArticleNew, hostile_article(), new_verdict(), next()));
  records.push_back(article_record(EventType::ArticleUpdated, full_article(), update_verdict(), next()));
  records.push_back(article_record(EventType::ArticleDuplicate, full_article(), duplicate_verdict(), next()));

  Origin origin = sample_origin();
  origin.member = "7";
  const Error too_short(SampleError::Short, "there is neither a headline nor a body", "line 7");
  records.push_back(
      record_of(EventType::ArticleRejected, origin.uri + "#7", placed_refusal(too_short, origin, "row-7"), next()));
  records.push_back(withdrawn_record(next()));
}

}  // namespace

std::vector<Record> one_of_every_type() {
  std::vector<Record> records;
  const auto next = [&] { return records.size() + 1; };
  add_articles(records);
  records.push_back(
      story_record(EventType::StoryUpdated, R"(,"added":["urn:uuid:5e1f0000-0000-5000-8000-000000000002"])", next()));
  records.push_back(story_record(EventType::StoryMerged,
                                 R"(,"mergedFrom":["urn:uuid:5e1f0000-0000-5000-8000-0000000000a1"])", next()));
  records.push_back(
      story_record(EventType::StoryClosed, R"(,"reason":{"code":"quiet","text":"nothing new for four days"})", next()));
  records.push_back(feed_record(
      EventType::FeedError,
      R"("state":"failing","reason":{"code":"http-429","text":"429 Too Many Requests","retryable":true},"httpStatus":429,"failures":3,"nextTry":"2026-03-04T06:06:07Z")",
      next()));
  records.push_back(feed_record(EventType::FeedRecovered,
                                R"("state":"ok","httpStatus":200,"failures":0,"since":"2026-03-04T05:06:07Z")",
                                next()));
  records.push_back(feed_record(
      EventType::FeedMoved, R"("state":"moved","movedTo":"https://feeds.example/port.xml","httpStatus":308)", next()));
  records.push_back(feed_record(EventType::FeedGone, R"("state":"gone","httpStatus":410)", next()));
  records.push_back(feed_record(EventType::FeedSilent,
                                R"("state":"silent","lastArticle":"2026-02-04T05:06:07Z","usualInterval":"PT6H")",
                                next()));

  Origin broken = sample_origin();
  broken.uri = "file:///srv/inbox/broken.xml";
  broken.name = "broken.xml";
  broken.format = Format::Rss;
  broken.charset.reset();
  const Error malformed(SampleError::Broken, "the file ends inside element <item>", "line 88, column 12");
  records.push_back(record_of(EventType::InputQuarantined, broken.uri, placed_refusal(malformed, broken), next()));
  records.back().severity = Severity::Error;
  Origin unread = broken;
  unread.bytes = 0;
  unread.sha256 = {};
  unread.format = Format::Unknown;
  records.push_back(record_of(EventType::InputQuarantined, unread.uri,
                              placed_refusal(Error(SampleError::Broken, "it is a FIFO"), unread), next()));

  records.push_back(record_of(
      EventType::StreamGap, "newsd://news.example/main",
      placed_gap(Sequence(1), Sequence(next()), Error(SampleError::Expired, "older than retention keeps")), next()));
  records.back().recorded = {};
  DaemonFacts started = facts();
  started.previous = DaemonFacts::Previous::Unclean;
  records.push_back(daemon_record(EventType::DaemonStarted, started, next()));
  DaemonFacts reloaded = facts();
  reloaded.cause = "SIGHUP";
  reloaded.changed = {"dedupe.window", "journal.retain"};
  records.push_back(daemon_record(EventType::DaemonReloaded, reloaded, next()));
  DaemonFacts stopping = facts();
  stopping.cause = "SIGTERM";
  records.push_back(daemon_record(EventType::DaemonStopping, stopping, next()));
  return records;
}

}  // namespace newsd
