#include "daemon/classify/label.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

Article article() {
  Article a;
  a.headline = "Harbour council votes for the tram";
  a.summary = "A line to the ferry";
  a.paragraphs = {"The council voted on Tuesday for the new tram line after a debate of six hours, its speaker said.",
                  "Building the tram is to begin in the spring."};
  a.publisher = "Evening Post";
  a.url = *Url::parse("https://news.example/tram");
  return a;
}

LabelSettings settings(std::vector<UserRule> rules) {
  return {nullptr, std::make_shared<const UserRules>(UserRules::compile(std::move(rules)).value())};
}

}  // namespace

TEST_CASE("labels name the rules that an article meets, with spans in its body") {
  const auto with = settings({{"tram", {"tram", 0}, false},
                              {"sport", {"league OR goal", 0}, false},
                              {"post", {"source:\"evening post\" AND source:news.example AND lang:en", 0}, false},
                              {"spam", {"title:council AND summary:ferry", 0}, true}});
  const Article a = article();
  const Labels labels = label(a, *default_resources(), with);
  REQUIRE(labels.rules.size() == 3);
  CHECK(labels.rules[0].id == "tram");
  CHECK(labels.rules[0].score == 3);
  REQUIRE(labels.rules[0].spans.size() == 2);
  for (const Span& span : labels.rules[0].spans) CHECK(a.body().substr(span.begin, span.end - span.begin) == "tram");
  CHECK(labels.rules[1].id == "post");
  CHECK(labels.rules[1].spans.empty());
  CHECK(labels.rules[2].rejects);
  CHECK(labels.models.at("rules") == with.rules->version());
}

TEST_CASE("rules can ask for topics and their ancestors") {
  Article a;
  a.headline = "Ceasefire in the war between Norland and Estmark";
  a.paragraphs = {"Peace talks begin; the troops stay. The war began in spring with an invasion and heavy shelling."};
  const auto with = settings({{"conflict", {"medtop:16000000 AND medtop:20000062", 0}, false}});
  CHECK(label(a, *default_resources(), with).rules.size() == 1);
}

TEST_CASE("the version changes with the rules") {
  const auto version = [](std::string_view match, double threshold, bool rejects) {
    return UserRules::compile({{"a", {std::string(match), threshold}, rejects}}).value().version();
  };
  CHECK(version("x", 0, false) == version("x", 0, false));
  CHECK(version("x", 0, false) != version("y", 0, false));
  CHECK(version("x", 0, false) != version("x", 1, false));
  CHECK(version("x", 0, false) != version("x", 0, true));
}
