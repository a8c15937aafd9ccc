// What is told of one article and of one story.
#include "daemon/serve/lookup.h"
#include "tests/daemon/serve/http_client.h"

namespace newsd {
namespace {

constexpr auto kArticle = "9c2abbd5-dd4f-55c8-bee5-933ead7699e4";
constexpr auto kStory = "11111111-2222-5333-8444-555555555555";
constexpr auto kOther = "66666666-2222-5333-8444-555555555555";

Record article(std::uint64_t sequence, const std::string& id, EventType type = EventType::ArticleNew) {
  Record record = article_event(sequence);
  record.type = type;
  record.subject = "urn:uuid:" + id;
  record.id = event_id(type, record.subject, 1, std::to_string(sequence));
  record.story = StoryId(*Uuid::parse(kStory));
  return record;
}

Record story(std::uint64_t sequence, const std::string& articles, const std::string& id = kStory) {
  Record record = story_event(sequence);
  record.subject = "urn:uuid:" + id;
  record.placed = R"("story":{"uri":"urn:uuid:)" + id + R"(","size":1,"articles":[)" + articles + "]}";
  return record;
}

}  // namespace

TEST_CASE("an article is told as its latest event and the history behind it") {
  HttpStream stream;
  stream.commit({article(1, kArticle), article(2, kOther), article(3, kArticle, EventType::ArticleUpdated)});
  const std::string answer = answer_to(stream, std::string("/articles/") + kArticle);
  CHECK(answer.starts_with(std::string(R"({"subject":"urn:uuid:)") + kArticle + R"(","event":{"specversion":"1.0")"));
  CHECK(has(answer, R"("title":"Ferry back in service")"));
  const std::string history = answer.substr(answer.find("\"history\""));
  CHECK(has(history, R"([{"sequence":"00000000000000000003")"));
  CHECK(has(history, R"("type":"newsd.article.updated")"));
  CHECK(has(history, R"({"sequence":"00000000000000000001")"));
  CHECK_FALSE(has(history, "00000000000000000002"));
  CHECK(has(history, std::string(R"("correlationid":"urn:uuid:)") + kStory));
  CHECK(answer.ends_with("\"earlier\":false}\n"));
}

TEST_CASE("an id may be a URN, also percent-encoded, or in capitals") {
  HttpStream stream;
  stream.commit({article(1, kArticle)});
  std::string capitals = kArticle;
  for (char& c : capitals) c = static_cast<char>(std::toupper(c));
  for (const std::string& id : {std::string("urn:uuid:") + kArticle, std::string("urn%3Auuid%3A") + kArticle, capitals})
    CHECK(has(answer_to(stream, "/articles/" + id), "\"sequence\":\"00000000000000000001\""));
}

TEST_CASE("a long history is told from its end, and that there is more") {
  HttpStream stream;
  std::vector<Record> records;
  for (std::uint64_t n = 1; n <= kHistoryTold + 1; ++n) records.push_back(article(n, kArticle));
  stream.commit(std::move(records));
  const std::string answer = answer_to(stream, std::string("/articles/") + kArticle);
  CHECK(sequences_in({answer}).front() == kHistoryTold + 1);
  CHECK_FALSE(has(answer, "00000000000000000001"));
  CHECK(answer.ends_with("\"earlier\":true}\n"));
}

TEST_CASE("a story is told with its articles, the latest first, and where it went") {
  HttpStream stream;
  const std::string gone = "77777777-2222-5333-8444-555555555555";
  stream.commit({article(1, kArticle), article(2, kOther),
                 story(3, R"("urn:uuid:)" + gone + R"(","urn:uuid:)" + kArticle + R"(","urn:uuid:)" + kOther + '"')});
  stream.journal.merged.emplace(StoryId(*Uuid::parse(kStory)), StoryId(*Uuid::parse(kOther)));
  const std::string answer = answer_to(stream, std::string("/stories/") + kStory);
  CHECK(has(answer, std::string(R"("mergedInto":"urn:uuid:)") + kOther));
  CHECK(has(answer, std::string(R"("articles":[{"subject":"urn:uuid:)") + kOther +
                        R"(","sequence":"00000000000000000002","type":"newsd.article.new")"));
  CHECK(has(answer, R"("headline":"Ferry back in service")"));
  CHECK(has(answer, R"({"subject":"urn:uuid:)" + gone + "\"}]"));  // its events have left the journal
}

TEST_CASE("what the journal does not know is told in a problem document") {
  HttpStream stream;
  stream.commit({article(1, kArticle), story(2, "")});
  for (const std::string& target : {std::string("/articles/") + kOther, std::string("/stories/") + kOther,
                                    std::string("/articles/") + kStory, std::string("/stories/") + kArticle}) {
    CAPTURE(target);
    HttpClient client(stream.server->port(), stream.get(target));
    REQUIRE(stream.hears(client, "\"code\":\"not-known\""));
    CHECK(client.status() == 404);
    CHECK(client.was_told("Content-Type: application/problem+json"));
    CHECK(client.was_told(R"({"title":"Not Found","status":404,"detail":"the journal has no event about this )"));
  }
}

TEST_CASE("what is no id is refused, whatever it is") {
  HttpStream stream;
  for (const std::string& id : {std::string(), std::string("1"), std::string("../../etc/passwd"),
                                std::string("urn:uuid:"), std::string(kArticle) + "x", std::string(4000, 'a'),
                                std::string("9c2abbd5-dd4f-55c8-bee5-933ead7699%27"), std::string("%00")}) {
    CAPTURE(id);
    answer_to(stream, "/articles/" + id, 400);
    answer_to(stream, "/stories/" + id, 400);
  }
}

TEST_CASE("a journal that cannot be read is no missing article") {
  HttpStream stream;
  stream.commit({article(1, kArticle)});
  stream.journal.failures = 1;
  CHECK(has(answer_to(stream, std::string("/articles/") + kArticle, 503), "journal-unreadable"));
  stream.journal.damage(1);
  CHECK(has(answer_to(stream, std::string("/articles/") + kArticle, 503), "journal-unreadable"));
}

TEST_CASE("articles and stories can only be read here") {
  HttpStream stream;
  stream.commit({article(1, kArticle)});
  HttpClient client(stream.server->port(), stream.get(std::string("/articles/") + kArticle, "", "DELETE"));
  REQUIRE(stream.hears(client, "method-not-allowed"));
  CHECK(client.was_told("Allow: GET, HEAD\r\n"));
}

}  // namespace newsd
