#include "daemon/journal/schema.h"
#include "tests/daemon/journal/result_words.h"
#include "tests/daemon/journal/stream_samples.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <limits>
#include <thread>

#include <unistd.h>

namespace newsd {
namespace {

using std::chrono::hours;

std::string all_of(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& s : sentences) text += s + "\n";
  return text;
}

}  // namespace

TEST_CASE("there is nothing to read where no journal is") {
  const TemporaryDirectory dir;
  CHECK(JournalReader::open(dir.path()).error().is(JournalError::NotFound));
  CHECK(JournalReader::open(dir.path() / "nowhere").error().is(JournalError::NotFound));
}

TEST_CASE("pages end by number and by bytes, and hold at least one event") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 10, 5000);
  REQUIRE(journal->commit(batch, kNoon));
  const auto reader = open_reader(dir.path());
  CHECK(reader->read(Sequence(0), 4, 1 << 20)->size() == 4);
  CHECK(reader->read(Sequence(0), 10, 1)->size() == 1);
  CHECK(reader->read(Sequence(0), 10, 12'000)->size() == 3);
  CHECK(reader->read(Sequence(8), 10, 1 << 20)->front().sequence == Sequence(9));
  CHECK(reader->read(Sequence(10), 10, 1 << 20)->empty());
  CHECK(reader->read(Sequence(std::numeric_limits<std::uint64_t>::max()), 10, 1 << 20)->empty());
}

TEST_CASE("a time becomes the last sequence before it") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  for (int hour = 0; hour < 3; ++hour) {
    Batch batch = sample_batch(journal->last(), 2);
    REQUIRE(journal->commit(batch, kNoon + hours(hour)));
  }
  const auto reader = open_reader(dir.path());
  CHECK(*reader->before(kNoon) == Sequence(0));
  CHECK(*reader->before(kNoon + hours(1)) == Sequence(2));
  CHECK(*reader->before(kNoon + hours(1) + std::chrono::milliseconds(1)) == Sequence(4));
  CHECK(*reader->before(kNoon + hours(100)) == Sequence(6));
}

TEST_CASE("a subject's events are found, the latest first, without what they say") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 9, 2000);
  for (const std::size_t at : {1, 4, 7}) batch.events[at].subject = "urn:test:mine";
  REQUIRE(journal->commit(batch, kNoon));
  const auto reader = open_reader(dir.path());
  const auto found = reader->about("urn:test:mine", 2);
  REQUIRE(found);
  REQUIRE(found->size() == 2);
  CHECK(found->front().sequence == Sequence(8));
  CHECK(found->back().sequence == Sequence(5));
  CHECK(found->front().id == batch.events[7].id);
  CHECK(found->front().payload.empty());
  CHECK(found->front().placed.empty());
  CHECK(reader->about("urn:test:mine", 100)->size() == 3);
  CHECK(reader->about("urn:test:min", 100)->empty());
  CHECK(reader->about("", 100)->empty());
  CHECK(
      Outsider(dir.path()).integer("SELECT count(*) FROM pragma_index_list('events') WHERE name = 'events_subject'") ==
      1);
}

TEST_CASE("a story knows which one it went into") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 3);
  StoryChange merged, closed;
  merged.kind = StoryChange::Kind::Merged;
  merged.story = StoryId(uuid_of(71));
  merged.into = StoryId(uuid_of(72));
  closed.kind = StoryChange::Kind::Closed;
  closed.story = StoryId(uuid_of(73));
  batch.changes = {merged, closed};
  batch.change_events = {2, 3};
  REQUIRE(journal->commit(batch, kNoon));
  const auto reader = open_reader(dir.path());
  CHECK(*reader->merged_into(merged.story) == merged.into);
  CHECK(*reader->merged_into(closed.story) == std::nullopt);
  CHECK(*reader->merged_into(merged.into) == std::nullopt);
}

TEST_CASE("a reader beside the writer sees whole batches in order and none twice") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  std::thread writer([&] {
    for (int i = 0; i < 40; ++i) {
      Batch batch = sample_batch(journal->last(), 5, 500);
      if (!journal->commit(batch, kNoon)) return;
    }
  });
  const auto reader = open_reader(dir.path());
  Sequence at(0);
  bool in_order = true;
  while (at < Sequence(200) && in_order) {
    const auto page = reader->read(at, 64, 1 << 20);
    in_order = page.has_value();
    if (!page) break;
    for (const Record& r : *page) {
      in_order = in_order && r.sequence.value() == at.value() + 1;
      at = r.sequence;
    }
    in_order = in_order && (page->empty() || page->size() == 64 || at.value() % 5 == 0);
  }
  writer.join();
  CHECK(in_order);
  CHECK(*reader->last() == Sequence(200));
}

TEST_CASE("a sound journal passes the check, running or stopped") {
  const TemporaryDirectory dir;
  auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 600);
  batch.cursors = {{"file", Sequence(600), ""}};
  REQUIRE(journal->commit(batch, kNoon));
  const auto running = open_reader(dir.path())->check();
  REQUIRE(running);
  CHECK(all_of(*running).empty());
  REQUIRE(journal->close_clean());
  journal.reset();
  CHECK(open_reader(dir.path())->check()->empty());
}

TEST_CASE("the check finds what is amiss and says it in sentences") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    Batch batch = sample_batch(Sequence(0), 600);
    batch.events[9].payload = "no zstd at all";
    batch.events[10].placed = "not members";
    batch.events[12].id = batch.events[11].id;
    batch.cursors = {{"file", Sequence(9000), ""}};
    batch.decisions[20].event = EventId(uuid_of(1));
    REQUIRE(journal->commit(batch, kNoon));
    REQUIRE(journal->close_clean());
  }
  {
    Outsider file(dir.path());
    file.execute("DELETE FROM events WHERE sequence IN (300, 400, 401)");
    file.execute("UPDATE events SET type = 'newsd.article.misheard' WHERE sequence = 5");
    file.execute("UPDATE events SET source = 99 WHERE sequence = 6");
    file.execute("UPDATE events SET id = x'00' WHERE sequence = 7");
    file.execute("UPDATE decisions SET content = x'01' WHERE sequence = 8");
  }
  const auto findings = open_reader(dir.path())->check();
  REQUIRE(findings);
  const std::string text = all_of(*findings);
  INFO(text);
  for (const char* part :
       {"event 300 is missing", "events 400 to 401 are missing", "event 5 cannot be read", "unknown type",
        "event 6 cannot be read", "no source", "event 7 cannot be read", "event 10 cannot be printed",
        "event 11 cannot be printed", "was given to 2 events", "cursor of file stands at 9000",
        "row 8 of table decisions", "decision of event 21 names another event"}) {
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("the check of a damaged file reports the damage and counts what it leaves out") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    Batch batch = sample_batch(Sequence(0), 300);
    for (Record& r : batch.events) r.payload = "broken";
    REQUIRE(journal->commit(batch, kNoon));
    REQUIRE(journal->close_clean());
  }
  const auto broken = open_reader(dir.path())->check();
  REQUIRE(broken);
  CHECK(broken->size() == 101);
  CHECK(broken->back() == "and 200 more of the like");

  const auto bytes = std::filesystem::file_size(dir.path() / "journal.db");
  std::fstream(dir.path() / "journal.db", std::ios::in | std::ios::out | std::ios::binary)
          .seekp(static_cast<std::streamoff>(bytes / 2 / kPageSize * kPageSize))
      << std::string(kPageSize, '\x77');
  const auto damaged = open_reader(dir.path())->check();
  REQUIRE(damaged);
  CHECK(all_of(*damaged).find("the database is damaged") != std::string::npos);
}

TEST_CASE("a reader needs no more than the right to read") {
  const TemporaryDirectory dir;
  const auto state = dir.path() / "state";
  {
    const auto journal = open_journal(state);
    Batch batch = sample_batch(Sequence(0), 3);
    REQUIRE(journal->commit(batch, kNoon));
    if (GENERATE(true, false)) REQUIRE(journal->close_clean());
  }
  std::filesystem::permissions(dir.path(), std::filesystem::perms(0755));
  for (const auto& file : std::filesystem::directory_iterator(state)) {
    std::filesystem::permissions(file.path(), std::filesystem::perms(0444));
  }
  std::filesystem::permissions(state, std::filesystem::perms(0555));
  const int failed_step = in_child([&] {
    if (::getuid() == 0 && ::setuid(65534) != 0) return 1;
    const auto reader = JournalReader::open(state);
    if (!reader) return 2;
    const auto read = (*reader)->read(Sequence(0), 10, 1 << 20);
    if (!read || read->size() != 3) return 3;
    return (*reader)->check()->empty() ? 0 : 4;
  });
  CHECK(failed_step == 0);
  std::filesystem::permissions(state, std::filesystem::perms(0755));
  for (const auto& file : std::filesystem::directory_iterator(state)) {
    std::filesystem::permissions(file.path(), std::filesystem::perms(0644));
  }
}

TEST_CASE("a reader of a stopped journal in a read-only directory goes on when the daemon starts") {
  const TemporaryDirectory dir;
  const auto state = dir.path() / "state";
  {
    const auto journal = open_journal(state);
    Batch batch = sample_batch(Sequence(0), 3);
    REQUIRE(journal->commit(batch, kNoon));
    REQUIRE(journal->close_clean());
  }
  if (::getuid() != 0) return;  // only root may write in a directory that others may only read
  std::filesystem::permissions(dir.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(state, std::filesystem::perms(0755));
  int ready[2], go[2];
  REQUIRE(::pipe(ready) == 0);
  REQUIRE(::pipe(go) == 0);
  std::thread daemon([&] {
    char c = 0;
    if (::read(ready[0], &c, 1) != 1) return;
    in_child([&] {
      const auto journal = open_journal(state);
      Batch batch = sample_batch(journal->last(), 4);
      const bool committed = journal->commit(batch, kNoon).has_value();
      return ::write(go[1], committed ? "y" : "n", 1) == 1 ? 0 : 1;
    });
  });
  const int failed_step = in_child([&] {
    if (::setuid(65534) != 0) return 1;
    const auto reader = JournalReader::open(state);
    if (!reader || *(*reader)->last() != Sequence(3)) return 2;
    char c = 0;
    if (::write(ready[1], "!", 1) != 1 || ::read(go[0], &c, 1) != 1 || c != 'y') return 3;
    return *(*reader)->last() == Sequence(7) ? 0 : 4;
  });
  if (failed_step != 0) REQUIRE(::write(ready[1], "!", 1) == 1);
  daemon.join();
  CHECK(failed_step == 0);
  for (const int fd : {ready[0], ready[1], go[0], go[1]}) ::close(fd);
}

}  // namespace newsd
