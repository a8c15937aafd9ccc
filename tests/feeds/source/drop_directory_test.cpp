#include "tests/feeds/source/drop_fixture.h"

#include "tests/support/fake_clock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

namespace newsd {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(DropFixture, "a file renamed in is delivered at once with its bytes and origin") {
  FakeClock clock;
  options.clock = clock.clock();
  options.settle = std::chrono::hours(1);
  start();
  drop_file("one story.txt", "Ferry runs again\n");
  REQUIRE(until_delivered(1));
  const Document& got = document(0);
  CHECK(got.bytes == "Ferry runs again\n");
  CHECK(got.origin.kind == OriginKind::Drop);
  CHECK(got.origin.input == "inbox");
  CHECK(got.origin.name == "one story.txt");
  CHECK(got.origin.uri == "file://" + inbox.string() + "/one%20story.txt");
  CHECK(got.origin.bytes == 17);
  CHECK(got.origin.sha256.to_hex() == "cd2d897acc7ba10960721b5d7ae60062cd399e4c9b243908d862d299007f5310");
  CHECK(got.origin.received_at == clock.now());
  CHECK_FALSE(sink.delivered[0].arrival.refused);
  CHECK(sink.delivered[0].ledger == Sink::Ledger::UntilAck);
}

TEST_CASE_METHOD(DropFixture, "a file stays where it is until its ack, then moves to done/") {
  start();
  drop_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  run_for(milliseconds(20));
  CHECK(fs::exists(inbox / "a.txt"));
  sink.ack(0);
  CHECK_FALSE(fs::exists(inbox / "a.txt"));
  CHECK(file_text(inbox / "done" / "a.txt") == "text");
  CHECK((fs::status(inbox / "done").permissions() & fs::perms::others_all) == fs::perms::none);
  REQUIRE(sink.releases.size() == 1);
  CHECK(sink.releases[0] == sink.delivered[0].arrival.key);
  CHECK(drop->in_flight() == 0);
}

TEST_CASE_METHOD(DropFixture, "names that belong to unfinished writers, and directories, are left alone") {
  start();
  for (const char* name : {".hidden.txt", "half.tmp", "half.part"}) drop_file(name, "no");
  fs::create_directory(inbox / "folder.txt");
  drop_file("yes.txt", "yes");
  REQUIRE(until_delivered(1));
  run_for(milliseconds(80));
  CHECK(sink.names() == Names{"yes.txt"});
  CHECK(fs::exists(inbox / "half.tmp"));
}

TEST_CASE_METHOD(DropFixture,
                 "a full directory is taken in the order of its names, though some files are new and some old") {
  for (const char* name : {"c", "a", "e"}) old_file(name, "old");
  for (const char* name : {"d", "b"}) write_file(inbox / name, "new");
  start();
  REQUIRE(until_delivered(5));
  CHECK(sink.names() == Names{"a", "b", "c", "d", "e"});
}

TEST_CASE_METHOD(DropFixture, "files that come later are taken in the order they came") {
  start();
  for (const char* name : {"z", "m", "a"}) drop_file(name, name);
  REQUIRE(until_delivered(3));
  CHECK(sink.names() == Names{"z", "m", "a"});
}

TEST_CASE_METHOD(DropFixture, "a writer that is slow is waited for until it closes the file") {
  start();
  std::ofstream slow(inbox / "slow.txt");
  slow << "first half, " << std::flush;
  run_for(milliseconds(150));  // five times the settle time
  CHECK(sink.delivered.empty());
  slow << "second half";
  slow.close();
  REQUIRE(until_delivered(1));
  CHECK(document(0).bytes == "first half, second half");
}

TEST_CASE_METHOD(DropFixture, "a file closed and written to again within the settle time is taken once, whole") {
  options.settle = milliseconds(60);
  start();
  write_file(inbox / "a.txt", "one ");
  run_for(milliseconds(20));
  std::ofstream(inbox / "a.txt", std::ios::app) << "two";
  REQUIRE(until_delivered(1));
  run_for(milliseconds(150));
  CHECK(sink.delivered.size() == 1);
  CHECK(document(0).bytes == "one two");
}

TEST_CASE_METHOD(DropFixture, "a file that is still open when the daemon starts is not taken half written") {
  const int fd = ::open((inbox / "open.txt").c_str(), O_WRONLY | O_CREAT, 0644);
  REQUIRE(::write(fd, "half", 4) == 4);
  age(inbox / "open.txt");
  start();
  run_for(milliseconds(100));
  CHECK(sink.delivered.empty());
  CHECK(drained);  // --once does not wait for somebody else's writing
  REQUIRE(::write(fd, " whole", 6) == 6);
  ::close(fd);
  REQUIRE(until_delivered(1));
  CHECK(document(0).bytes == "half whole");
}

TEST_CASE_METHOD(DropFixture, "what is no regular file is never opened: it is refused and moves to failed/") {
  REQUIRE(::mkfifo((inbox / "fifo.txt").c_str(), 0644) == 0);
  fs::create_symlink("/etc/hostname", inbox / "link.txt");
  const bool before_start = GENERATE(true, false);
  if (before_start) {
    start();
  } else {
    fs::rename(inbox / "fifo.txt", home / "f");
    fs::rename(inbox / "link.txt", home / "l");
    start();
    fs::rename(home / "f", inbox / "fifo.txt");
    fs::rename(home / "l", inbox / "link.txt");
  }
  REQUIRE(until_delivered(2));
  for (const auto& one : sink.delivered) {
    REQUIRE(one.arrival.refused);
    CHECK(one.arrival.refused->code == "not-a-regular-file");
    CHECK(one.arrival.document.bytes.empty());
  }
  sink.ack_all(kQuarantined);
  CHECK(fs::is_fifo(inbox / "failed" / "fifo.txt"));
  CHECK(fs::is_symlink(fs::symlink_status(inbox / "failed" / "link.txt")));
  CHECK(file_text(inbox / "failed" / "fifo.txt.reason.json") == "{\"code\":\"binary\"}\n");
  CHECK(fs::exists(inbox / "failed" / "link.txt.reason.json"));
}

TEST_CASE_METHOD(DropFixture, "a FIFO, a link and a socket made in place are refused, too") {
  start();
  REQUIRE(::mkfifo((inbox / "fifo").c_str(), 0644) == 0);
  fs::create_symlink("nowhere", inbox / "link");
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = (inbox / "socket").string();
  REQUIRE(path.size() < sizeof(address.sun_path));
  std::copy(path.begin(), path.end(), address.sun_path);
  REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
  REQUIRE(until_delivered(3));
  CHECK(std::all_of(sink.delivered.begin(), sink.delivered.end(),
                    [](const auto& one) { return one.arrival.refused.has_value(); }));
  ::close(fd);
}

TEST_CASE_METHOD(DropFixture, "a file larger than a document may be is refused unread") {
  options.max_bytes = 1000;
  old_file("exact", std::string(1000, 'x'));
  write_file(inbox / "sparse", "");
  fs::resize_file(inbox / "sparse", 1ull << 40);
  start();
  REQUIRE(until_delivered(2));
  CHECK(document(0).bytes.size() == 1000);
  REQUIRE(sink.delivered[1].arrival.refused);
  CHECK(sink.delivered[1].arrival.refused->code == "too-large");
  CHECK(document(1).origin.bytes == 1ull << 40);
  sink.ack(1, kQuarantined);
  CHECK(fs::exists(inbox / "failed" / "sparse"));
}

TEST_CASE_METHOD(DropFixture, "a file with other names is refused, unless they go within the settle time") {
  write_file(home / "elsewhere", "somebody's");
  fs::create_hard_link(home / "elsewhere", inbox / "linked");
  start();
  write_file(home / "mail", "delivered by link and unlink");
  fs::create_hard_link(home / "mail", inbox / "mail");
  fs::remove(home / "mail");
  REQUIRE(until_delivered(2));
  for (const auto& one : sink.delivered) {
    if (one.arrival.document.origin.name == "linked") {
      REQUIRE(one.arrival.refused);
      CHECK(one.arrival.refused->code == "hard-link");
    } else {
      CHECK_FALSE(one.arrival.refused);
      CHECK(one.arrival.document.bytes == "delivered by link and unlink");
    }
  }
}

TEST_CASE_METHOD(DropFixture, "odd names are kept as they are and have readable ones") {
  const std::string longest = std::string(251, 'n') + ".bin";
  const Names odd{"-rf.txt", "line\nbreak.txt", "caf\xe9 %.txt", "caf\u00e9.txt", longest};
  start();
  for (const std::string& name : odd) drop_file(name, name);
  REQUIRE(until_delivered(odd.size()));
  CHECK(sink.names() == Names{"-rf.txt", "line\nbreak.txt", "caf%E9 %25.txt", "caf\u00e9.txt", longest});
  CHECK(document(2).origin.uri == "file://" + inbox.string() + "/caf%E9%20%25.txt");
  sink.ack_all(kQuarantined);
  for (const std::string& name : odd) CHECK(file_text(inbox / "failed" / name) == name);
  CHECK(fs::exists(inbox / "failed" / (longest.substr(0, 200) + ".reason.json")));
  CHECK(fs::exists(inbox / "failed" / "caf\xe9 %.txt.reason.json"));
}

TEST_CASE_METHOD(DropFixture, "a name taken in done/ or failed/ gets a number and nothing is overwritten") {
  start();
  for (int i = 0; i < 3; ++i) {
    const std::size_t n = sink.delivered.size();
    drop_file("a.txt", std::to_string(i));
    REQUIRE(until_delivered(n + 1));
    sink.ack(n);
    drop_file("b.txt", std::to_string(i));
    REQUIRE(until_delivered(n + 2));
    sink.ack(n + 1, kQuarantined);
  }
  CHECK(file_text(inbox / "done" / "a.txt") == "0");
  CHECK(file_text(inbox / "done" / "a.1.txt") == "1");
  CHECK(file_text(inbox / "done" / "a.2.txt") == "2");
  CHECK(file_text(inbox / "failed" / "b.2.txt") == "2");
  CHECK(fs::exists(inbox / "failed" / "b.2.txt.reason.json"));
}

TEST_CASE_METHOD(DropFixture, "done = delete unlinks the file, done = keep leaves it and takes it once") {
  options.done = GENERATE(WhenDone::Delete, WhenDone::Keep);
  const bool keeps = options.done == WhenDone::Keep;
  options.reconcile = milliseconds(30);
  start();
  drop_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  CHECK(sink.delivered[0].ledger == (keeps ? Sink::Ledger::Keep : Sink::Ledger::UntilAck));
  sink.ack(0);
  run_for(milliseconds(120));  // several scans
  CHECK(fs::exists(inbox / "a.txt") == keeps);
  CHECK_FALSE(fs::exists(inbox / "done"));
  CHECK(sink.delivered.size() == 1);
  CHECK(sink.releases.size() == (keeps ? 0u : 1u));
}

TEST_CASE_METHOD(DropFixture, "a kept file is a new arrival when it changes, and released when it goes") {
  options.done = WhenDone::Keep;
  options.reconcile = milliseconds(30);
  start();
  drop_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  sink.ack(0);
  drop_file("a.txt", "corrected");
  REQUIRE(until_delivered(2));
  CHECK(document(1).bytes == "corrected");
  CHECK(sink.delivered[0].arrival.key.value != sink.delivered[1].arrival.key.value);
  sink.ack(1);
  fs::remove(inbox / "a.txt");
  REQUIRE(until([&] { return sink.releases.size() == 2; }));
  CHECK(sink.releases[0] == sink.delivered[0].arrival.key);
  CHECK(sink.releases[1] == sink.delivered[1].arrival.key);
}

TEST_CASE_METHOD(DropFixture, "what was committed before a crash is let go, not delivered again") {
  old_file("a.txt", "one");
  old_file("b.txt", "two");
  start();
  REQUIRE(until_delivered(2));
  sink.ledger[sink.delivered[0].arrival.key.value] = Outcome{};
  sink.ledger["drop:/elsewhere" + std::string(1, '\0') + "x"] = Outcome{};
  restart();
  REQUIRE(until_delivered(1));
  CHECK(sink.names() == Names{"b.txt"});
  CHECK(fs::exists(inbox / "done" / "a.txt"));
  REQUIRE(sink.releases.size() == 1);
  CHECK(sink.reconciled == 2);
  CHECK(sink.prefix == "drop:" + inbox.string() + std::string(1, '\0'));
  CHECK(sink.still_there == sink.releases);
}

TEST_CASE_METHOD(DropFixture, "a kept file that the ledger knows is not taken after a restart") {
  options.done = WhenDone::Keep;
  old_file("a.txt", "one");
  start();
  REQUIRE(until_delivered(1));
  sink.ledger[sink.delivered[0].arrival.key.value] = Outcome{};
  sink.ack(0);
  restart();
  REQUIRE(until([&] { return drained; }));
  CHECK(sink.delivered.empty());
  CHECK(sink.still_there.size() == 1);
  CHECK(sink.releases.empty());
}

TEST_CASE_METHOD(DropFixture, "of two daemons on one directory exactly one takes each file") {
  for (int i = 0; i < 50; ++i) old_file("f" + std::to_string(i), "text");
  FakeSink other_sink;
  DropDirectory other(io, other_sink, options);
  start();
  other.start();
  REQUIRE(until([&] { return sink.delivered.size() + other_sink.delivered.size() >= 50; }));
  run_for(milliseconds(300));
  CHECK(sink.delivered.size() + other_sink.delivered.size() == 50);
  sink.ack_all();
  other_sink.ack_all();
  run_for(milliseconds(300));
  CHECK(sink.delivered.size() + other_sink.delivered.size() == 50);
  CHECK(std::distance(fs::directory_iterator(inbox / "done"), fs::directory_iterator()) == 50);
}

TEST_CASE_METHOD(DropFixture, "a claim dies with its holder: then the other daemon takes the file") {
  old_file("a.txt", "text");
  const int held = ::open((inbox / "a.txt").c_str(), O_RDONLY);
  REQUIRE(::flock(held, LOCK_EX | LOCK_NB) == 0);
  start();
  run_for(milliseconds(60));
  CHECK(sink.delivered.empty());
  CHECK(drained);
  ::close(held);
  REQUIRE(until_delivered(1));
}

TEST_CASE_METHOD(DropFixture, "the same name again while the first is in flight comes after its ack") {
  start();
  drop_file("a.txt", "first");
  REQUIRE(until_delivered(1));
  drop_file("a.txt", "second");
  run_for(milliseconds(60));
  CHECK(sink.delivered.size() == 1);
  sink.ack(0);
  CHECK(file_text(inbox / "a.txt") == "second");  // not let go in the place of the first
  REQUIRE(until_delivered(2));
  CHECK(document(1).bytes == "second");
  sink.ack(1);
  CHECK(file_text(inbox / "done" / "a.txt") == "second");
  CHECK(sink.releases.size() == 2);
}

TEST_CASE_METHOD(DropFixture, "a file written to while it is in flight is read again, not put away unread") {
  start();
  drop_file("a.txt", "first");
  REQUIRE(until_delivered(1));
  std::ofstream(inbox / "a.txt", std::ios::app) << " and more";
  sink.ack(0);
  CHECK(fs::exists(inbox / "a.txt"));
  REQUIRE(until_delivered(2));
  CHECK(document(1).bytes == "first and more");
}

TEST_CASE_METHOD(DropFixture, "a file renamed while it is in flight is one input, put away under its last name") {
  start();
  drop_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  fs::rename(inbox / "a.txt", inbox / "b.txt");
  const bool seen_before_ack = GENERATE(true, false);
  if (seen_before_ack) run_for(milliseconds(50));
  sink.ack(0);
  REQUIRE(until([&] { return drop->in_flight() == 0; }));
  run_for(milliseconds(50));
  CHECK(sink.delivered.size() == 1);
  CHECK(fs::exists(inbox / "done" / "b.txt"));
}

TEST_CASE_METHOD(DropFixture, "a file that vanishes is forgotten, in flight or not") {
  start();
  drop_file("gone", "text");
  fs::remove(inbox / "gone");
  drop_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  fs::remove(inbox / "a.txt");
  sink.ack(0);
  CHECK(sink.releases.size() == 1);
  CHECK(drop->in_flight() == 0);
  CHECK(drop->waiting() == 0);
}

TEST_CASE_METHOD(DropFixture, "files renamed about in the directory are each taken once") {
  start();
  for (int i = 0; i < 20; ++i) drop_file("f" + std::to_string(i) + ".0", std::to_string(i));
  for (int turn = 0; turn < 10; ++turn) {
    for (int i = 0; i < 20; ++i) {
      const std::string stem = "f" + std::to_string(i) + ".";
      fs::rename(inbox / (stem + std::to_string(turn)), inbox / (stem + std::to_string(turn + 1)));
    }
    io.restart();
    io.poll();
  }
  REQUIRE(until_delivered(20));
  run_for(milliseconds(50));
  sink.ack_all();
  REQUIRE(until([&] { return drop->in_flight() == 0 && drop->waiting() == 0; }));
  CHECK(sink.delivered.size() == 20);
  CHECK(std::distance(fs::directory_iterator(inbox / "done"), fs::directory_iterator()) == 20);
}

TEST_CASE_METHOD(DropFixture, "nothing is taken when the sink has no room, and taking goes on when it has") {
  sink.most_bytes = 25;
  for (int i = 0; i < 6; ++i) old_file("f" + std::to_string(i), "ten bytes.");
  start();
  REQUIRE(until_delivered(2));
  run_for(milliseconds(50));
  CHECK(sink.delivered.size() == 2);
  sink.ack(0);
  REQUIRE(until_delivered(3));
  while (sink.delivered.size() < 6) {
    const std::size_t n = sink.delivered.size();
    sink.ack(n - 1);
    REQUIRE(until_delivered(n + 1));
  }
  CHECK(sink.names() == Names{"f0", "f1", "f2", "f3", "f4", "f5"});
}

TEST_CASE_METHOD(DropFixture, "drained is told when all of the first scan was let go") {
  old_file("a", "1");
  write_file(inbox / "b", "2");  // must settle
  start();
  REQUIRE(until_delivered(2));
  sink.ack(0);
  run_for(milliseconds(30));
  CHECK_FALSE(drained);
  sink.ack(1);
  REQUIRE(until([&] { return drained; }));
}

TEST_CASE_METHOD(DropFixture, "an empty directory is drained at once, and so is one that is not there") {
  if (GENERATE(true, false)) fs::remove(inbox);
  start();
  REQUIRE(until([&] { return drained; }));
}

TEST_CASE_METHOD(DropFixture, "acks after the stop are honoured, and nothing more is taken") {
  start();
  drop_file("a.txt", "text");
  REQUIRE(until_delivered(1));
  drop->stop();
  drop_file("b.txt", "text");
  run_for(milliseconds(60));
  CHECK(sink.delivered.size() == 1);
  drop.reset();
  sink.ack(0);
  CHECK(fs::exists(inbox / "done" / "a.txt"));
  CHECK(sink.releases.size() == 1);
}

TEST_CASE_METHOD(DropFixture, "more names than memory is given for are all taken in the end") {
  options.max_waiting = 10;
  for (int i = 0; i < 95; ++i) old_file("f" + std::to_string(100 + i), "text");
  sink.acks_at_once = true;
  start();
  REQUIRE(until([&] { return drained; }));
  REQUIRE(sink.delivered.size() == 95);
  CHECK(std::is_sorted(sink.delivered.begin(), sink.delivered.end(), [](const auto& a, const auto& b) {
    return a.arrival.document.origin.name < b.arrival.document.origin.name;
  }));
}

}  // namespace newsd
