#include "daemon/classify/label.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace newsd;

namespace {

struct Sample {
  std::string what;
  std::string headline;
  std::vector<std::string> paragraphs;
  std::set<std::string> topics;      ///< all of them are found
  std::set<std::string> top_levels;  ///< these and no others
};

const std::vector<Sample> kSamples = {
    {"a ceasefire brokered by a neighbour",
     "Norland and Estmark agree truce and peace talks in Maravia",
     {"The foreign minister of Maravia said on Monday that Norland and Estmark had agreed to a ceasefire after eleven "
      "weeks of war along the Lenn river.",
      "“Peace talks will begin in our capital on Thursday,” she told reporters after a phone call with her "
      "counterpart.",
      "Shelling stopped at noon and troops on both sides stayed in their trenches. Diplomats expect the negotiations "
      "to be slow.",
      "The two countries broke off diplomatic relations in spring, and the international community has urged restraint "
      "since."},
     {"20000073", "20000076", "20000062", "20000639", "20000638"},
     {"16000000", "11000000"}},
    {"a local vote",
     "Harbour mayor ahead as polling stations close in Oldhaven",
     {"Voters in Oldhaven went to the polls on Sunday in the first local elections since the dockyard closed.",
      "Exit polls gave the sitting mayor a narrow lead over two other candidates. The electoral commission expects a "
      "result by midnight.",
      "Turnout was high; some polling stations ran out of ballot papers."},
     {"20000574"},
     {"11000000"}},
    {"a football match",
     "Oldhaven strike late to reach cup final",
     {"A header in stoppage time sent Oldhaven to the cup final on Saturday after a goalless first half against "
      "Lennford.",
      "Goalkeeper Ada Muster saved a penalty, and the midfielder's free-kick in the last minute found the striker at "
      "the far post.",
      "“We never stopped believing,” the coach said. The football club last won the league title in 1961."},
     {"20001065", "20001108"},
     {"15000000"}},
    {"a tennis match",
     "Unseeded Example stuns top seed in straight sets",
     {"Ann Example needed only seventy minutes to beat the top seed in straight sets on the clay courts of Lennford.",
      "She saved four break points in the second set, won the tie-break with a backhand and will meet a qualifier in "
      "the semi-final."},
     {"20001085"},
     {"15000000"}},
    {"an earthquake",
     "Strong earthquake shakes the Lenn valley",
     {"An earthquake of magnitude 6.3 shook the Lenn valley early on Tuesday; rescue workers searched the rubble of "
      "three villages for survivors.",
      "Aftershocks were felt in the capital. Emergency services said two hundred people were homeless."},
     {"20000153", "20000151"},
     {"03000000"}},
    {"a decision on interest rates",
     "Central bank raises interest rates to curb inflation",
     {"The central bank of Norland raised its key interest rate by 50 basis points on Wednesday, the fourth rise this "
      "year.",
      "Economists had expected a smaller step. Consumer prices rose 6 per cent in March while economic growth slowed.",
      "Shares fell on the stock exchange and the krone rose against the dollar."},
     {"20000350", "20000344", "20000370"},
     {"04000000"}},
    {"a film prize",
     "Harbour drama wins at film festival",
     {"A film about three dockers and a tram won the first prize at the Lennford film festival on Sunday.",
      "Its director, who also wrote the screenplay, thanked the actors. The movie opens in cinemas in May."},
     {"20000005"},
     {"01000000"}},
    {"a hole in a program",
     "Security flaw found in harbour software",
     {"Hackers could take over the computers of port offices through a security hole in widely used software, its "
      "makers said.",
      "Users of the operating system should install the update from the company's web site."},
     {"20000763"},
     {"13000000"}},
    {"a trial",
     "Captain pleads not guilty to manslaughter",
     {"The captain of the ferry that sank in May pleaded not guilty to manslaughter in the crown court on Monday.",
      "Prosecutors told the jury that he had ignored three warnings. The trial is expected to last six weeks."},
     {"20000107"},
     {"02000000"}},
    {"a storm",
     "Forecasters expect heavy snow and gale force winds",
     {"The Met Office issued an amber warning for the coast: heavy snow and gale force winds are expected from Friday, "
      "forecasters said.",
      "Temperatures will fall to minus nine degrees Celsius overnight."},
     {"20001128", "20001129"},
     {"17000000"}},
    {"words of war that mean none",
     "Price war between supermarkets heats up",
     {"The trade war over cheap milk goes on: a price war between two supermarket chains has reached the village "
      "shops.",
      "“It is a war of words so far,” a shopkeeper said."},
     {},
     {}}};

Article article_of(const Sample& sample) {
  Article a;
  a.headline = sample.headline;
  a.paragraphs = sample.paragraphs;
  return a;
}

}  // namespace

TEST_CASE("our own articles get the topics they are about and no others at the top") {
  for (const Sample& sample : kSamples) {
    CAPTURE(sample.what);
    const Labels labels = label(article_of(sample), *default_resources());
    CHECK(labels.language.code == "en");
    std::set<std::string> all, top_levels;
    for (const TopicLabel& topic : labels.topics) {
      CAPTURE(topic.code, topic.name, topic.why);
      all.insert(topic.code);
      if (default_resources()->tree.at(default_resources()->tree.find(topic.code)).parent == TopicTree::kNone)
        top_levels.insert(topic.code);
      CHECK(topic.relevance >= 50);
      CHECK(topic.relevance <= 100);
      CHECK(topic.confidence > 0);
      CHECK_FALSE(topic.why.empty());
      CHECK(topic.why.size() <= 5);
    }
    for (const std::string& code : sample.topics) {
      CAPTURE(code);
      CHECK(all.contains(code));
    }
    CHECK(top_levels == sample.top_levels);
  }
}

TEST_CASE("every reason stands in the article as it is given") {
  for (const Sample& sample : kSamples) {
    const Article article = article_of(sample);
    for (const TopicLabel& topic : label(article, *default_resources()).topics)
      for (const std::string& why : topic.why) {
        CAPTURE(sample.what, topic.name, why);
        CHECK((article.headline + "\n" + article.body()).find(why) != std::string::npos);
      }
  }
}

TEST_CASE("topics come best first, each once") {
  for (const Sample& sample : kSamples) {
    const auto topics = label(article_of(sample), *default_resources()).topics;
    CHECK(std::is_sorted(topics.begin(), topics.end(),
                         [](const TopicLabel& a, const TopicLabel& b) { return a.relevance > b.relevance; }));
    std::set<std::string> codes;
    for (const TopicLabel& topic : topics) CHECK(codes.insert(topic.code).second);
  }
}

TEST_CASE("labels name the versions that made them") {
  const Labels labels = label(Article{}, *default_resources());
  std::map<std::string, std::string> expected{{"language", default_resources()->language->version()},
                                              {"names", default_resources()->names->version()},
                                              {"topics", "medtop-rules-2"}};
  for (const char* stage : {"dates", "entities", "events", "quotes", "tone"})
    expected.emplace(stage, default_resources()->facts_version);
  CHECK(labels.models == expected);
  CHECK(labels.language.code == "und");
  CHECK(labels.topics.empty());
}

TEST_CASE("the same article gives the same labels") {
  const Article article = article_of(kSamples.front());
  CHECK(label(article, *default_resources()) == label(article, *default_resources()));
}

TEST_CASE("hostile text costs no more than its length and harms nothing") {
  Article article;
  article.headline = std::string(100'000, '-');
  std::string war;
  for (int i = 0; i < 100'000; ++i) war += "trade war war in war ";
  article.paragraphs = {war, std::string(3'000'000, 'a'), "\u0301\u0301\u0301", ""};
  CHECK_NOTHROW(label(article, *default_resources()));
}
