#include "daemon/classify/topics.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace newsd;

namespace {

constexpr std::string_view kVocabulary =
    "10000000\t\tharbours\n20000001\t10000000\tferries\n20000002\t20000001\ttimetables\n30000000\t\tbirds\n";

std::shared_ptr<const Resources> rules(std::string pack, std::string_view language = "en") {
  pack = "language = \"" + std::string(language) + "\"\n" + pack;
  const std::vector<NamedText> packs = {{"own.toml", pack}};
  return make_resources({.packs = packs}, {"topics.tsv", kVocabulary}).value();
}

const std::string kFerries = R"([[topic]]
code = "20000001"
name = "ferries"
strong = ["ferry", "car ferry", "ferries"]
normal = ["crossing", "passengers"]
weak = ["boat", "sea"]
not = ["ferry pilot"]
)";

Article article(std::string headline, std::vector<std::string> paragraphs) {
  Article a;
  a.headline = std::move(headline);
  a.paragraphs = std::move(paragraphs);
  return a;
}

std::vector<std::string> codes(const std::vector<TopicLabel>& labels) {
  std::vector<std::string> all;
  for (const TopicLabel& label : labels) all.push_back(label.code);
  return all;
}

std::vector<TopicLabel> topics(const Article& a, const Resources& resources, std::string_view language = "en") {
  return topics_of(a, language, resources);
}

}  // namespace

TEST_CASE("a topic is found with its ancestors, and the words say why") {
  const auto resources = rules(kFerries);
  const auto found =
      topics(article("Last Ferry of the year", {"Few Passengers came aboard.", "The sea was calm."}), *resources);
  REQUIRE(codes(found) == std::vector<std::string>{"20000001", "10000000"});
  CHECK(found[0].name == "ferries");
  CHECK(found[0].why == std::vector<std::string>{"Ferry", "Passengers", "sea"});
  CHECK(found[1].why == found[0].why);
  CHECK(found[1].relevance == found[0].relevance);
  // 3·3 + 2·2 + 1·1 points against a threshold of 6; evidence 1 + 1/2 + 1/4, and 1 for the headline
  CHECK(found[0].relevance == 70);
  CHECK(found[0].confidence == 85);
}

TEST_CASE("one strong phrase in the body is not enough") {
  const auto resources = rules(kFerries);
  CHECK(topics(article("", {"Once upon a time.", "There was a ferry."}), *resources).empty());
  CHECK(topics(article("", {"A ferry, a ferry, a ferry, a ferry."}), *resources).empty());  // one phrase, however often
}

TEST_CASE("further occurrences count a quarter each, at most four") {
  const auto resources = rules(kFerries);
  const auto relevance = [&](int times) {
    std::string body;
    for (int i = 0; i < times; ++i) body += "The passengers slept. ";
    return topics(article("Ferry", {"x", body}), *resources).front().relevance;
  };
  CHECK(relevance(1) < relevance(2));
  CHECK(relevance(5) == relevance(50));
}

TEST_CASE("a phrase within a longer one of the same topic counts once") {
  const auto resources = rules(kFerries);
  CHECK(topics(article("Car ferry", {}), *resources).front().why == std::vector<std::string>{"Car ferry"});
}

TEST_CASE("a Not phrase voids what it overlaps and nothing else") {
  const auto resources = rules(kFerries);
  CHECK(topics(article("Ferry pilot honoured", {"She is a ferry pilot."}), *resources).empty());
  CHECK_FALSE(topics(article("Ferry pilot honoured", {"The ferry and the passengers waited."}), *resources).empty());
}

TEST_CASE("without its context a topic is not found") {
  const auto resources = rules(kFerries + "context = [\"harbour\"]\n");
  CHECK(topics(article("Ferry", {"The passengers waited."}), *resources).empty());
  CHECK_FALSE(topics(article("Ferry", {"The passengers waited at the harbour."}), *resources).empty());
}

TEST_CASE("a topic that needs a strong phrase is not found by many normal ones") {
  const Article a = article("Crossing with passengers", {"The crossing is rough, passengers say, at sea, by boat."});
  CHECK_FALSE(topics(a, *rules(kFerries)).empty());
  CHECK(topics(a, *rules(kFerries + "needs_strong = true\n")).empty());
}

TEST_CASE("a pack of another language does not apply, of an unknown language all do") {
  const auto resources = rules(kFerries, "de");
  const Article a = article("Ferry", {"passengers"});
  CHECK(topics(a, *resources, "en").empty());
  CHECK_FALSE(topics(a, *resources, "de-AT").empty());
  CHECK_FALSE(topics(a, *resources, "und").empty());
}

TEST_CASE("a passing mention beside a strong topic is left out") {
  const auto resources = rules(
      kFerries + "[[topic]]\ncode = \"30000000\"\nname = \"birds\"\nthreshold = 2\nweak = [\"gull\", \"tern\"]\n" +
      "[[topic]]\ncode = \"20000002\"\nname = \"timetables\"\nthreshold = 0.1\nstrong = [\"timetable\", "
      "\"departures\"]\n");
  CHECK(codes(topics(article("", {"x", "A gull and a tern."}), *resources)) == std::vector<std::string>{"30000000"});
  CHECK(codes(topics(article("Timetable", {"departures", "A gull and a tern."}), *resources)) ==
        std::vector<std::string>{"20000002", "10000000", "20000001"});
}

TEST_CASE("a topic's ancestor that is found itself keeps its own words") {
  const auto resources =
      rules(kFerries + "[[topic]]\ncode = \"20000002\"\nname = \"timetables\"\nstrong = [\"timetable\"]\n");
  const auto found = topics(article("New ferry timetable", {"The passengers read it."}), *resources);
  const auto ferries =
      std::find_if(found.begin(), found.end(), [](const TopicLabel& t) { return t.code == "20000001"; });
  REQUIRE(ferries != found.end());
  CHECK(ferries->why.front() == "ferry");
}

TEST_CASE("a longer text needs more") {
  const auto resources = rules(kFerries);
  std::string filler;
  for (int i = 0; i < 1500; ++i) filler += "word ";
  CHECK_FALSE(topics(article("", {"The ferry and the boat."}), *resources).empty());
  CHECK(topics(article("", {"The ferry and the boat.", filler}), *resources).empty());
}

TEST_CASE("an empty article has no topics and a very long one is cut") {
  const auto resources = rules(kFerries);
  CHECK(topics(article("", {}), *resources).empty());
  CHECK(
      topics(article("", {std::string(2 * kMostBytesRead, 'x') + " ferry passengers", "ferry passengers"}), *resources)
          .empty());
}

TEST_CASE("the order does not depend on the order of the rules") {
  const std::string birds = "[[topic]]\ncode = \"30000000\"\nname = \"birds\"\nstrong = [\"gull\", \"tern\"]\n";
  const Article a = article("Gull on ferry", {"A tern. The passengers waited."});
  CHECK(topics(a, *rules(kFerries + birds)) == topics(a, *rules(birds + kFerries)));
}
