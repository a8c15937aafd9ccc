// How many articles the exact placer places and remembers a second, what one costs in memory, and what making a
// candidate costs a worker. Targets: 200,000 a second at 100,000 articles, 300 bytes an article.
#include "daemon/dedupe/place.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <random>
#include <string>

using namespace newsd;

namespace {

/// Every fifth is a copy of an earlier one, every seventh the next version of one.
std::vector<Candidate> stream(std::size_t count) {
  std::mt19937_64 random(11);
  std::vector<Candidate> made;
  for (std::size_t i = 0; i < count; ++i) {
    Candidate c;
    c.self = ArticleId(Uuid{});
    Uuid uuid;
    for (auto& byte : uuid.bytes) byte = static_cast<std::uint8_t>(random());
    c.self = ArticleId(uuid);
    c.identities = {{IdentityKind::Url, {random(), random()}}, {IdentityKind::Path, {random(), random()}}};
    c.identified_by = {"URL https://news.example/" + std::to_string(i), "file " + std::to_string(i) + ".txt"};
    c.content = {random(), random()};
    c.fields = {random(), random(), random(), random(), random()};
    if (i > 10 && i % 5 == 0) c.content = made[random() % i].content;
    if (i > 10 && i % 7 == 0) {
      const Candidate& earlier = made[random() % i];
      c.self = earlier.self;
      c.identities = earlier.identities;
    }
    made.push_back(std::move(c));
  }
  return made;
}

void place_and_remember(benchmark::State& state) {
  const auto candidates = stream(static_cast<std::size_t>(state.range(0)));
  std::size_t bytes = 0, remembered = 0;
  for (auto _ : state) {
    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    const auto placer = make_exact_placer();
    Instant now{};
    for (const Candidate& candidate : candidates) {
      const Verdict verdict = placer->place(candidate, now);
      placer->remember(decision_of(candidate, verdict, EventId(candidate.self.value()), now));
      now += std::chrono::milliseconds(1);
    }
    bytes = mallinfo2().uordblks + mallinfo2().hblkhd - before;
    remembered = placer->size();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["bytes_per_article"] = static_cast<double>(bytes) / static_cast<double>(remembered);
}
BENCHMARK(place_and_remember)->Arg(100'000)->Unit(benchmark::kMillisecond);

void make_candidate(benchmark::State& state) {
  Article article;
  article.headline = "Harbour closes";
  article.id = std::string("harbour-17");
  for (int i = 0; i < 12; ++i) {
    article.paragraphs.emplace_back();
    for (int n = 0; n < 4; ++n)
      article.paragraphs.back() += "The harbour of Oldhaven will close for nine days while divers look. ";
  }
  Origin origin;
  origin.input = "inbox";
  origin.name = "a.txt";
  for (auto _ : state) benchmark::DoNotOptimize(candidate_of(article, origin));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(make_candidate);

}  // namespace

BENCHMARK_MAIN();
