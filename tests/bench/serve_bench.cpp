// Deliveries a second over HTTP: the I/O thread writes, one other thread reads everything as fast as it can. Events of
// 2 KB in batches of 100, as commits bring them. CPU figures are the I/O thread's own, the kernel's copying included.
#include "daemon/ops/log.h"
#include "daemon/serve/http_server.h"
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

constexpr const char* kRequests[] = {
    "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n",
    "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"};

/// range(0): readers; range(1): 0 server-sent events, 1 lines, 2 a WebSocket.
void deliver(benchmark::State& state) {
  const auto readers = static_cast<std::size_t>(state.range(0));
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
      events.push_back(make_emitted(story_event(n, kEventBytes)).value());
      bytes += events.back()->size() - 1;  // what comes around a line differs: without it, nobody waits for too much
    }
    Tail tail(Sequence(0), 8 << 20);
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
    HttpConfig config;
    config.listen = "unix:" + folder + "/s";
    HttpServer server(config, context, std::nullopt, DaemonView{[] { return DaemonStatus(); }});
    server.start().value();
    std::atomic<bool> finished = false;
    std::atomic<std::size_t> had = 0;
    std::thread reader([&] {
      read_all(folder + "/s", kRequests[state.range(1)], readers, bytes, had);
      finished = true;
    });
    while (server.clients() < readers) io.run_one_for(std::chrono::milliseconds(1));
    io.run_for(std::chrono::milliseconds(20));  // their requests
    state.ResumeTiming();

    cpu += deliver_all(io, tail, events, kBatch, finished,
                       [&](std::size_t next) { return next * kEventBytes < had + 1000 * kEventBytes; });

    state.PauseTiming();
    reader.join();
    state.ResumeTiming();
  }
  const double deliveries = static_cast<double>(state.iterations() * kEvents * readers);
  state.counters["deliveries/s"] = benchmark::Counter(deliveries, benchmark::Counter::kIsRate);
  state.counters["cpu_us/delivery"] = cpu * 1e6 / deliveries;
  std::filesystem::remove_all(folder);
}
BENCHMARK(deliver)->Args({1, 0})->Args({16, 0})->Args({16, 1})->Args({16, 2})->UseRealTime()->Unit(
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
