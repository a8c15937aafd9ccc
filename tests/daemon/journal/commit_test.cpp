#include "tests/daemon/journal/result_words.h"
#include "tests/daemon/journal/stream_samples.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <csignal>
#include <limits>

#include <sys/resource.h>

namespace newsd {

TEST_CASE("what was committed is there again after reopening, field by field") {
  const TemporaryDirectory dir;
  Batch batch = sample_batch(Sequence(0), 3);
  batch.events[1].type = EventType::FeedError;
  batch.events[1].severity = Severity::Warn;
  batch.events[1].story.reset();
  batch.events[1].cause = EventId(uuid_of(77));
  batch.events[1].source = "newsd://harbour/second";
  batch.events[2].payload.clear();
  batch.events[2].placed.clear();
  {
    const auto journal = open_journal(dir.path());
    REQUIRE(journal->commit(batch, kNoon));
    REQUIRE(journal->close_clean());
  }
  const auto journal = open_journal(dir.path());
  CHECK(journal->last() == Sequence(3));
  CHECK(journal->oldest() == Sequence(1));
  const auto read = open_reader(dir.path())->read(Sequence(0), 100, 1 << 20);
  REQUIRE(read);
  REQUIRE(read->size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const Record &got = (*read)[i], &put = batch.events[i];
    CHECK(got.sequence == put.sequence);
    CHECK(got.id == put.id);
    CHECK(got.type == put.type);
    CHECK(got.severity == put.severity);
    CHECK(got.subject == put.subject);
    CHECK(got.time == put.time);
    CHECK(got.recorded == kNoon);
    CHECK(put.recorded == kNoon);
    CHECK(got.story == put.story);
    CHECK(got.cause == put.cause);
    CHECK(got.placed == put.placed);
    CHECK(got.payload == put.payload);
    CHECK(got.source == put.source);
  }
}

TEST_CASE("what was learned of sources and the lessons since are there again, those let go are not") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    CHECK(journal->learned()->sources.empty());
    Batch batch = sample_batch(Sequence(0), 2);
    batch.lessons = {{3, 0, "three"}, {3, 1, std::string("\0more", 5)}, {4, 0, "four"}};
    batch.learned = {{"host:a", 1, "old"}, {"host:b", 2, "b"}, {"host:a", 3, std::string("\0new", 4)}};
    REQUIRE(journal->commit(batch, kNoon));
    Batch next = sample_batch(Sequence(2), 1);
    next.lessons = {{5, 0, "five"}};
    next.learned = {{"host:b", 0, "", true}};
    next.lessons_before = 4;
    REQUIRE(journal->commit(next, kNoon));
    Batch wrong = sample_batch(Sequence(9), 1);
    wrong.lessons = {{6, 0, "six"}};
    REQUIRE_FALSE(journal->commit(wrong, kNoon));
  }
  const auto journal = open_journal(dir.path());  // after an unclean stop
  const auto reader = open_reader(dir.path());
  for (const auto& learned : {journal->learned(), reader->learned()}) {
    REQUIRE(learned);
    REQUIRE(learned->sources.size() == 1);
    CHECK(learned->sources[0].source == "host:a");
    CHECK(learned->sources[0].used == 3);
    CHECK(learned->sources[0].bytes == std::string("\0new", 4));
    REQUIRE(learned->lessons.size() == 2);
    CHECK(learned->lessons[0].input == 4);
    CHECK(learned->lessons[0].bytes == "four");
    CHECK(learned->lessons[1].input == 5);
    CHECK(learned->lessons[1].part == 0);
  }
}

TEST_CASE("totals add up over batches and reopening, and a batch that fails adds nothing") {
  const TemporaryDirectory dir;
  Totals expected;
  {
    const auto journal = open_journal(dir.path());
    CHECK(*journal->totals() == Totals{});
    Batch batch = sample_batch(Sequence(0), 2);
    std::uint64_t n = 1;
    each_total(batch.totals, [&](const std::string&, std::uint64_t& count) { count = n++; });
    REQUIRE(journal->commit(batch, kNoon));
    expected += batch.totals;
    Batch more = sample_batch(Sequence(2), 1);
    more.totals.updated = 3;
    REQUIRE(journal->commit(more, kNoon));
    expected += more.totals;
    Batch wrong = sample_batch(Sequence(9), 1);
    wrong.totals.updated = 100;
    REQUIRE_FALSE(journal->commit(wrong, kNoon));
    CHECK(*journal->totals() == expected);
  }
  const auto journal = open_journal(dir.path());  // after an unclean stop
  CHECK(*journal->totals() == expected);
  CHECK(expected.updated == 7);
}

TEST_CASE("an empty journal starts before the first event") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path() / "state");
  CHECK(journal->last() == Sequence(0));
  CHECK(journal->oldest() == Sequence(1));
  CHECK(journal->notes().empty());
}

TEST_CASE("decisions come back in order and whole") {
  const TemporaryDirectory dir;
  Batch batch = sample_batch(Sequence(0), 3);
  batch.decisions[1].kind = VerdictKind::Updated;
  batch.decisions[1].version = 4'000'000'000;
  batch.decisions[2].kind = VerdictKind::Duplicate;
  batch.decisions[2].of = ArticleId(uuid_of(1));
  batch.decisions[2].repeat = 9;
  batch.decisions[2].story_size = 12;
  batch.decisions[2].identities.clear();
  const auto journal = open_journal(dir.path());
  REQUIRE(journal->commit(batch, kNoon));
  std::vector<Decision> read;
  REQUIRE(journal->each_decision([&](Past past) { read.push_back(std::get<Decision>(past)); }));
  CHECK(read == batch.decisions);
}

TEST_CASE("a batch that does not follow the journal is refused and leaves nothing behind") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch first = sample_batch(Sequence(0), 2);
  REQUIRE(journal->commit(first, kNoon));

  Batch again = sample_batch(Sequence(1), 2);
  CHECK(journal->commit(again, kNoon).error().is(JournalError::OutOfOrder));
  Batch beyond = sample_batch(Sequence(3), 1);
  CHECK(journal->commit(beyond, kNoon).error().is(JournalError::OutOfOrder));
  Batch torn = sample_batch(Sequence(2), 3);
  torn.events[2].sequence = Sequence(6);
  CHECK(journal->commit(torn, kNoon).error().is(JournalError::OutOfOrder));
  Batch loose = sample_batch(Sequence(2), 1);
  loose.decision_events = {9};
  CHECK(journal->commit(loose, kNoon).error().is(JournalError::OutOfOrder));
  loose.decision_events = {};
  CHECK(journal->commit(loose, kNoon).error().is(JournalError::OutOfOrder));

  CHECK(journal->last() == Sequence(2));
  CHECK(journal->ledger()->size() == 1);
}

TEST_CASE("a failure in the middle of a batch takes back all of it, and the journal goes on") {
  const TemporaryDirectory dir;
  { const auto journal = open_journal(dir.path()); }
  Outsider(dir.path())
      .execute("CREATE TRIGGER refuse BEFORE INSERT ON cursors BEGIN SELECT RAISE(ABORT, 'no cursors today'); END");
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 5);
  batch.cursors.push_back({"file", Sequence(1), ""});
  const auto refused = journal->commit(batch, kNoon);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().text.find("no cursors today") != std::string::npos);
  CHECK(journal->last() == Sequence(0));
  CHECK(journal->ledger()->empty());
  CHECK(open_reader(dir.path())->read(Sequence(0), 10, 1 << 20)->empty());
  CHECK(batch.events[0].recorded == Instant());

  batch.cursors.clear();
  REQUIRE(journal->commit(batch, kNoon));
  const auto read = open_reader(dir.path())->read(Sequence(0), 10, 1 << 20);
  REQUIRE(read->size() == 5);
  CHECK((*read)[4].source == "newsd://harbour/main");  // which the first attempt had introduced
}

namespace {

void limit_files_to(rlim_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

}  // namespace

TEST_CASE("a full disk refuses the batch as disk-full and takes it when there is room again") {
  const TemporaryDirectory dir;
  const int failed_step = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const auto journal = open_journal(dir.path());
    Batch small = sample_batch(Sequence(0), 1);
    if (!journal->commit(small, kNoon)) return 1;
    limit_files_to(std::filesystem::file_size(dir.path() / "journal.db-wal") + 20'000);
    Batch large = sample_batch(Sequence(1), 50, 6000);
    for (int attempt = 0; attempt < 3; ++attempt) {
      const auto refused = journal->commit(large, kNoon);
      if (refused) return 2;
      if (!refused.error().is(JournalError::DiskFull)) return 3;
      if (journal->last() != Sequence(1)) return 4;
    }
    if (journal->ledger()->size() != 1) return 5;
    limit_files_to(RLIM_INFINITY);
    if (!journal->commit(large, kNoon)) return 6;
    return 0;
  });
  CHECK(failed_step == 0);
  const auto journal = open_journal(dir.path());
  CHECK(journal->last() == Sequence(51));
  CHECK(journal->ledger()->size() == 2);
}

TEST_CASE("inputs stay in the ledger until they are released") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    Batch batch;
    batch.inputs = {{{"a"}, {}, Sink::Ledger::UntilAck},
                    {{std::string("b\0c\xff", 4)},
                     {Outcome::Fate::Quarantined, R"({"reason":{"code":"too-large"}})"},
                     Sink::Ledger::Keep}};
    REQUIRE_FALSE(batch.empty());
    REQUIRE(journal->commit(batch, kNoon));
  }
  const auto journal = open_journal(dir.path());
  auto rows = journal->ledger();
  REQUIRE(rows);
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].key.value == "a");
  CHECK((*rows)[0].outcome.fate == Outcome::Fate::Done);
  CHECK((*rows)[0].keep == Sink::Ledger::UntilAck);
  CHECK((*rows)[1].key.value == std::string("b\0c\xff", 4));
  CHECK((*rows)[1].outcome.fate == Outcome::Fate::Quarantined);
  CHECK((*rows)[1].outcome.reason_json == R"({"reason":{"code":"too-large"}})");
  CHECK((*rows)[1].keep == Sink::Ledger::Keep);

  Batch release;
  release.released = {{"a"}, {"never heard of"}};
  REQUIRE(journal->commit(release, kNoon));
  rows = journal->ledger();
  REQUIRE(rows->size() == 1);
  CHECK((*rows)[0].outcome.fate == Outcome::Fate::Quarantined);
}

TEST_CASE(
    "what is remembered of a feed commits with the batch; what it showed, and its subscription, stay until told anew") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    Batch batch = sample_batch(Sequence(0), 1);
    batch.feeds = {{"https://a.example/", "polls 1\n", std::string("\0\1keys", 6), "hub h\n"},
                   {"https://b.example/", "x 1\n", {}},
                   {"https://c.example/", "x 1\n", {}}};
    REQUIRE(journal->commit(batch, kNoon));
    Batch later;
    later.feeds = {{"https://a.example/", "polls 2\n", std::nullopt},
                   {"https://b.example/", "x 1\n", std::nullopt, "hub i\n"}};
    later.feeds.push_back({"https://c.example/", "", {}});
    later.feeds.back().leaves = true;
    REQUIRE_FALSE(later.empty());
    REQUIRE(journal->commit(later, kNoon));
  }
  const auto journal = open_journal(dir.path());
  for (const auto& rows : {journal->feeds(), open_reader(dir.path())->feeds()}) {
    REQUIRE(rows.has_value());
    REQUIRE(rows->size() == 2);
    CHECK((*rows)[0].feed == "https://a.example/");
    CHECK((*rows)[0].state == "polls 2\n");
    CHECK((*rows)[0].shown == std::string("\0\1keys", 6));
    CHECK((*rows)[0].hub == "hub h\n");
    CHECK((*rows)[1].shown == "");
    CHECK((*rows)[1].hub == "hub i\n");
  }
}

TEST_CASE(
    "an entry that waits for its page is kept with the batch that brought it, and leaves with the one that tells it") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    Batch batch;
    batch.held = {{"feed 1", "url https://a.example/1\n"}, {"feed 2", "url https://a.example/2\n"}};
    REQUIRE_FALSE(batch.empty());
    REQUIRE(journal->commit(batch, kNoon));
    Batch later = sample_batch(Sequence(0), 1);
    later.held = {{"feed 1", "", true}, {"feed 2", "url https://a.example/two\n"}};
    REQUIRE(journal->commit(later, kNoon));
  }
  const auto rows = open_journal(dir.path())->held();
  REQUIRE(rows.has_value());
  REQUIRE(rows->size() == 1);
  CHECK((*rows)[0].key == "feed 2");
  CHECK((*rows)[0].entry == "url https://a.example/two\n");
}

TEST_CASE("an input with a memory of its own leaves no row, but ends the suspicion against it") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  REQUIRE(journal->set_suspect({"feed:a"}, 2).has_value());
  Batch batch;
  batch.inputs = {{{"feed:a"}, {}, Sink::Ledger::None}};
  REQUIRE(journal->commit(batch, kNoon).has_value());
  CHECK(journal->ledger()->empty());
  CHECK(journal->suspects()->empty());
}

TEST_CASE("a cursor that leaves is gone, and one that was not there may") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch;
  batch.cursors = {{"consumer:a", Sequence(1), ""}, {"consumer:b", Sequence(2), ""}};
  REQUIRE(journal->commit(batch, kNoon));
  Batch later;
  later.cursors = {{"consumer:a", Sequence(1), "", true}, {"consumer:c", Sequence(1), "", true}};
  REQUIRE(journal->commit(later, kNoon));
  const auto cursors = journal->cursors();
  REQUIRE(cursors->size() == 1);
  CHECK(cursors->front().name == "consumer:b");
}

TEST_CASE("an input's row says which events are its") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 3);
  batch.inputs.front().outcome.first = Sequence(1);
  batch.inputs.front().outcome.last = Sequence(3);
  REQUIRE(journal->commit(batch, kNoon));
  const auto ledger = journal->ledger();
  REQUIRE(ledger->size() == 1);
  CHECK(ledger->front().outcome.first == Sequence(1));
  CHECK(ledger->front().outcome.last == Sequence(3));
}

TEST_CASE("a cursor is where it was last set") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    Batch batch = sample_batch(Sequence(0), 2);
    batch.cursors = {{"file:/a", Sequence(1), std::string("\0ino", 4)}, {"unix:reader", Sequence(0), ""}};
    REQUIRE(journal->commit(batch, kNoon));
    Batch later;
    later.cursors = {{"file:/a", Sequence(2), "x"}};
    REQUIRE(journal->commit(later, kNoon));
  }
  const auto cursors = open_journal(dir.path())->cursors();
  REQUIRE(cursors);
  REQUIRE(cursors->size() == 2);
  CHECK((*cursors)[0].name == "file:/a");
  CHECK((*cursors)[0].sequence == Sequence(2));
  CHECK((*cursors)[0].detail == "x");
  CHECK((*cursors)[1].sequence == Sequence(0));
}

TEST_CASE("a suspect is remembered until its input is committed or cleared") {
  const TemporaryDirectory dir;
  {
    const auto journal = open_journal(dir.path());
    REQUIRE(journal->set_suspect(input_of(1), 1));
    REQUIRE(journal->set_suspect(input_of(1), 2));
    REQUIRE(journal->set_suspect({"other"}, 1));
    REQUIRE(journal->set_suspect({"third"}, 1));
    REQUIRE(journal->set_suspect({"third"}, 0));
  }
  const auto journal = open_journal(dir.path());
  const auto suspects = journal->suspects();
  REQUIRE(suspects);
  REQUIRE(suspects->size() == 2);
  CHECK((*suspects)[0] == std::pair(input_of(1), 2));
  Batch batch = sample_batch(Sequence(0), 1);
  REQUIRE(journal->commit(batch, kNoon));
  REQUIRE(journal->suspects()->size() == 1);
  CHECK(journal->suspects()->front().first.value == "other");
}

TEST_CASE("no commit follows a clean close") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  REQUIRE(journal->close_clean());
  Batch batch = sample_batch(Sequence(0), 1);
  CHECK_FALSE(journal->commit(batch, kNoon));
  CHECK_FALSE(journal->ledger());
  CHECK_FALSE(journal->close_clean());
  CHECK(Journal::open(dir.path(), {}).error().is(JournalError::Locked));
}

TEST_CASE("the write-ahead log is moved into the database when it has grown, and starts anew") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  const auto log = dir.path() / "journal.db-wal";
  for (int i = 0; i < 3; ++i) {
    Batch batch = sample_batch(journal->last(), 10, 300'000);
    REQUIRE(journal->commit(batch, kNoon));
  }
  const auto grown = std::filesystem::file_size(log);
  const auto before = std::filesystem::file_size(dir.path() / "journal.db");
  CHECK(grown > 8 << 20);
  REQUIRE(journal->checkpoint());
  CHECK(std::filesystem::file_size(dir.path() / "journal.db") > before + (8 << 20));
  Batch batch = sample_batch(journal->last(), 10, 300'000);
  REQUIRE(journal->commit(batch, kNoon));
  CHECK(std::filesystem::file_size(log) <= grown);
  CHECK(journal->size() == std::filesystem::file_size(log) + std::filesystem::file_size(dir.path() / "journal.db"));
}

TEST_CASE("without idle moments the write-ahead log stays bounded all the same") {
  const TemporaryDirectory dir;
  JournalOptions options;
  options.max_log = 1 << 20;
  const auto journal = open_journal(dir.path(), options);
  const auto reader = open_reader(dir.path());  // which reads in between and lets go again
  for (int i = 0; i < 30; ++i) {
    Batch batch = sample_batch(journal->last(), 2, 60'000);
    REQUIRE(journal->commit(batch, kNoon));
    REQUIRE(reader->read(Sequence(0), 1, 1)->size() == 1);
  }
  CHECK(std::filesystem::file_size(dir.path() / "journal.db-wal") < 3 << 19);
}

TEST_CASE("the writer finds an event by its subject and id, and nothing where either is another's") {
  const TemporaryDirectory dir;
  const auto journal = open_journal(dir.path());
  Batch batch = sample_batch(Sequence(0), 3);
  for (Record& event : batch.events) event.subject = batch.events[0].subject;
  REQUIRE(journal->commit(batch, kNoon));
  const Record& wanted = batch.events[1];
  const auto found = journal->find(wanted.subject, wanted.id);
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->sequence == wanted.sequence);
  CHECK((*found)->payload == wanted.payload);
  CHECK((*found)->placed == wanted.placed);
  CHECK_FALSE(*journal->find(wanted.subject, EventId(uuid_of(99))));
  CHECK_FALSE(*journal->find("urn:uuid:" + uuid_of(99).to_string(), wanted.id));
  REQUIRE(journal->close_clean());
  CHECK_FALSE(journal->find(wanted.subject, wanted.id));
}

}  // namespace newsd
