// How many articles of 3 KB one processor labels a second; the target for language and topics together is 3,000.
#include "daemon/classify/cast.h"
#include "daemon/classify/label.h"
#include "daemon/classify/language.h"
#include "daemon/classify/name_tagger.h"
#include "daemon/classify/rule_set.h"
#include "daemon/classify/topic_training.h"
#include "daemon/classify/topics.h"
#include "daemon/classify/understand.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

using namespace newsd;

namespace {

/// About 3 KB of sentences, a fifth of whose words the rules know.
Article sample() {
  static const std::vector<std::string> kWords = {
      "the",    "harbour", "of",      "Oldhaven", "was",     "closed",  "for",    "days",     "while",   "divers",
      "looked", "after",   "a",       "chain",    "and",     "nobody",  "could",  "say",      "when",    "ferries",
      "return", "to",      "their",   "minister", "troops",  "war",     "police", "election", "company", "league",
      "talks",  "storm",   "school",  "music",    "prices",  "court",   "in",     "morning",  "people",  "who",
      "live",   "near",    "village", "river",    "several", "weather", "until",  "spring"};
  std::mt19937 random(7);
  Article article;
  article.headline = "Harbour of Oldhaven closed while divers look for a chain";
  for (std::size_t bytes = 0; bytes < 3000;) {
    std::string paragraph;
    for (int i = 0; i < 50; ++i) paragraph += kWords[random() % kWords.size()] + (i % 12 == 11 ? ". " : " ");
    bytes += paragraph.size();
    article.paragraphs.push_back(std::move(paragraph));
  }
  return article;
}

void label_article(benchmark::State& state) {
  const Article article = sample();
  const auto resources = default_resources();
  for (auto _ : state) benchmark::DoNotOptimize(label(article, *resources));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(label_article);

void language(benchmark::State& state) {
  const Article article = sample();
  for (auto _ : state) benchmark::DoNotOptimize(language_of(article, *default_resources()->language));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(language);

void topics(benchmark::State& state) {
  const Article article = sample();
  const auto resources = default_resources();
  for (auto _ : state) benchmark::DoNotOptimize(topics_of(article, "en", *resources));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(topics);

void facts(benchmark::State& state) {
  const Article article = sample();
  const auto resources = default_resources();
  for (auto _ : state) {
    Labels labels;
    labels.language.code = "en";
    understand(article, resources->lexicon, resources->names.get(), labels);
    benchmark::DoNotOptimize(labels);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(facts);

void tokens(benchmark::State& state) {
  const std::string body = sample().body();
  const auto resources = default_resources();
  for (auto _ : state) benchmark::DoNotOptimize(tokenise(body, resources->lexicon.vocabulary()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(tokens);

void names(benchmark::State& state) {
  const std::string body = sample().body();
  const auto resources = default_resources();
  const TokenText text = tokenise(body, resources->lexicon.vocabulary());
  for (auto _ : state) benchmark::DoNotOptimize(cast_of(text, resources->lexicon, resources->names.get(), ""));
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(names);

/// The tagger alone; the target is 2 MB of text a second.
void name_tags(benchmark::State& state) {
  const std::string body = sample().body();
  const auto resources = default_resources();
  const TokenText text = tokenise(body, resources->lexicon.vocabulary());
  const auto rules = name_spans(text, resources->lexicon, nullptr);
  const auto hits = resources->lexicon.names(text);
  for (auto _ : state) benchmark::DoNotOptimize(tag_names(text, resources->lexicon, rules, hits, *resources->names));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(name_tags);

/// What rules cost an article of 3 KB whose words are distributed as a language's (few are everywhere, most are rare).
/// Rules ask for words like those people write rules of: any of 20,000, one in twenty a phrase. The target is 5,000
/// articles a second with 10,000 rules.
void rules(benchmark::State& state) {
  std::mt19937 random(11);
  const auto name = [](unsigned n) { return "w" + std::to_string(n); };
  const auto asked = [&] { return name(static_cast<unsigned>(random() % 20'000)); };
  const auto written = [&] {
    return name(static_cast<unsigned>(std::pow(20'000.0, std::uniform_real_distribution<double>(0, 1)(random))));
  };
  std::vector<RuleText> texts;
  for (int i = 0; i < state.range(0); ++i)
    texts.push_back(
        {i % 20 == 0 ? "\"" + asked() + " " + asked() + "\"" : "(" + asked() + " OR " + asked() + ") AND " + asked(),
         0});
  const RuleSet set = RuleSet::compile(texts).value();
  std::string body;
  while (body.size() < 3000) body += written() + " ";
  RuleSubject subject;
  subject.headline = "w17 w230 w1999";
  subject.body = body;
  for (auto _ : state) benchmark::DoNotOptimize(set.matches(subject));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(rules)->Arg(100)->Arg(10'000);

void topic_model(benchmark::State& state) {
  std::vector<LabelledRow> rows;
  std::mt19937 random(5);
  for (int i = 0; i < 300; ++i) {
    LabelledRow row{std::to_string(i), "", "", "", {"label " + std::to_string(i % 17)}};
    for (int n = 0; n < 100; ++n) row.text += "w" + std::to_string(random() % 3000) + " ";
    rows.push_back(std::move(row));
  }
  const TopicModel model = TopicModel::parse(train_topics(rows).value().model, "bench").value();
  const Article article = sample();
  TopicFeatureReader reader;
  for (auto _ : state) benchmark::DoNotOptimize(model.scores(reader.of(article)));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(topic_model);

}  // namespace

BENCHMARK_MAIN();
