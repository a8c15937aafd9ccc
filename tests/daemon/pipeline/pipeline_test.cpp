#include "daemon/pipeline/pipeline.h"
#include "tests/daemon/pipeline/embedded_preparation.h"
#include "tests/support/io_thread.h"
#include "tests/support/memory_journal.h"
#include "tests/support/sample.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

namespace newsd {
namespace {

/// A pipeline over a journal in memory, with the test's thread as its I/O thread.
struct Bench {
  TemporaryDirectory dir;
  MemoryJournal own_journal;
  MemoryJournal& journal;
  IoThread io;
  std::unique_ptr<InFlight> in_flight = *InFlight::open(dir.path() / "inflight");
  std::vector<std::string> lines;
  std::vector<std::pair<std::string, std::size_t>> learned;
  std::map<std::string, Outcome> acked;
  std::vector<std::string> ack_order;
  std::unique_ptr<Pipeline> pipeline;

  /// kept: a journal from before, instead of a new one.
  explicit Bench(unsigned workers = 1, std::uint64_t queue_bytes = 64 << 20, MemoryJournal* kept = nullptr)
      : journal(kept != nullptr ? *kept : own_journal) {
    auto preparation = std::make_shared<const Preparation>(embedded_preparation());
    PipelineOptions options;
    options.workers = workers;
    options.queue_bytes = queue_bytes;
    options.source = "newsd://test/main";
    options.learning = LearningLimits{};
    options.sequencer.now = [] { return Instant(std::chrono::seconds(1'700'000'000)); };
    options.sequencer.retry = std::chrono::milliseconds(1);
    Pipeline::Hooks hooks;
    hooks.recorded = [this](std::vector<Record> records) {
      for (const Record& record : records) lines.push_back(*line_of(record));
    };
    hooks.paused = [](const Error&) {};
    hooks.resumed = [] {};
    hooks.troubled = [](const Error&) {};
    hooks.forgot = [](const Error&) {};
    hooks.learned = [this](const std::string& source, std::size_t n) { learned.push_back({source, n}); };
    hooks.failed = [](const Error& error) { UNSCOPED_INFO(error.message()); };
    hooks.warned = [](const std::string&, const std::string&) {};
    hooks.idle = [] {};
    pipeline = std::make_unique<Pipeline>(journal, *in_flight, make_exact_placer(), preparation, std::move(options),
                                          io.poster(), std::move(hooks));
  }
  void start() {
    REQUIRE(pipeline->restore().has_value());
    pipeline->start();
  }
  void deliver(const std::string& name, std::string text) {
    Arrival arrival{InputKey{"drop:inbox:" + name}, sample_document(std::move(text), name), std::nullopt};
    const InputKey key = arrival.key;
    pipeline->deliver(std::move(arrival), Sink::Ledger::UntilAck, [this, key, name](const Outcome& outcome) {
      acked[name] = outcome;
      ack_order.push_back(name);
      CHECK(journal.holds_input(key));  // durable before it is let go
      pipeline->released(key);
    });
  }
  bool wait_for_acks(std::size_t n) {
    return io.run_until([&] { return acked.size() == n; });
  }
};

/// With lines below the text that all of them have.
std::string furnished_text(int n) {
  return sample_text(n) +
         "\nThe harbour paper lives on what its readers give: whoever can spare something is thanked.\n\n"
         "Our letters to the editor appear in print on Saturdays, and may be cut before they do.\n";
}

std::string numbered(int n) { return "n" + std::to_string(n) + ".txt"; }

}  // namespace

TEST_CASE("every input is acknowledged once, after its events are durable, and the counts add up") {
  Bench bench(2);
  bench.start();
  for (int n = 0; n < 50; ++n) bench.deliver(numbered(n), sample_text(n % 40));
  bench.deliver("empty.txt", "");
  REQUIRE(bench.wait_for_acks(51));
  bench.pipeline->finish();
  const PipelineCounts counts = bench.pipeline->counts();
  CHECK(counts.inputs == 51);
  CHECK(counts.in_flight == 0);
  CHECK(counts.done == 50);
  CHECK(counts.quarantined == 1);
  CHECK(counts.articles_new == 40);
  CHECK(counts.duplicate == 10);
  CHECK(std::accumulate(counts.duplicates.begin(), counts.duplicates.end(), std::uint64_t{0}) == 10);
  CHECK(counts.duplicates[static_cast<std::size_t>(DuplicateKind::Exact)] == 10);
  CHECK(bench.acked["empty.txt"].fate == Outcome::Fate::Quarantined);
  CHECK(bench.journal.ledger()->empty());
}

TEST_CASE("counts go on where the journal stands, whatever the process before had in flight") {
  Bench bench(2);
  Batch before;
  before.totals.done = 7, before.totals.quarantined = 2, before.totals.articles_new = 5, before.totals.duplicate = 2;
  before.totals.duplicates[static_cast<std::size_t>(DuplicateKind::Near)] = 2;
  before.totals.unchanged = 30;
  REQUIRE(bench.journal.commit(before, Instant{}).has_value());
  bench.start();
  CHECK(bench.pipeline->counts().inputs == 9);
  for (int n = 0; n < 3; ++n) bench.deliver(numbered(n), sample_text(n % 2));
  REQUIRE(bench.wait_for_acks(3));
  bench.pipeline->finish();
  const PipelineCounts counts = bench.pipeline->counts();
  CHECK(counts.inputs == 12);
  CHECK(counts.done == 10);
  CHECK(counts.quarantined == 2);
  CHECK(counts.articles_new == 7);
  CHECK(counts.duplicate == 3);
  CHECK(counts.duplicates[static_cast<std::size_t>(DuplicateKind::Exact)] == 1);
  CHECK(counts.unchanged == 30);
  CHECK(*bench.journal.totals() == static_cast<const Totals&>(counts));
}

TEST_CASE("every input and every event about one is timed once") {
  Bench bench(3);
  bench.start();
  for (int n = 0; n < 30; ++n) bench.deliver(numbered(n), sample_text(n % 20));
  bench.deliver("empty.txt", "");
  REQUIRE(bench.wait_for_acks(31));
  bench.pipeline->finish();
  const auto counted = [](const LatencyCounts& counts) {
    return std::accumulate(counts.buckets.begin(), counts.buckets.end(), std::uint64_t{0});
  };
  std::map<std::string_view, std::uint64_t> stages;
  for (const auto& [stage, counts] : bench.pipeline->times().by_stage()) stages[stage] = counted(counts);
  CHECK(stages["wait"] == 31);
  CHECK(stages["read"] == 31);
  CHECK(stages["place"] >= 1);
  CHECK(stages["place"] == stages["record"]);
  CHECK(counted(bench.pipeline->times().whole.counts()) == 31);  // stories are no inputs
}

TEST_CASE("the lines are the same bytes with one worker and with four") {
  std::vector<std::vector<std::string>> runs;
  for (const unsigned workers : {1u, 4u}) {
    Bench bench(workers);
    bench.start();
    for (int n = 0; n < 60; ++n) bench.deliver(numbered(n), n % 9 == 4 ? std::string(200, '\1') : sample_text(n % 35));
    REQUIRE(bench.wait_for_acks(60));
    bench.pipeline->finish();
    runs.push_back(bench.lines);
  }
  REQUIRE(runs[0].size() > 60);
  CHECK(runs[0] == runs[1]);
}

TEST_CASE("what was learned of a source leaves its later articles, the same ones with one worker, two and eight") {
  constexpr int kInputs = 260;
  std::vector<std::vector<std::string>> runs;
  for (const unsigned workers : {1u, 2u, 8u}) {
    Bench bench(workers);
    bench.start();
    for (int n = 0; n < kInputs; ++n) bench.deliver(numbered(n), furnished_text(n));
    REQUIRE(bench.wait_for_acks(kInputs));
    bench.pipeline->finish();
    bench.io.run_until([&] { return !bench.learned.empty(); });
    CHECK(bench.learned == std::vector<std::pair<std::string, std::size_t>>{{"drop:inbox", 2}});
    CHECK(bench.pipeline->learning_load().lines == 2);
    runs.push_back(bench.lines);
  }
  std::vector<int> left_out;
  for (const std::string& line : runs[0]) {
    if (line.find("newsd.article.new\"") != std::string::npos)
      left_out.push_back(line.find("\"learnedFrom\":") != std::string::npos ? 1 : 0);
  }
  std::vector<int> expected(2 * Learning::kEpoch, 0);
  expected.resize(kInputs, 1);
  CHECK(left_out == expected);
  CHECK(runs[0] == runs[1]);
  CHECK(runs[0] == runs[2]);
}

TEST_CASE("an article that comes again is the same one, whatever was learned of its source meanwhile") {
  Bench bench(2);
  bench.start();
  for (int n = 0; n < 130; ++n) bench.deliver(numbered(n), furnished_text(n));
  REQUIRE(bench.wait_for_acks(130));
  bench.deliver(numbered(3), furnished_text(3));
  bench.deliver("copy.txt", furnished_text(4));
  REQUIRE(bench.io.run_until([&] { return bench.ack_order.size() == 132; }));
  bench.pipeline->finish();
  const PipelineCounts counts = bench.pipeline->counts();
  CHECK(counts.articles_new == 130);
  CHECK(counts.updated == 0);
  CHECK(counts.duplicate == 2);
}

TEST_CASE("a daemon that begins in the middle of an epoch reads as one that never stopped") {
  std::mt19937 random(Catch::rngSeed());
  constexpr int kInputs = 200;
  std::vector<std::vector<std::string>> runs;
  for (const int restarts : {0, 5}) {
    MemoryJournal journal;
    std::vector<std::string> lines;
    int done = 0;
    for (int run = 0; run <= restarts; ++run) {
      Bench bench(2, 64 << 20, &journal);
      bench.start();
      const int more = run == restarts ? kInputs - done : static_cast<int>(random() % 40);
      for (int n = 0; n < more; ++n) bench.deliver(numbered(done + n), furnished_text(done + n));
      done += more;
      REQUIRE(bench.wait_for_acks(static_cast<std::size_t>(more)));
      bench.pipeline->finish();
      lines.insert(lines.end(), bench.lines.begin(), bench.lines.end());
    }
    runs.push_back(std::move(lines));
  }
  CHECK(runs[0] == runs[1]);
  CHECK(std::count_if(runs[0].begin(), runs[0].end(), [](const std::string& line) {
          return line.find("\"learnedFrom\":") != std::string::npos;
        }) == kInputs - 2 * static_cast<int>(Learning::kEpoch));
}

TEST_CASE("asked to stop while the disk is full, workers that wait for what is learned end, and nothing is recorded") {
  Bench bench(3);
  for (int i = 0; i < 100'000; ++i) bench.journal.fail_next(Error(JournalError::DiskFull, "no space left"));
  bench.start();
  for (int n = 0; n < 300; ++n) bench.deliver(numbered(n), sample_text(n));
  REQUIRE(bench.io.run_until([&] { return !bench.pipeline->has_room(1); }));
  bench.pipeline->finish();
  CHECK(bench.acked.empty());
  CHECK(bench.journal.events().empty());
}

TEST_CASE("acknowledgements come in the order of delivery") {
  Bench bench(4);
  bench.start();
  std::vector<std::string> order;
  for (int n = 0; n < 40; ++n) {
    order.push_back(numbered(n));
    bench.deliver(order.back(), sample_text(n));
  }
  REQUIRE(bench.wait_for_acks(40));
  CHECK(bench.ack_order == order);
}

TEST_CASE("a full queue has no room, and tells when it has again") {
  Bench bench(1, 20'000);
  bench.start();
  CHECK(bench.pipeline->has_room(1'000'000));  // an empty queue takes one input of any size, or it would never be read
  bool told = false;
  const int id = bench.pipeline->on_room([&] { told = true; });
  int delivered = 0;
  while (bench.pipeline->has_room(1000)) bench.deliver(numbered(delivered++), sample_text(1));
  CHECK(delivered >= 2);
  CHECK(delivered < 10);
  REQUIRE(bench.io.run_until([&] { return told; }));
  CHECK(bench.pipeline->has_room(1000));
  bench.pipeline->forget_room(id);
}

TEST_CASE("an input that is in the ledger is known after a restart until it is released") {
  Bench bench;
  Batch batch;
  batch.inputs.push_back({InputKey{"drop:inbox:a"}, Outcome{Outcome::Fate::Quarantined, "{}"}, Sink::Ledger::UntilAck});
  REQUIRE(bench.journal.commit(batch, Instant{}).has_value());
  bench.start();
  const auto outcome = bench.pipeline->committed({"drop:inbox:a"});
  REQUIRE(outcome);
  CHECK(outcome->fate == Outcome::Fate::Quarantined);
  bench.pipeline->released({"drop:inbox:a"});
  CHECK_FALSE(bench.pipeline->committed({"drop:inbox:a"}));
  bench.pipeline->finish();
  CHECK(bench.journal.ledger()->empty());
}

TEST_CASE("reconciling forgets the inputs of one source that are gone, and no others") {
  Bench bench;
  Batch batch;
  for (const char* key : {"drop:inbox:a", "drop:inbox:b", "drop:other:a"}) {
    batch.inputs.push_back({InputKey{key}, Outcome{}, Sink::Ledger::Keep});
  }
  REQUIRE(bench.journal.commit(batch, Instant{}).has_value());
  bench.start();
  bench.pipeline->reconcile("drop:inbox:", {InputKey{"drop:inbox:b"}});
  CHECK_FALSE(bench.pipeline->committed({"drop:inbox:a"}));
  CHECK(bench.pipeline->committed({"drop:inbox:b"}));
  CHECK(bench.pipeline->committed({"drop:other:a"}));
  bench.pipeline->finish();
}

TEST_CASE("an input on which the reader crashed three times is quarantined unread") {
  Bench bench;
  REQUIRE(bench.journal.set_suspect({"drop:inbox:poison.txt"}, 2).has_value());
  bench.in_flight->mark(0, {"drop:inbox:poison.txt"});  // as a crash leaves it
  bench.start();
  bench.deliver("poison.txt", sample_text(1));
  bench.deliver("good.txt", sample_text(2));
  REQUIRE(bench.wait_for_acks(2));
  CHECK(bench.acked["poison.txt"].fate == Outcome::Fate::Quarantined);
  CHECK(bench.acked["poison.txt"].reason_json.find("\"code\":\"poison\"") != std::string::npos);
  CHECK(bench.acked["good.txt"].fate == Outcome::Fate::Done);
}

TEST_CASE("two crashes do not condemn an input") {
  Bench bench;
  REQUIRE(bench.journal.set_suspect({"drop:inbox:unlucky.txt"}, 1).has_value());
  bench.in_flight->mark(0, {"drop:inbox:unlucky.txt"});
  bench.start();
  bench.deliver("unlucky.txt", sample_text(1));
  REQUIRE(bench.wait_for_acks(1));
  CHECK(bench.acked["unlucky.txt"].fate == Outcome::Fate::Done);
}

TEST_CASE("while the disk is full there is no room, and everything taken is recorded afterwards") {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.journal.fail_next(Error(JournalError::DiskFull, "no space left"));
  bench.start();
  bench.deliver("a.txt", sample_text(1));
  REQUIRE(bench.io.run_until([&] { return !bench.pipeline->has_room(1) || !bench.acked.empty(); }));
  REQUIRE(bench.wait_for_acks(1));
  REQUIRE(bench.io.run_until([&] { return bench.pipeline->has_room(1); }));
  CHECK(bench.journal.events().size() == 2);
}

}  // namespace newsd
