// What goes wrong around a drop directory: it is missing, replaced, cannot be written; the kernel drops reports or has
// no descriptors left.
#include "tests/feeds/source/drop_fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <fstream>

namespace newsd {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Names = std::vector<std::string>;

/// Allows so many open files for as long as it lives.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t most) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = most;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE_METHOD(DropFixture, "a directory that is missing is told once and taken when it is there") {
  fs::remove(inbox);
  start();
  run_for(milliseconds(400));
  CHECK(count_told(SourceError::NoDirectory) == 1);
  CHECK(sink.reconciled == 0);  // nothing is known of what lies there
  fs::create_directory(inbox);
  old_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  CHECK(sink.reconciled == 1);
  CHECK(notices.back().kind == SourceNotice::Kind::Recovered);
}

TEST_CASE_METHOD(DropFixture, "a directory that is replaced is watched again, and acks reach the old one") {
  start();
  drop_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  fs::rename(inbox, home / "old");
  fs::create_directory(inbox);
  drop_file("b.txt", "text");
  REQUIRE(until_delivered(2));
  CHECK(told(SourceError::NoDirectory));
  CHECK(sink.names() == Names{"a.txt", "b.txt"});
  sink.ack_all();
  CHECK(fs::exists(home / "old" / "done" / "a.txt"));
  CHECK(fs::exists(inbox / "done" / "b.txt"));
}

TEST_CASE_METHOD(DropFixture, "a directory whose parent is replaced is found by the next reconciliation") {
  const fs::path parent = home / "parent";
  fs::create_directories(parent / "in");
  options.path = (parent / "in").string();
  options.reconcile = milliseconds(50);
  start();
  run_for(milliseconds(20));
  fs::rename(parent, home / "moved");
  fs::create_directories(parent / "in");
  write_file(parent / "in" / "a.txt", "text");
  REQUIRE(until_delivered(1));
  CHECK(document(0).bytes == "text");
}

TEST_CASE_METHOD(DropFixture, "while done/ cannot be written nothing is lost or announced again, and it is told once") {
  write_file(inbox / "done", "a file where the folder should be");
  age(inbox / "done");
  options.reconcile = milliseconds(50);
  start();
  REQUIRE(until_delivered(1));  // the file called done is an input as any other
  drop_file("a.txt", "text");
  drop_file("b.txt", "text");
  REQUIRE(until_delivered(3));
  sink.ack(1);
  sink.ack(2);
  run_for(milliseconds(250));
  CHECK(sink.delivered.size() == 3);
  CHECK(sink.releases.empty());
  CHECK(count_told(SourceError::CannotLetGo) == 1);
  CHECK(fs::exists(inbox / "a.txt"));
  fs::remove(inbox / "done");
  REQUIRE(until([&] { return sink.releases.size() == 2; }));
  CHECK(fs::exists(inbox / "done" / "a.txt"));
  CHECK(fs::exists(inbox / "done" / "b.txt"));
  CHECK(notices.back().kind == SourceNotice::Kind::Recovered);
  CHECK(sink.delivered.size() == 3);
}

TEST_CASE_METHOD(DropFixture, "a done/ that is a link is not followed") {
  fs::create_directory(home / "elsewhere");
  fs::create_directory_symlink(home / "elsewhere", inbox / "done");
  start();
  drop_file("a.txt", "text");
  REQUIRE(until([&] { return sink.delivered.size() >= 2; }));  // the link itself is refused
  sink.ack_all(Outcome{});
  run_for(milliseconds(20));
  CHECK(fs::is_empty(home / "elsewhere"));
}

TEST_CASE_METHOD(DropFixture, "claiming stops while too many acknowledged files cannot be let go") {
  write_file(inbox / "done", "in the way");
  sink.acks_at_once = true;
  for (int i = 0; i < 200; ++i) old_file("f" + std::to_string(1000 + i), "text");
  start();
  run_for(milliseconds(300));
  CHECK(sink.delivered.size() < 80);
  CHECK(drop->in_flight() < 80);
  fs::remove(inbox / "done");
  REQUIRE(until([&] { return sink.releases.size() >= 200; }));
  CHECK(sink.delivered.size() >= 200);
  CHECK(sink.delivered.size() <= 201);  // the file called done may have been one
}

TEST_CASE_METHOD(DropFixture, "out of descriptors it waits, tells it once, and goes on") {
  for (int i = 0; i < 100; ++i) old_file("f" + std::to_string(100 + i), "text");
  start();
  {
    const DescriptorLimit limit(40);
    run_for(milliseconds(250));
    CHECK(count_told(SourceError::NoDescriptors) == 1);
    CHECK(sink.delivered.size() < 40);
    CHECK_FALSE(sink.delivered.empty());
    sink.ack_all();
    REQUIRE(until([&] {
      sink.ack_all();
      return sink.releases.size() == 100;
    }));
  }
  CHECK(sink.delivered.size() == 100);
}

TEST_CASE_METHOD(DropFixture, "without a watch of the kernel's it scans, and takes what settled") {
  options.watch = false;
  options.reconcile = milliseconds(20);
  start();
  run_for(milliseconds(10));
  drop_file("b.txt", "renamed");
  write_file(inbox / "a.txt", "written");
  REQUIRE(until_delivered(2));
  sink.ack_all();
  run_for(milliseconds(60));
  CHECK(sink.delivered.size() == 2);
  CHECK(fs::exists(inbox / "done" / "a.txt"));
}

TEST_CASE_METHOD(DropFixture, "when the kernel dropped reports the directory is scanned and nothing is missed") {
  std::size_t most = 16'384;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> most;
  if (most > 20'000) return;  // too many files for a quick test
  options.settle = milliseconds(5);
  sink.acks_at_once = true;
  start();
  run_for(milliseconds(5));
  // two names take turns: two reports a turn, until the queue runs over; then a file that nobody reports
  drop_file("turn.a", "turning");
  for (std::size_t i = 0; i < most / 2 + 10; ++i) {
    fs::rename(inbox / "turn.a", inbox / "turn.b");
    fs::rename(inbox / "turn.b", inbox / "turn.a");
  }
  drop_file("last.txt", "not reported");
  REQUIRE(until_delivered(2));
  run_for(milliseconds(50));
  CHECK(sink.delivered.size() == 2);
}

}  // namespace newsd
