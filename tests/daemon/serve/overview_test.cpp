// Stories that are being told now, and how the feeds are doing.
#include "daemon/serve/overview.h"
#include "tests/daemon/serve/http_client.h"

namespace newsd {
namespace {

std::string subject_of(int n) { return "urn:uuid:0000000" + std::to_string(n) + "-2222-5333-8444-555555555555"; }

Record told(std::uint64_t sequence, int n, EventType type, const std::string& more = {}) {
  Record record = story_event(sequence);
  record.type = type;
  record.subject = subject_of(n);
  record.placed = R"("story":{"uri":")" + record.subject + R"(","headline":"Story \")" + std::to_string(n) +
                  R"(\"","size":3,"articles":["urn:uuid:x"])" + more + "}";
  return record;
}

FeedState failing(const std::string& code, Instant since) {
  FeedState state;
  state.polls = 9;
  state.failures = 3;
  state.failing_since = since;
  state.failure = code;
  state.failure_text = "no \"answer\"";
  return state;
}

}  // namespace

TEST_CASE("the stories of which the latest events tell most come first, each as it is now") {
  HttpStream stream;
  stream.commit({told(1, 1, EventType::StoryStarted), told(2, 2, EventType::StoryStarted),
                 told(3, 1, EventType::StoryUpdated), article_event(4), told(5, 3, EventType::StoryStarted)});
  const std::string answer = answer_to(stream, "/stories");
  CHECK(answer.starts_with(R"({"stories":[{"subject":")" + subject_of(1) +
                           R"(","sequence":"00000000000000000003","headline":"Story \"1\"","size":3,"recent":2})"));
  CHECK(answer.find(subject_of(3)) < answer.find(subject_of(2)));
  CHECK_FALSE(has(answer, "urn:uuid:x"));  // its articles are told of the story itself
}

TEST_CASE("stories are read by a reader of their own, and again only when something was recorded since") {
  HttpStream stream;
  stream.commit({told(1, 1, EventType::StoryStarted)});
  const std::string first = answer_to(stream, "/stories");
  stream.journal.records.clear();  // what is not read again is not missed
  CHECK(answer_to(stream, "/stories") == first);
  stream.commit({told(2, 2, EventType::StoryStarted)});
  const std::string second = answer_to(stream, "/stories");
  CHECK(has(second, subject_of(2)));
  CHECK(stream.journals_opened == 1);
  stream.server.reset();
}

TEST_CASE("a story that has ended, or went into another, is not told of") {
  HttpStream stream;
  stream.commit({told(1, 1, EventType::StoryStarted), told(2, 2, EventType::StoryStarted),
                 told(3, 3, EventType::StoryStarted), told(4, 1, EventType::StoryClosed)});
  const auto id = [](int n) { return StoryId(*Uuid::parse(subject_of(n).substr(9))); };
  stream.journal.merged.emplace(id(2), id(3));
  const std::string answer = answer_to(stream, "/stories");
  CHECK_FALSE(has(answer, subject_of(1)));
  CHECK_FALSE(has(answer, subject_of(2)));
  CHECK(has(answer, subject_of(3)));
}

TEST_CASE("without stories there is an empty list, with very many the first are told") {
  HttpStream stream;
  CHECK(answer_to(stream, "/stories") == "{\"stories\":[]}\n");
  std::vector<Record> records;
  for (std::uint64_t n = 1; n <= kStoriesTold + 5; ++n) {
    records.push_back(told(n, 1, EventType::StoryStarted));
    records.back().subject = "urn:uuid:" + records.back().id.value().to_string();
  }
  stream.commit(std::move(records));
  const std::string answer = answer_to(stream, "/stories");
  CHECK(sequences_in({answer}).front() == kStoriesTold + 5);
  std::size_t count = 0;
  for (std::size_t at = answer.find("\"recent\""); at != std::string::npos; at = answer.find("\"recent\"", at + 1))
    ++count;
  CHECK(count == kStoriesTold);
}

TEST_CASE("a journal that cannot be read is no lack of stories") {
  HttpStream stream;
  stream.commit({told(1, 1, EventType::StoryStarted)});
  stream.journal.damage(1);
  CHECK(has(answer_to(stream, "/stories", 503), "journal-unreadable"));
}

TEST_CASE("feeds are told the worst first, with the reason and the next try") {
  HttpStream stream;
  const Instant now(std::chrono::milliseconds(1'000'000'000));
  FeedState well;
  well.polls = 5;
  well.last_success = now - std::chrono::minutes(3);
  const FeedState late = failing("http-500", now - std::chrono::hours(1)),
                  early = failing("blocked-cloudflare", now - std::chrono::hours(9));
  FeedState gone = failing("http-410", now);
  gone.gone = true;
  const Instant next = now + std::chrono::minutes(10);
  stream.feeds.feeds = {{"https://well.example/rss", "well", {}, &well, next},
                        {"https://new.example/rss", "", {}, nullptr, next},
                        {"https://late.example/rss", "", {}, &late, next},
                        {"https://early.example/rss", "", {}, &early, next},
                        {"https://gone.example/rss", "", {}, &gone, Instant::max()}};
  const std::string answer = answer_to(stream, "/feeds");
  std::size_t before = 0;
  for (const char* host : {"early", "late", "gone", "new", "well"}) {
    CAPTURE(host, answer);
    const std::size_t at = answer.find(std::string("https://") + host);
    REQUIRE(at != std::string::npos);
    CHECK(at > before);
    before = at;
  }
  CHECK(has(answer, R"("state":"blocked")"));
  CHECK(has(answer, R"("nextPoll":"1970-01-12T13:56:40.000Z")"));
  CHECK(has(answer, R"("failures":3,"failingSince":"1970-01-12T04:46:40.000Z","reason":{"code":"blocked-cloudflare",)"
                    R"("text":"no \"answer\""})"));
  CHECK(answer.ends_with(R"("total":5,"states":{"blocked":1,"failing":1,"gone":1,"new":1,"ok":1}})"
                         "\n"));
}

TEST_CASE("of very many feeds the worst are told, and how many there are") {
  HttpStream stream;
  std::vector<std::string> urls;
  for (std::size_t n = 0; n < kFeedsTold + 50; ++n) urls.push_back("https://n" + std::to_string(n) + ".example/rss");
  const FeedState bad = failing("http-500", Instant(std::chrono::milliseconds(1)));
  for (const std::string& url : urls)
    stream.feeds.feeds.push_back({url, "", {}, url == urls.back() ? &bad : nullptr, Instant::max()});
  const std::string answer = answer_to(stream, "/feeds");
  CHECK(answer.starts_with(R"({"feeds":[{"url":")" + urls.back()));
  CHECK(has(answer, R"("total":250,"states":{"failing":1,"new":249})"));
  CHECK(answer.size() < 40'000);
}

}  // namespace newsd
