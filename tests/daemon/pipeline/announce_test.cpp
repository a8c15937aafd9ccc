#include "daemon/pipeline/announce.h"
#include "tests/daemon/pipeline/embedded_preparation.h"
#include "tests/support/sample.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

Prepared prepared(const std::string& text, const std::string& name) {
  return prepare(sample_document(text, name), embedded_preparation());
}

struct Announced {
  std::unique_ptr<Placer> placer = make_exact_placer();
  Stream stream{"newsd://test/main", Sequence(40)};
  Batch batch;
  EarlierBodies earlier{batch};
  void take(const std::string& text, const std::string& name) {
    announce(prepared(text, name), *placer, stream, batch, earlier);
  }
};

}  // namespace

TEST_CASE("a new article is announced, then the story it starts, with the article as its cause") {
  Announced a;
  a.take(sample_text(1), "one.txt");
  REQUIRE(a.batch.events.size() == 2);
  const Record& article = a.batch.events[0];
  const Record& story = a.batch.events[1];
  CHECK(article.type == EventType::ArticleNew);
  CHECK(article.sequence == Sequence(41));
  CHECK(article.subject.starts_with("urn:uuid:"));
  CHECK_FALSE(article.cause);
  CHECK(story.type == EventType::StoryStarted);
  CHECK(story.sequence == Sequence(42));
  CHECK(story.cause == article.id);
  CHECK(story.story == article.story);
  REQUIRE(a.batch.decisions.size() == 1);
  CHECK(a.batch.decision_events[0] == 41);
}

TEST_CASE("the same text at another path is a duplicate caused by the first event and carries no body") {
  Announced a;
  a.take(sample_text(1), "one.txt");
  a.take(sample_text(1), "two.txt");
  REQUIRE(a.batch.events.size() == 3);
  const Record& duplicate = a.batch.events[2];
  CHECK(duplicate.type == EventType::ArticleDuplicate);
  CHECK(duplicate.cause == a.batch.events[0].id);
  CHECK(duplicate.story == a.batch.events[0].story);
  CHECK(line_of(duplicate)->find("\"bodies\"") == std::string::npos);
  CHECK(line_of(a.batch.events[0])->find("\"bodies\"") != std::string::npos);
}

TEST_CASE("each repetition of a duplicate is an event of its own") {
  Announced a;
  for (int i = 0; i < 3; ++i) a.take(sample_text(1), "one.txt");
  REQUIRE(a.batch.events.size() == 4);
  CHECK(a.batch.events[2].type == EventType::ArticleDuplicate);
  CHECK(a.batch.events[3].type == EventType::ArticleDuplicate);
  CHECK(a.batch.events[2].id != a.batch.events[3].id);
}

TEST_CASE("a changed text at the same path is the next version of the article") {
  Announced a;
  a.take(sample_text(1), "one.txt");
  a.take(sample_text(2), "one.txt");
  REQUIRE(a.batch.events.size() == 3);
  CHECK(a.batch.events[2].type == EventType::ArticleUpdated);
  CHECK(a.batch.events[2].subject == a.batch.events[0].subject);
  CHECK(a.batch.events[2].id != a.batch.events[0].id);
  CHECK(a.batch.decisions[1].version == 2);
}

TEST_CASE("an update tells how many words of the body came and went, and which numbers changed") {
  Announced a;
  const std::string before =
      "Crane falls at the ferry quay\n\nThe crane hurt 12 sailors on Monday morning, the harbour board said after it "
      "had spoken with everybody on the quay.\n";
  std::string after = before;
  after.replace(after.find("12 sailors"), 10, "15 sailors and two divers");
  a.take(before, "one.txt");
  a.take(after, "one.txt");
  REQUIRE(a.batch.events.size() == 3);
  const std::string line = line_of(a.batch.events[2]).value();
  CHECK(line.find(R"("changed":["body"],"wordsAdded":4,"wordsRemoved":1,)") != std::string::npos);
  CHECK(line.find(R"("numbers":[{"old":"12","new":"15","context":"The crane hurt 15 sailors and two"}])") !=
        std::string::npos);
}

TEST_CASE("each update is compared with the version right before it") {
  Announced a;
  const auto report = [](const std::string& what) {
    return "Crane falls at the ferry quay\n\nNobody was hurt when the crane fell, the harbour board said on Monday" +
           what + ", after it had spoken with everybody on the quay.\n";
  };
  for (const char* const what : {"", " and again on Tuesday", " and once again on Tuesday"})
    a.take(report(what), "one.txt");
  REQUIRE(a.batch.events.size() == 4);
  CHECK(line_of(a.batch.events[2])->find(R"("wordsAdded":4,"wordsRemoved":0)") != std::string::npos);
  CHECK(line_of(a.batch.events[3])->find(R"("wordsAdded":1,"wordsRemoved":0)") != std::string::npos);
}

TEST_CASE("an update whose earlier text is gone tells no words") {
  Announced a;
  a.take(sample_text(1), "one.txt");
  a.batch = Batch();
  EarlierBodies none(a.batch);
  announce(prepared(sample_text(2), "one.txt"), *a.placer, a.stream, a.batch, none);
  REQUIRE(a.batch.events.size() == 1);
  CHECK(a.batch.events[0].type == EventType::ArticleUpdated);
  CHECK(line_of(a.batch.events[0])->find("wordsAdded") == std::string::npos);
  CHECK_FALSE(none.trouble());
}

TEST_CASE("an earlier text that cannot be read is told as trouble, and no words with the update") {
  Announced a;
  a.take(sample_text(1), "one.txt");
  Record damaged = a.batch.events[0];
  damaged.content.clear();
  damaged.payload = "no zstd";
  a.batch = Batch();
  EarlierBodies earlier(a.batch, [&](std::string_view subject, EventId id) -> Result<std::optional<Record>> {
    CHECK(subject == damaged.subject);
    CHECK(id == damaged.id);
    return std::optional(damaged);
  });
  announce(prepared(sample_text(2), "one.txt"), *a.placer, a.stream, a.batch, earlier);
  REQUIRE(a.batch.events.size() == 1);
  CHECK(line_of(a.batch.events[0])->find("wordsAdded") == std::string::npos);
  REQUIRE(earlier.trouble());
  CHECK(earlier.trouble()->is(EventError::BadPayload));
}

TEST_CASE("the same inputs give the same events") {
  Announced a, b;
  for (Announced* run : {&a, &b}) {
    run->take(sample_text(1), "one.txt");
    run->take(sample_text(1), "two.txt");
    run->take(std::string(300, '\0'), "zeros.txt");
  }
  REQUIRE(a.batch.events.size() == b.batch.events.size());
  for (std::size_t i = 0; i < a.batch.events.size(); ++i)
    CHECK(*line_of(a.batch.events[i]) == *line_of(b.batch.events[i]));
}

TEST_CASE("an unreadable input is quarantined with its reason") {
  Announced a;
  a.take(std::string(300, '\0'), "zeros.txt");
  REQUIRE(a.batch.events.size() == 1);
  CHECK(a.batch.events[0].type == EventType::InputQuarantined);
  CHECK(a.batch.events[0].subject == "file:///inbox/zeros.txt");
  CHECK(a.batch.events[0].placed.find("\"reason\"") != std::string::npos);
  CHECK(a.batch.decisions.empty());
}

}  // namespace newsd
