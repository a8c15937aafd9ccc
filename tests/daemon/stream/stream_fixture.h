// StreamFixture: a stream to hang consumers on — journal, tail, cursors, an io_context that runs until a condition
// holds — and a folder of the test's own.
#pragma once

#include "daemon/ops/log.h"
#include "daemon/stream/stream_context.h"
#include "tests/daemon/stream/fake_journal.h"
#include "tests/support/temporary_directory.h"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>

namespace newsd {

class StreamFixture {
 public:
  explicit StreamFixture(std::uint64_t events_before = 0, std::vector<CursorRow> rows = {},
                         std::size_t tail_bytes = 1 << 20)
      : tail(Sequence(events_before), tail_bytes),
        history(journal),
        book(std::move(rows), [this](CursorRow row) { saved.push_back(std::move(row)); }) {
    std::signal(SIGPIPE, SIG_IGN);
    LogOptions quiet;
    quiet.fd = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    static const int kept = (set_log(quiet), quiet.fd);
    static_cast<void>(kept);
    for (std::uint64_t n = 1; n <= events_before; ++n) journal.records.push_back(story_event(n));
  }
  StreamFixture(const StreamFixture&) = delete;
  StreamFixture& operator=(const StreamFixture&) = delete;

  StreamContext context() {
    return StreamContext{io,
                         tail,
                         history,
                         book,
                         wheres,
                         "newsd://test/main",
                         [] { return Instant(std::chrono::milliseconds(1'000'000'000)); },
                         [](std::function<void()> job) { job(); }};
  }

  /// Commits records: into the journal, then to the tail.
  void commit(std::vector<Record> records) {
    std::vector<SharedEvent> events;
    for (Record& record : records) {
      events.push_back(make_emitted(record).value());
      journal.records.push_back(std::move(record));
    }
    tail.append(events);
  }
  /// Commits so many events in one batch.
  void commit(std::uint64_t count, std::size_t size = 500) {
    std::vector<Record> records;
    for (std::uint64_t n = 1; n <= count; ++n) records.push_back(story_event(tail.last().value() + n, size));
    commit(std::move(records));
  }

  /// Runs the I/O until the condition holds; false when it does not within ten seconds.
  template <class Condition>
  bool run_until(Condition holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > end) return false;
      if (io.stopped()) io.restart();
      io.run_one_for(std::chrono::milliseconds(2));
    }
    return true;
  }
  /// Runs what is ready now.
  void run_ready() {
    if (io.stopped()) io.restart();
    io.poll();
  }
  /// Stops an output and waits for its word.
  template <class Output>
  bool stop(Output& output, std::chrono::milliseconds within = std::chrono::seconds(5)) {
    bool done = false;
    output.stop(within, [&done] { done = true; });
    return run_until([&] { return done; });
  }

  boost::asio::io_context io{1};
  FakeJournal journal;
  Tail tail;
  History history;
  CursorBook book;
  WhereBook wheres;
  std::vector<CursorRow> saved;
  TemporaryDirectory folder;
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The sequence of an event's line; 0 when it has none.
inline std::uint64_t sequence_in(const std::string& line) {
  const std::string key = "\"sequence\":\"";
  const std::size_t at = line.find(key);
  return at == std::string::npos ? 0 : std::stoull(line.substr(at + key.size(), 20));
}

inline std::vector<std::uint64_t> sequences_in(const std::vector<std::string>& lines) {
  std::vector<std::uint64_t> sequences;
  for (const std::string& line : lines)
    if (std::uint64_t n = sequence_in(line)) sequences.push_back(n);
  return sequences;
}

/// first, first + 1, … last
inline std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t n = first; n <= last; ++n) numbers.push_back(n);
  return numbers;
}

}  // namespace newsd
