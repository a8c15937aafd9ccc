#include "daemon/journal/inflight.h"
#include "tests/daemon/journal/result_words.h"
#include "tests/daemon/journal/stream_samples.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <csignal>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

namespace newsd {
namespace {

constexpr std::uint64_t kBatch = 7;

/// What a daemon does until it is killed: commits batch after batch and tells each on the pipe when it is durable.
[[noreturn]] void commit_until_killed(const std::filesystem::path& dir, int acks) {
  const auto journal = open_journal(dir);
  for (;;) {
    Batch batch = sample_batch(journal->last(), kBatch, 2000);
    batch.cursors = {{"file", Sequence(journal->last().value() + kBatch), ""}};
    if (!journal->commit(batch, kNoon)) ::_exit(1);
    const std::uint64_t last = journal->last().value();
    if (::write(acks, &last, sizeof last) != sizeof last) ::_exit(2);
  }
}

/// Starts the daemon, kills it when `commits` batches were acknowledged, and returns the last sequence acknowledged.
std::uint64_t run_and_kill(const std::filesystem::path& dir, int commits) {
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(pipe[0]);
    try {
      commit_until_killed(dir, pipe[1]);
    } catch (...) {
      ::_exit(3);
    }
  }
  ::close(pipe[1]);
  std::uint64_t last = 0;
  while (commits-- > 0 && ::read(pipe[0], &last, sizeof last) == sizeof last) {}
  ::kill(child, SIGKILL);
  for (std::uint64_t more = 0; ::read(pipe[0], &more, sizeof more) == sizeof more;)
    last = more;  // acknowledged before the end
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(pipe[0]);
  REQUIRE(WIFSIGNALED(status));
  return last;
}

}  // namespace

TEST_CASE("over twenty kills nothing acknowledged is lost, nothing is there twice, and there is no hole") {
  const TemporaryDirectory dir;
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 20; ++round) {
    const std::uint64_t last = run_and_kill(dir.path(), round % 4);
    if (last != 0) acknowledged = last;
    if (!std::filesystem::exists(dir.path() / "journal.db")) continue;  // killed before it was made
    const auto reader = JournalReader::open(dir.path());
    if (!reader) {  // killed while it was being made: nothing was acknowledged yet
      REQUIRE(acknowledged == 0);
      continue;
    }
    const auto found = (*reader)->last();
    REQUIRE(found);
    REQUIRE(found->value() >= acknowledged);
    REQUIRE(found->value() <= acknowledged + 2 * kBatch);  // one in the making, one before it not yet told
    REQUIRE(found->value() % kBatch == 0);
    acknowledged = found->value();
  }
  REQUIRE(acknowledged > 0);

  const auto journal = open_journal(dir.path());
  CHECK(journal->last().value() == acknowledged);
  CHECK(journal->notes().size() == 1);
  const auto events = open_reader(dir.path())->read(Sequence(0), 100'000, 1 << 30);
  REQUIRE(events);
  REQUIRE(events->size() == acknowledged);
  std::set<Uuid> ids;
  for (std::size_t i = 0; i < events->size(); ++i) {
    CHECK((*events)[i].sequence.value() == i + 1);
    ids.insert((*events)[i].id.value());
  }
  CHECK(ids.size() == acknowledged);
  CHECK(journal->ledger()->size() == acknowledged / kBatch);
  CHECK(journal->cursors()->front().sequence.value() == acknowledged);
  std::uint64_t decisions = 0;
  REQUIRE(journal->each_decision([&](const Past&) { ++decisions; }));
  CHECK(decisions == acknowledged);
}

TEST_CASE("a second daemon is refused and told who the first is") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  const std::string pid = std::to_string(::getpid());
  const int failed_step = in_child([&] {
    const auto second = Journal::open(dir.path(), {});
    if (second) return 1;
    if (!second.error().is(JournalError::Locked)) return 2;
    return second.error().text.find(pid) != std::string::npos ? 0 : 3;
  });
  CHECK(failed_step == 0);
}

TEST_CASE("the lock ends with the process that held it, however it ends") {
  const TemporaryDirectory dir;
  CHECK(in_child([&] {
          const auto journal = open_journal(dir.path());
          return ::raise(SIGKILL);
        }) == -SIGKILL);
  CHECK(Journal::open(dir.path(), {}));
}

TEST_CASE("the input a worker was reading when the process died is found at the next start") {
  const TemporaryDirectory dir;
  const auto file = dir.path() / "inflight";
  const int how = GENERATE(0, SIGKILL);
  const int ended = in_child([&] {
    const auto flight = InFlight::open(file);
    if (!flight || !(*flight)->take_leftovers().empty()) return 1;
    (*flight)->mark(0, {"read and done"});
    (*flight)->clear(0);
    (*flight)->mark(1, {std::string("poi\0son", 7)});
    (*flight)->mark(63, {"first"});
    (*flight)->mark(63, {std::string(InFlight::kMaxKeyBytes, 'k')});
    if (how != 0) ::raise(how);
    return 0;
  });
  REQUIRE(ended == -how);
  auto flight = InFlight::open(file);
  REQUIRE(flight);
  const auto leftovers = (*flight)->take_leftovers();
  REQUIRE(leftovers.size() == 2);
  CHECK(leftovers[0].value == std::string("poi\0son", 7));
  CHECK(leftovers[1].value == std::string(InFlight::kMaxKeyBytes, 'k'));
  CHECK((*flight)->take_leftovers().empty());
}

TEST_CASE("a process killed while it marks and clears leaves a whole key or none") {
  const TemporaryDirectory dir;
  const auto file = dir.path() / "inflight";
  const std::string a(1000, 'a'), b(300, 'b');
  for (int round = 0; round < 10; ++round) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto flight = InFlight::open(file);
      if (!flight || ::write(pipe[1], "!", 1) != 1) ::_exit(1);
      for (;;) {
        (*flight)->mark(5, {a});
        (*flight)->mark(5, {b});
        (*flight)->clear(5);
      }
    }
    char started = 0;
    REQUIRE(::read(pipe[0], &started, 1) == 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(pipe[0]);
    ::close(pipe[1]);
    const auto leftovers = (*InFlight::open(file))->take_leftovers();
    REQUIRE(leftovers.size() <= 1);
    if (!leftovers.empty()) CHECK((leftovers[0].value == a || leftovers[0].value == b));
  }
}

TEST_CASE("a key too long for its slot is not marked, and a damaged file holds no suspects") {
  const TemporaryDirectory dir;
  const auto file = dir.path() / "inflight";
  {
    const auto flight = InFlight::open(file);
    (*flight)->mark(0, {"before"});
    (*flight)->mark(0, {std::string(InFlight::kMaxKeyBytes + 1, 'k')});
    CHECK((*flight)->take_leftovers().empty());
    (*flight)->mark(1, {"sound"});
    (*flight)->mark(2, {"damaged"});
  }
  FILE* bytes = std::fopen(file.c_str(), "r+");
  std::fseek(bytes, 2 * 4096 + 16, SEEK_SET);
  std::fputc('D', bytes);
  std::fseek(bytes, 3 * 4096, SEEK_SET);
  std::fwrite("\xff\xff\xff\xff\xff\xff\xff\xff", 1, 8, bytes);
  std::fclose(bytes);
  const auto leftovers = (*InFlight::open(file))->take_leftovers();
  REQUIRE(leftovers.size() == 1);
  CHECK(leftovers[0].value == "sound");

  std::filesystem::resize_file(file, 100);
  CHECK((*InFlight::open(file))->take_leftovers().empty());
  CHECK(std::filesystem::file_size(file) == InFlight::kSlots * 4096);
}

}  // namespace newsd
