#include "daemon/event/event_subject.h"
#include "daemon/classify/user_rules.h"
#include "tests/daemon/event/sample.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace newsd {
namespace {

std::vector<std::string> sorted(const std::vector<std::string_view>& views) {
  std::vector<std::string> texts(views.begin(), views.end());
  std::sort(texts.begin(), texts.end());
  return texts;
}

double number(const EventSubject& subject, RuleNumber which) {
  return subject.numbers[static_cast<std::size_t>(which)].value_or(-99);
}

EventSubject subject_of(const Record& record) { return subject_of_event(line_of(record).value()); }

}  // namespace

TEST_CASE("an event is asked for what a [[rule]] asks of its article") {
  const Article article = full_article();
  const Labels labels = sample_labels();
  const std::string body = article.body();
  const RuleSubject asked = rule_subject_of(article, labels, body);
  const EventSubject read = subject_of(article_record(EventType::ArticleNew, article, new_verdict(), 1));
  const RuleSubject view = read.view();
  CHECK(view.headline == asked.headline);
  CHECK(view.summary == asked.summary);
  CHECK(view.body == asked.body);
  CHECK(view.language == asked.language);
  CHECK(sorted(view.countries) == sorted(asked.countries));
  CHECK(sorted(view.persons) == sorted(asked.persons));
  CHECK(sorted(view.organisations) == sorted(asked.organisations));
  CHECK(sorted(view.topics) == sorted(asked.topics));
  CHECK(sorted(view.sources) == sorted(asked.sources));
}

TEST_CASE("an event has a type, a story and the numbers of its placing beside") {
  const EventSubject read =
      subject_of(article_record(EventType::ArticleDuplicate, full_article(), duplicate_verdict(), 1));
  CHECK(read.type == "newsd.article.duplicate");
  CHECK(read.story == urn_of(duplicate_verdict().story.value()));
  CHECK(read.body.empty());
  CHECK(number(read, RuleNumber::Similarity) == Approx(duplicate_verdict().similarity).margin(0.001));
  CHECK(number(read, RuleNumber::Containment) == Approx(duplicate_verdict().containment).margin(0.001));
  CHECK(number(read, RuleNumber::Size) == duplicate_verdict().story_size);
}

TEST_CASE("what an event does not have stays empty") {
  for (const Record& record : one_of_every_type()) {
    const EventSubject read = subject_of(record);
    CAPTURE(read.type);
    CHECK(read.type == to_string(record.type));
    const bool repeats = record.type == EventType::ArticleDuplicate;
    CHECK(read.numbers[static_cast<std::size_t>(RuleNumber::Similarity)].has_value() == repeats);
  }
  const EventSubject nothing = subject_of_event("no JSON");
  CHECK(nothing.type.empty());
  CHECK_FALSE(nothing.numbers[0].has_value());
}

TEST_CASE("the highest score of the rules that an article met is the event's") {
  const EventSubject read = subject_of_event(
      R"({"type":"newsd.article.new","data":{"newsd":{"rules":[{"id":"a","score":2.5,"spans":[]},{"id":"b","score":7},{"id":"c"}]}}})");
  CHECK(read.rules == std::vector<std::string>{"a", "b", "c"});
  CHECK(number(read, RuleNumber::Score) == 7);
}

TEST_CASE("the source of an article is also the host it was read from, and no picture's") {
  const EventSubject read = subject_of_event(
      R"({"data":{"item":{"associations":[{"altIds":[{"role":"url","value":"https://pictures.example/1"}]}],)"
      R"("altIds":[{"role":"guid","value":"https://guid.example/1"},{"role":"url","value":"https://news.example/1"}]}}})");
  CHECK(read.sources == std::vector<std::string>{"news.example"});
}

}  // namespace newsd
