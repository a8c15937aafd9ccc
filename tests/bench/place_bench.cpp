// How many articles the placers place and remember a second, what one costs in memory, how long the slowest decisions
// take, how long a restart does, and what sketching costs a worker. Targets: the exact placer 200,000 articles a second
// at 100,000, 300 bytes each; the whole one 40,000, with 2 KB each for identities and texts; sketching 250 MB/s.
#include "daemon/dedupe/content.h"
#include "daemon/dedupe/place.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <random>
#include <string>

#include <time.h>

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

/// The i-th article of a stream whose every fifth is a reprint of one of the last thousand, cut and framed anew; words
/// are drawn as unevenly as news' are. Made from i alone, so that millions need not be kept.
Candidate sketched(std::uint64_t i) {
  const bool is_reprint = i > 1000 && i % 5 == 0;
  const std::uint64_t text = is_reprint ? i - 1 - std::mt19937_64(i)() % 1000 / 5 * 5 : i;
  std::mt19937_64 random(text);
  const auto fill = [&random](std::vector<std::uint32_t>& list, std::size_t count, double unevenness) {
    std::uniform_real_distribution<double> share(0, 1);
    for (std::size_t n = 0; n < count; ++n)
      list.push_back(1 + static_cast<std::uint32_t>(std::pow(share(random), unevenness) * 4e9));
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  Candidate c;
  Sketch& s = c.sketch;
  fill(s.shingles, 64, 1);
  s.limit = UINT32_MAX;
  s.words = 300;
  fill(s.names, 20, 6);
  fill(s.title, 6, 6);
  std::vector<std::uint32_t> words;
  fill(words, 110, 6);
  for (const std::uint32_t word : words) s.terms.push_back({word, 1});
  for (std::uint32_t n = 0; n < 8; ++n)
    s.numbers.push_back({n * 1000 + static_cast<std::uint32_t>(random() % 1000), {'7'}});
  random.seed(i + 0x9E3779B97F4A7C15u);
  if (is_reprint) {
    s.shingles.resize(56);
    for (std::uint32_t n = 0; n < 6; ++n) s.shingles[random() % 56] += 1;
    std::sort(s.shingles.begin(), s.shingles.end());
  }
  s.host = s.source = static_cast<std::uint32_t>(random() % 5000 + 1);
  s.series = static_cast<std::uint32_t>(random());
  s.published = Instant(std::chrono::milliseconds(i * 40));
  Uuid uuid;
  for (auto& byte : uuid.bytes) byte = static_cast<std::uint8_t>(random());
  c.self = ArticleId(uuid);
  c.identities = {{IdentityKind::Url, {random(), random()}}};
  c.identified_by = {"URL https://news.example/"};
  c.content = {random(), random()};
  c.fields = {random(), random(), random(), random(), random()};
  return c;
}

/// Of this thread: what others do on the machine does not count.
double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

std::size_t allocated() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

void place_all(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    const std::size_t before = allocated();
    auto placer = make_placer({});
    std::vector<float> micros;
    micros.reserve(count);
    double seconds = 0;
    std::uint64_t copies = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      const Candidate candidate = sketched(i);
      const Instant now = *candidate.sketch.published;
      const double begin = cpu_seconds();
      const Verdict verdict = placer->place(candidate, now);
      placer->remember(decision_of(candidate, verdict, EventId(candidate.self.value()), now));
      for (const StoryChange& change : placer->tend(now)) placer->remember(change);
      const double took = cpu_seconds() - begin;
      seconds += took;
      micros.push_back(static_cast<float>(took * 1e6));
      copies += verdict.kind == VerdictKind::Duplicate;
    }
    const PlacerLoad load = placer->load();
    const auto articles = static_cast<double>(load.articles);
    std::sort(micros.begin(), micros.end());
    state.SetIterationTime(seconds);
    state.counters["bytes_per_article"] = static_cast<double>(allocated() - before - micros.capacity() * 4) / articles;
    state.counters["story_bytes_per_article"] = static_cast<double>(load.story_bytes) / articles;
    state.counters["p50_us"] = micros[count / 2];
    state.counters["p99_us"] = micros[count * 99 / 100];
    state.counters["max_us"] = micros.back();
    state.counters["copies"] = static_cast<double>(copies);
    state.counters["stories"] = static_cast<double>(load.stories);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(place_all)->Arg(100'000)->Arg(2'000'000)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

/// What a start does with the journal's decisions, less reading them.
void rebuild(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    auto deciding = make_placer({}), placer = make_placer({});
    double seconds = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      const Candidate candidate = sketched(i);
      const Instant now = *candidate.sketch.published;
      const Decision decision =
          decision_of(candidate, deciding->place(candidate, now), EventId(candidate.self.value()), now);
      deciding->remember(decision);
      const double begin = cpu_seconds();
      placer->remember(decision);
      seconds += cpu_seconds() - begin;
    }
    state.SetIterationTime(seconds);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(rebuild)->Arg(100'000)->Arg(2'000'000)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

void sketch(benchmark::State& state) {
  std::mt19937 random(5);
  Article article;
  article.headline = "Harbour closes for nine days after crane falls";
  std::size_t bytes = 0;
  const char* const words[] = {"harbour", "ferry",   "said",    "the",      "of",       "a",     "Lindqvist",
                               "quay",    "12",      "sailors", "hurt",     "crane",    "where", "divers",
                               "and",     "in",      "1,200",   "minister", "Oldhaven", "week",  "to",
                               "close",   "looking", "that",    "sea"};
  for (int i = 0; i < 12; ++i) {
    std::string& paragraph = article.paragraphs.emplace_back();
    for (int n = 0; n < 40; ++n)
      paragraph += std::string(words[random() % std::size(words)]) + std::to_string(random() % 3) + " ";
    bytes += paragraph.size();
  }
  for (auto _ : state) benchmark::DoNotOptimize(sketch_of(article, compared_body(article)));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(sketch);

}  // namespace

BENCHMARK_MAIN();
