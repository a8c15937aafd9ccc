// What the journal costs: events a second and CPU an event by batch size, bytes an event, and what a start costs with
// many decisions and after an unclean stop. The directory is made in $TMPDIR: let it lie on the kind of disk you want
// to know about.
#include "tests/daemon/journal/stream_samples.h"
#include "tests/support/temporary_directory.h"

#include <benchmark/benchmark.h>

#include <ctime>
#include <random>

namespace newsd {
namespace {

constexpr std::size_t kPayload = 6000;

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Payloads as zstd leaves them: nothing in them can be pressed further by whatever lies below.
void fill(Batch& batch, std::mt19937_64& random) {
  for (Record& r : batch.events) {
    r.payload.resize(kPayload);
    for (char& c : r.payload) c = static_cast<char>(random());
  }
}

/// The batch again, for the sequences that come next.
void renumber(Batch& batch, Sequence last) {
  for (std::size_t i = 0; i < batch.events.size(); ++i) {
    batch.events[i].sequence = Sequence(last.value() + 1 + i);
    batch.decision_events[i] = last.value() + 1 + i;
  }
  batch.released = {batch.inputs[0].key};
  batch.inputs[0].key = input_of(last.value());
}

void commit(benchmark::State& state) {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  const auto size = static_cast<std::uint64_t>(state.range(0));
  std::mt19937_64 random(1);
  Batch batch = sample_batch(Sequence(0), size, kPayload);
  fill(batch, random);
  double cpu = 0;
  for (auto _ : state) {
    state.PauseTiming();
    renumber(batch, journal->last());
    state.ResumeTiming();
    const double before = cpu_seconds();
    if (!journal->commit(batch, kNoon)) state.SkipWithError("commit failed");
    cpu += cpu_seconds() - before;
  }
  const auto events = static_cast<double>(journal->last().value());
  state.counters["events/s"] = benchmark::Counter(events, benchmark::Counter::kIsRate);
  state.counters["cpu_us/event"] = cpu * 1e6 / events;
  if (!journal->close_clean()) state.SkipWithError("close failed");
  state.counters["bytes/event"] = static_cast<double>(journal->size()) / events;
}
BENCHMARK(commit)->Arg(1)->Arg(10)->Arg(100)->Arg(1000)->UseRealTime()->Unit(benchmark::kMillisecond);

/// Everything a start reads: open, 60,000 decisions, ledger, cursors.
void restart(benchmark::State& state) {
  const TemporaryDirectory dir;
  const bool clean = state.range(0) != 0;
  {
    const auto journal = open_journal(dir.path());
    for (int i = 0; i < 60; ++i) {
      Batch batch = sample_batch(journal->last(), 1000, 2500);
      if (!journal->commit(batch, kNoon)) state.SkipWithError("commit failed");
    }
    if (!journal->close_clean()) state.SkipWithError("close failed");
  }
  for (auto _ : state) {
    if (!clean) {
      state.PauseTiming();
      Outsider(dir.path()).execute("UPDATE meta SET value = 0 WHERE key = 'clean'");
      state.ResumeTiming();
    }
    const auto journal = open_journal(dir.path());
    std::uint64_t decisions = 0;
    const auto read = journal->each_decision([&](const Past& past) { decisions += std::get<Decision>(past).version; });
    if (!read || decisions != 60'000 || !journal->ledger() || !journal->cursors()) state.SkipWithError("cannot read");
    state.PauseTiming();
    if (!journal->close_clean()) state.SkipWithError("close failed");
    state.counters["MB"] = static_cast<double>(journal->size()) / 1e6;
    state.ResumeTiming();
  }
}
BENCHMARK(restart)->ArgName("clean")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond)->Iterations(5);

/// The oldest events leaving, step by step.
void retention(benchmark::State& state) {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  std::mt19937_64 random(1);
  for (int i = 0; i < 20; ++i) {
    Batch batch = sample_batch(journal->last(), 1000, kPayload);
    fill(batch, random);
    if (!journal->commit(batch, kNoon)) state.SkipWithError("commit failed");
  }
  JournalOptions options;
  for (auto _ : state) {
    if (!journal->retain_step(kNoon + options.retain * 2, options)) state.SkipWithError("step failed");
  }
}
BENCHMARK(retention)->Unit(benchmark::kMillisecond)->Iterations(30)->UseRealTime();

void read(benchmark::State& state) {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 2000, kPayload);
  if (!journal->commit(batch, kNoon)) state.SkipWithError("commit failed");
  const auto reader = open_reader(dir.path());
  for (auto _ : state) {
    for (Sequence at(0); at < Sequence(2000);) at = (*reader->read(at, 256, 1 << 20)).back().sequence;
  }
  state.SetItemsProcessed(state.iterations() * 2000);
}
BENCHMARK(read)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace newsd

BENCHMARK_MAIN();
