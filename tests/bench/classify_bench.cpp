// How many articles of 3 KB one processor labels a second; the target for language and topics together is 3,000.
#include "daemon/classify/cast.h"
#include "daemon/classify/label.h"
#include "daemon/classify/language.h"
#include "daemon/classify/topics.h"
#include "daemon/classify/understand.h"

#include <benchmark/benchmark.h>

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
  for (auto _ : state) benchmark::DoNotOptimize(language_of(article));
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
    understand(article, resources->lexicon, labels);
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
  for (auto _ : state) benchmark::DoNotOptimize(cast_of(text, resources->lexicon, ""));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(names);

}  // namespace

BENCHMARK_MAIN();
