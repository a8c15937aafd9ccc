#include "daemon/classify/label.h"
#include "daemon/classify/topic_training.h"
#include "daemon/classify/topics.h"
#include "tests/daemon/classify/labelled_news.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace newsd;

namespace {

TopicModel model_of(const std::vector<LabelledRow>& rows) {
  return TopicModel::parse(train_topics(rows).value().model, "test.ntm").value();
}

std::string best_of(const TopicModel& model, const LabelledRow& row) {
  TopicFeatureReader reader;
  const auto scores = model.scores(reader.of(row.title, row.text));
  return model.labels()[static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin())].name;
}

}  // namespace

TEST_CASE("a model tells rows it never saw apart") {
  const TopicModel model = model_of(labelled_news(120, 1));
  const auto unseen = labelled_news(90, 99);
  const auto right = std::count_if(unseen.begin(), unseen.end(),
                                   [&](const LabelledRow& row) { return best_of(model, row) == row.labels.front(); });
  CHECK(right >= 88);
}

TEST_CASE("training twice gives the same bytes") {
  CHECK(train_topics(labelled_news(60, 3)).value().model == train_topics(labelled_news(60, 3)).value().model);
}

TEST_CASE("training tells each of its steps, and learns the same whoever listens") {
  std::vector<std::size_t> steps;
  std::size_t all = 0;
  const auto listened = train_topics(labelled_news(60, 3), [&](std::size_t done, std::size_t of) {
    steps.push_back(done);
    all = of;
  });
  REQUIRE(listened.has_value());
  REQUIRE_FALSE(steps.empty());
  for (std::size_t i = 0; i < steps.size(); ++i) CHECK(steps[i] == i + 1);
  CHECK(steps.back() == all);
  CHECK(listened->model == train_topics(labelled_news(60, 3)).value().model);
}

TEST_CASE("the order of labels in the file is that of their names, whatever the order of rows") {
  auto rows = labelled_news(60, 3);
  std::reverse(rows.begin(), rows.end());
  const TopicModel model = model_of(rows);
  REQUIRE(model.labels().size() == 3);
  CHECK(model.labels()[0].name == "02000000");
  CHECK(model.labels()[1].name == "15000000");
  CHECK(model.labels()[2].name == "17000000");
}

TEST_CASE("held-out figures count every row once and the curve rises with rows") {
  const TrainedTopics trained = train_topics(labelled_news(150, 5)).value();
  CHECK(trained.held_out.rows() == 150);
  CHECK(trained.folds == 5);
  CHECK_FALSE(trained.folds_by_source);
  CHECK(trained.held_out.accuracy() > 0.95);
  CHECK(trained.held_out.of(0).gold == 50);
  CHECK(trained.held_out.calibration_error() < 0.1);
  REQUIRE(trained.curve.size() == 4);
  CHECK(trained.curve.front().rows < trained.curve.back().rows);
  CHECK(trained.curve.front().accuracy <= trained.curve.back().accuracy);
}

TEST_CASE("labels that are drawn by lot are not learned, and the held-out figures say so") {
  auto rows = labelled_news(150, 7);
  SplitMix64 random(11);
  for (LabelledRow& row : rows) row.labels = {random() % 2 == 0 ? "heads" : "tails"};
  const TrainedTopics trained = train_topics(rows).value();
  CHECK(trained.held_out.accuracy() < 0.65);
  CHECK(trained.held_out.accuracy() > 0.35);
}

TEST_CASE("rows of one source are never on both sides") {
  // each source has a word of its own that gives its label away: useless for rows of other sources
  std::vector<LabelledRow> rows;
  for (int i = 0; i < 60; ++i) {
    const int source = i % 6;
    rows.push_back({"",
                    "",
                    "house" + std::to_string(source) + " writes again and again " + std::to_string(i),
                    "source " + std::to_string(source),
                    {source < 3 ? "yes" : "no"}});
  }
  const TrainedTopics by_source = train_topics(rows).value();
  CHECK(by_source.folds_by_source);
  for (LabelledRow& row : rows) row.source.clear();
  const TrainedTopics by_text = train_topics(rows).value();
  CHECK_FALSE(by_text.folds_by_source);
  CHECK(by_text.held_out.accuracy() == 1.0);
  CHECK(by_source.held_out.accuracy() < 0.7);
}

TEST_CASE("a row may have several labels, or none of them") {
  auto rows = labelled_news(90, 13);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % 3 == 2) rows[i].labels.clear();
    if (i % 3 == 1) rows[i].labels.emplace_back("justice");
  }
  const TopicModel model = model_of(rows);
  REQUIRE(model.labels().size() == 3);
  TopicFeatureReader reader;
  const auto scores = model.scores(reader.of("", "court judge jury trial verdict"));
  CHECK(scores[0] > 0.5);  // 02000000
  CHECK(scores[1] < 0.5);  // 15000000
  CHECK(scores[2] > 0.5);  // justice
  for (const double score : model.scores(reader.of("", "rain and gale and snow"))) CHECK(score < 0.5);
}

TEST_CASE("rows that cannot be learned from are refused in words") {
  CHECK(train_topics({}).error().is(RowsError::TooFewRows));
  CHECK(train_topics({{"", "", "one text", "", {"a"}}, {"", "", "another", "", {"a"}}})
            .error()
            .is(RowsError::TooFewRows));
  CHECK(train_topics({{"", "", "same", "", {"a"}}, {"", "", "same", "", {"a"}}, {"", "", "same", "", {}}})
            .error()
            .is(RowsError::TooFewRows));
}

TEST_CASE("the words that decided are given as the text has them, the strongest first") {
  const TopicModel model = model_of(labelled_news(120, 1));
  TopicFeatureReader reader;
  const auto& features = reader.of("", "On Monday the COURT was told that the Jury had seen the harbour.");
  const auto why = model.why(features, 0);
  REQUIRE(why.size() >= 2);
  CHECK(why.size() <= 5);
  CHECK(std::find(why.begin(), why.end(), "COURT") != why.end());
  CHECK(std::find(why.begin(), why.end(), "Jury") != why.end());
}

TEST_CASE("a model adds what no rule found, with its probability, and leaves what rules found alone") {
  const auto model = std::make_shared<const TopicModel>(model_of(labelled_news(120, 1)));
  Article article;
  article.headline = "Oldhaven and its striker";
  article.paragraphs = {"A derby. The keeper, the coach, the cup and the striker on Monday. Penalty, goal, league."};
  const Labels without = label(article, *default_resources());
  const Labels with = label(article, *default_resources(), {model, nullptr});
  CHECK_FALSE(without.models.contains("topics-model"));
  CHECK(with.models.at("topics-model") == model->version());
  const auto find = [](const Labels& labels) {
    return std::find_if(labels.topics.begin(), labels.topics.end(), [](const auto& t) { return t.code == "15000000"; });
  };
  REQUIRE(find(with) != with.topics.end());
  for (const TopicLabel& topic : without.topics)
    if (topic.by == TopicLabel::By::Rules)
      CHECK(std::find(with.topics.begin(), with.topics.end(), topic) != with.topics.end());

  article.headline.clear();
  article.paragraphs = {"sunny frost thunder degrees and people on Monday"};
  const Labels weather = label(article, *default_resources(), {model, nullptr});
  REQUIRE(weather.topics.size() == 1);
  CHECK(weather.topics[0].code == "17000000");
  CHECK(weather.topics[0].by == TopicLabel::By::Model);
  CHECK(weather.topics[0].confidence > 50);
  CHECK_FALSE(weather.topics[0].why.empty());
}

TEST_CASE("a file that is no model, cut short or changed is refused, whatever byte it is") {
  const std::string model = train_topics(labelled_news(30, 1)).value().model;
  CHECK(TopicModel::parse("", "m").error().is(TopicModelError::NoModel));
  CHECK(TopicModel::parse("[[topic]]", "m").error().is(TopicModelError::NoModel));
  for (std::size_t size : {8u, 20u, 23u, 24u, 40u, 200u, 10'000u}) {
    CAPTURE(size);
    CHECK(TopicModel::parse(model.substr(0, size), "m").has_error());
  }
  CHECK(TopicModel::parse(model.substr(0, model.size() - 1), "m").error().is(TopicModelError::Damaged));
  SplitMix64 random(17);
  for (int i = 0; i < 200; ++i) {
    std::string changed = model;
    changed[random() % changed.size()] ^= static_cast<char>(1 + random() % 255);
    CHECK(TopicModel::parse(changed, "m").has_error());
  }
  CHECK(TopicModel::parse(model, "m").has_value());
}

TEST_CASE("rows are read with file and line of what is wrong") {
  const auto rows = read_labelled_rows(
      "{\"id\": 7, \"title\": \"T\", \"labels\": [\"a\", \"b\", \"a\"]}\n\n{\"text\": \"x\", \"other\": {}}\n", "r");
  REQUIRE(rows.has_value());
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].id == "7");
  CHECK((*rows)[0].labels == std::vector<std::string>{"a", "b"});
  CHECK((*rows)[1].labels.empty());
  CHECK(read_labelled_rows("{\"text\": \"x\"}\n{\"id\": \"1\"}\n", "r").error().where == "r:2");
  CHECK(read_labelled_rows("{\"text\": \"x\", \"labels\": \"a\"}", "r").error().where == "r:1");
  CHECK(read_labelled_rows("{\"text\": \"x\", \"labels\": [\"\"]}", "r").error().where == "r:1");
  CHECK(read_labelled_rows("[]", "r").error().where == "r:1");
  CHECK(read_labelled_rows("{", "r").error().where == "r:1");
  CHECK(read_labelled_rows("", "r")->empty());
}
