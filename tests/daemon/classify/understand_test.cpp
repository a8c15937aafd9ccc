#include "feeds/text/utf8.h"
#include "tests/daemon/classify/reading.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <random>

namespace newsd {
namespace {

bool is_border(std::string_view body, std::size_t at) {
  return at == body.size() || (at < body.size() && (static_cast<unsigned char>(body[at]) & 0xC0) != 0x80);
}

void check_spans(const std::string& body, const Labels& labels) {
  const auto whole = [&](const Span& s) {
    return s.begin < s.end && s.end <= body.size() && is_border(body, s.begin) && is_border(body, s.end);
  };
  for (const EntityLabel& e : labels.entities)
    for (const Span& s : e.mentions) REQUIRE(whole(s));
  for (const QuoteLabel& q : labels.quotes) {
    REQUIRE(whole(q.span));
    REQUIRE(body.substr(q.span.begin, q.span.end - q.span.begin) == q.text);
  }
  for (const DateLabel& d : labels.dates) {
    REQUIRE(whole(d.span));
    REQUIRE(body.substr(d.span.begin, d.span.end - d.span.begin) == d.text);
  }
  for (const EventLabel& e : labels.events) REQUIRE(whole(e.span));
}

TEST_CASE("the bytes at a label's span are its text, whatever the pieces a text is made of") {
  const std::vector<std::string> pieces = {
      "“",  "”",  "‘",  "’", "\"", "'",   "said",      "Norway", "Mr. Wang",     "Ö",          "東京", "on Monday",
      ". ", ", ", "\n", "-", "12", "’s ", " accused ", "…",      "according to", "2022-13-45", "the",  " "};
  const unsigned seed = 20221028;
  INFO("seed " << seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()] + (random() % 2 ? " " : "");
    const Article article = article_of({text, text}, "2022-10-28", text);
    check_spans(article.body(), facts_of(article));
  }
}

TEST_CASE("speakers and actors are entities of the article") {
  const Labels labels = facts_of("Norway’s President Ola Dahl warned Sweden. “We will not wait for ever,” he said.");
  const auto known = [&](const std::string& id) {
    return std::any_of(labels.entities.begin(), labels.entities.end(),
                       [&](const EntityLabel& e) { return e.id == id; });
  };
  REQUIRE_FALSE(labels.quotes.empty());
  CHECK(known(labels.quotes[0].speaker));
  REQUIRE_FALSE(labels.events.empty());
  CHECK(known(labels.events[0].source.at(0).entity));
}

TEST_CASE("only the beginning of a very long body is read") {
  Article article = article_of({std::string(kMostBytesUnderstood, 'a'), "Norway called."});
  CHECK(facts_of(article).countries.empty());
}

TEST_CASE("what newsd knows of English is not said of other languages") {
  Labels labels;
  labels.language = {.code = "de", .confidence = 0.99};
  understand(article_of({"Norwegen war am Montag in Oslo. The ferry left yesterday."}), default_resources()->lexicon,
             default_resources()->names.get(), labels);
  CHECK(labels.events.empty());
  CHECK(labels.dates.empty());
  CHECK_FALSE(labels.tone);
}

TEST_CASE("dates are read in a line that is too short to be sure of its language") {
  Labels labels;
  labels.language = {.code = "nb", .confidence = 0.6};
  understand(article_of({"I'll leave summer 2016"}), default_resources()->lexicon, default_resources()->names.get(),
             labels);
  REQUIRE(labels.dates.size() == 1);
  CHECK(labels.dates[0].value == "2016-SU");
  CHECK_FALSE(labels.tone);
}

TEST_CASE("every stage says its version") {
  const Labels labels = label(article_of({"Norway called Sweden."}), *default_resources());
  for (const char* stage : {"dates", "entities", "events", "quotes", "tone"}) CHECK(labels.models.contains(stage));
}

TEST_CASE("the lexicons stay small") { CHECK(default_resources()->lexicon.bytes() < (8U << 20)); }

}  // namespace
}  // namespace newsd
