// Deliveries a second over a unix socket: the I/O thread writes, one other thread reads everything as fast as it can.
// Events of 2 KB in batches of 100, as commits bring them. CPU figures are the I/O thread's own, the kernel's copying
// included.
#include "daemon/emit/socket_output.h"
#include "daemon/ops/log.h"
#include "tests/bench/readers.h"
#include "tests/daemon/stream/fake_journal.h"

#include <boost/asio/io_context.hpp>

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace newsd {
namespace {

constexpr std::uint64_t kEvents = 20'000;
constexpr std::size_t kEventBytes = 2048;
constexpr std::size_t kBatch = 100;

/// range(0): readers; range(1): 0 from the tail as events come, 1 all of it from the journal.
void deliver(benchmark::State& state) {
  const auto readers = static_cast<std::size_t>(state.range(0));
  const bool from_journal = state.range(1) == 1;
  std::string folder = (std::filesystem::temp_directory_path() / "newsd-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) std::abort();
  double cpu = 0;

  for (auto _ : state) {
    state.PauseTiming();
    boost::asio::io_context io{1};
    FakeJournal journal;
    std::vector<SharedEvent> events;
    std::size_t bytes = 0;
    for (std::uint64_t n = 1; n <= kEvents; ++n) {
      journal.records.push_back(story_event(n, kEventBytes));
      events.push_back(make_emitted(journal.records.back()).value());
      bytes += events.back()->size();
    }
    Tail tail(Sequence(from_journal ? kEvents : 0), 8 << 20);
    History history(journal);
    CursorBook book({}, [](CursorRow) {});
    WhereBook wheres;
    StreamContext context{io,
                          tail,
                          history,
                          book,
                          wheres,
                          "newsd://bench/main",
                          [] { return Instant{}; },
                          [](std::function<void()> job) { job(); }};
    OutputConfig config;
    config.kind = OutputConfig::Kind::Unix;
    config.path = folder + "/s";
    auto output = std::move(SocketOutput::create(config, context, std::nullopt).value());
    output->start().value();
    std::atomic<bool> finished = false;
    std::atomic<std::size_t> had = 0;
    std::thread reader([&] {
      read_all(folder + "/s", "{\"from\":\"earliest\"}\n", readers, bytes, had);
      finished = true;
    });
    while (output->clients() < readers && !from_journal) io.run_one_for(std::chrono::milliseconds(1));
    state.ResumeTiming();

    if (from_journal) events.clear();
    cpu += deliver_all(io, tail, events, kBatch, finished, [&](std::size_t) { return output->lag() < 1000; });

    state.PauseTiming();
    reader.join();
    state.ResumeTiming();
  }
  const double deliveries = static_cast<double>(state.iterations() * kEvents * readers);
  state.counters["deliveries/s"] = benchmark::Counter(deliveries, benchmark::Counter::kIsRate);
  state.counters["events/s"] =
      benchmark::Counter(deliveries / static_cast<double>(readers), benchmark::Counter::kIsRate);
  state.counters["cpu_us/delivery"] = cpu * 1e6 / deliveries;
  std::filesystem::remove_all(folder);
}
BENCHMARK(deliver)->Args({1, 0})->Args({16, 0})->Args({1, 1})->Args({16, 1})->UseRealTime()->Unit(
    benchmark::kMillisecond);

}  // namespace
}  // namespace newsd

int main(int argc, char** argv) {
  newsd::LogOptions quiet;
  quiet.level = newsd::LogLevel::Error;
  newsd::set_log(quiet);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
