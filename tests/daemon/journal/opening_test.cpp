#include "daemon/journal/schema.h"
#include "tests/daemon/journal/result_words.h"
#include "tests/daemon/journal/stream_samples.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace newsd {
namespace {

JournalError kind_at_open(const std::filesystem::path& dir) {
  const auto opened = Journal::open(dir, {});
  REQUIRE_FALSE(opened);
  INFO(opened.error().message());
  for (const JournalError e :
       {JournalError::Locked, JournalError::NewerSchema, JournalError::DiskFull, JournalError::Io,
        JournalError::Corrupt, JournalError::Permission, JournalError::CannotCreate}) {
    if (opened.error().is(e)) return e;
  }
  FAIL("an unexpected code");
  return JournalError::Io;
}

void commit_some(const std::filesystem::path& dir, std::uint64_t count, bool clean) {
  const auto journal = open_journal(dir);
  Batch batch = sample_batch(journal->last(), count, 3000);
  REQUIRE(journal->commit(batch, kNoon));
  if (clean) REQUIRE(journal->close_clean());
}

}  // namespace

TEST_CASE("a missing state directory is made for its owner alone") {
  const TemporaryDirectory dir;
  { const auto journal = open_journal(dir.path() / "state/"); }
  struct stat status {};
  REQUIRE(::stat((dir.path() / "state").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
}

TEST_CASE("a state directory that cannot be made says why") {
  const TemporaryDirectory dir;
  CHECK(kind_at_open(dir.path() / "not" / "there") == JournalError::CannotCreate);
  std::ofstream(dir.path() / "file") << "x";
  CHECK(kind_at_open(dir.path() / "file") == JournalError::CannotCreate);
  CHECK(kind_at_open(dir.path() / "file" / "state") == JournalError::CannotCreate);
}

TEST_CASE("a state directory of somebody else is a matter of permission") {
  const TemporaryDirectory dir;
  std::filesystem::create_directory(dir.path() / "state");
  std::filesystem::permissions(dir.path() / "state", std::filesystem::perms::owner_read |
                                                         std::filesystem::perms::owner_exec |
                                                         std::filesystem::perms::others_all);
  std::filesystem::permissions(dir.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(dir.path() / "state", std::filesystem::perms(0555));
  const int failed_step = in_child([&] {
    if (::getuid() == 0 && ::setuid(65534) != 0) return 1;
    const auto opened = Journal::open(dir.path() / "state", {});
    if (opened) return 2;
    if (!opened.error().is(JournalError::Permission)) return 3;
    const auto made = Journal::open(dir.path() / "state" / "inner", {});
    return !made && made.error().is(JournalError::Permission) ? 0 : 4;
  });
  CHECK(failed_step == 0);
}

TEST_CASE("a full disk at start is said at once") {
  const TemporaryDirectory dir;
  const int failed_step = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{0, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto opened = Journal::open(dir.path(), {});
    if (opened) return 1;
    return opened.error().is(JournalError::DiskFull) ? 0 : 2;
  });
  CHECK(failed_step == 0);
}

TEST_CASE("a journal of a newer newsd is left alone") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 2, true);
  Outsider(dir.path()).execute("PRAGMA user_version = " + std::to_string(migrations().size() + 1));
  CHECK(kind_at_open(dir.path()) == JournalError::NewerSchema);
  CHECK(JournalReader::open(dir.path()).error().is(JournalError::NewerSchema));
  CHECK(Outsider(dir.path()).integer("SELECT count(*) FROM events") == 2);
}

TEST_CASE("a journal of version 1 is brought to this one and teaches nothing yet") {
  const TemporaryDirectory dir;
  {
    Database database;
    REQUIRE(database.open(dir.path() / "journal.db", Database::Access::Write));
    REQUIRE(migrate(database, migrations().first(1)));
    CHECK(*database.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table'") == 11);  // as it was written
    REQUIRE(database.execute("INSERT INTO totals VALUES ('inputs done', 12)"));
    CHECK(check_version(database, migrations().size()).error().is(JournalError::OlderSchema));
  }
  const auto journal = open_journal(dir.path());
  CHECK(journal->totals()->done == 12);
  CHECK(journal->learned()->sources.empty());
  CHECK(journal->learned()->lessons.empty());
  CHECK(journal->held()->empty());
}

TEST_CASE("a journal is brought to the next version with all it holds") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 5, true);
  std::vector<const char*> steps(migrations().begin(), migrations().end());
  steps.push_back("ALTER TABLE events ADD COLUMN words INTEGER; UPDATE events SET words = length(payload);");
  {
    Database database;
    REQUIRE(database.open(dir.path() / "journal.db", Database::Access::Write));
    REQUIRE(migrate(database, steps));
    CHECK(*database.integer("PRAGMA user_version") == static_cast<std::int64_t>(steps.size()));
    CHECK(*database.integer("SELECT count(*) FROM events WHERE words >= 3000") == 5);
    REQUIRE(migrate(database, steps));  // nothing to do
    CHECK(check_version(database, steps.size() + 1).error().is(JournalError::OlderSchema));
  }
  CHECK(kind_at_open(dir.path()) == JournalError::NewerSchema);
}

TEST_CASE("a migration that fails leaves the journal at the version before") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 5, true);
  std::vector<const char*> steps(migrations().begin(), migrations().end());
  steps.push_back("DELETE FROM events; ALTER TABLE nothing ADD COLUMN words INTEGER;");
  {
    Database database;
    REQUIRE(database.open(dir.path() / "journal.db", Database::Access::Write));
    CHECK_FALSE(migrate(database, steps));
    CHECK(*database.integer("PRAGMA user_version") == static_cast<std::int64_t>(migrations().size()));
  }
  CHECK(open_journal(dir.path())->last() == Sequence(5));
  CHECK(open_reader(dir.path())->read(Sequence(0), 10, 1 << 20)->size() == 5);
}

TEST_CASE("another program's database is not touched") {
  const TemporaryDirectory dir;
  Outsider(dir.path()).execute("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')");
  CHECK(kind_at_open(dir.path()) == JournalError::Corrupt);
  CHECK(JournalReader::open(dir.path()).error().is(JournalError::Corrupt));
  CHECK(Outsider(dir.path()).integer("SELECT count(*) FROM recipes") == 1);
}

TEST_CASE("a file that is no database is said to be corrupt and stays") {
  const TemporaryDirectory dir;
  std::ofstream(dir.path() / "journal.db") << std::string(10'000, 'x');
  CHECK(kind_at_open(dir.path()) == JournalError::Corrupt);
  CHECK(std::filesystem::file_size(dir.path() / "journal.db") == 10'000);
}

TEST_CASE("damage is found at the start after an unclean stop, with words on how to go on") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 50, true);
  Outsider(dir.path()).execute("UPDATE meta SET value = 0 WHERE key = 'clean'; PRAGMA wal_checkpoint(TRUNCATE)");
  const auto bytes = std::filesystem::file_size(dir.path() / "journal.db");
  {
    std::fstream file(dir.path() / "journal.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(bytes / 2 / kPageSize * kPageSize));
    file << std::string(kPageSize, '\x5a');
  }
  const auto opened = Journal::open(dir.path(), {});
  REQUIRE_FALSE(opened);
  INFO(opened.error().text);
  CHECK(opened.error().is(JournalError::Corrupt));
  CHECK(opened.error().text.find("newsd journal check") != std::string::npos);
  CHECK(opened.error().text.find("move journal.db") != std::string::npos);
  CHECK(std::filesystem::file_size(dir.path() / "journal.db") == bytes);
}

TEST_CASE("an unclean stop is noticed, a clean one is not") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 3, true);
  CHECK(open_journal(dir.path())->notes().empty());
  commit_some(dir.path(), 3, false);
  {
    const auto journal = open_journal(dir.path());
    REQUIRE(journal->notes().size() == 1);
    CHECK(journal->notes()[0].find("unclean") != std::string::npos);
  }
  JournalOptions options;
  options.check_up_to = 1;
  const auto journal = open_journal(dir.path(), options);
  REQUIRE(journal->notes().size() == 1);
  CHECK(journal->notes()[0].find("too large") != std::string::npos);
  CHECK(journal->last() == Sequence(6));
}

TEST_CASE("a hole at the end of the stream is not built upon") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 10, false);
  SECTION("in its middle") { Outsider(dir.path()).execute("DELETE FROM events WHERE sequence = 7"); }
  SECTION("at its very end") { Outsider(dir.path()).execute("DELETE FROM events WHERE sequence = 10"); }
  CHECK(kind_at_open(dir.path()) == JournalError::Corrupt);
}

TEST_CASE("a sequence is not given out again when all events are gone") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 10, true);
  Outsider(dir.path()).execute("DELETE FROM events; DELETE FROM decisions");
  const auto journal = open_journal(dir.path());
  CHECK(journal->last() == Sequence(10));
  CHECK(journal->oldest() == Sequence(11));
  const auto reader = open_reader(dir.path());
  CHECK(*reader->last() == Sequence(10));
  CHECK(*reader->oldest() == Sequence(11));
  Batch batch = sample_batch(journal->last(), 1);
  CHECK(journal->commit(batch, kNoon));
  CHECK(*reader->oldest() == Sequence(11));
}

TEST_CASE("every table and column says what it is for") {
  const TemporaryDirectory dir;
  commit_some(dir.path(), 1, true);
  Outsider file(dir.path());
  CHECK(file.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") == 14);
  CHECK(file.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT "
                     "LIKE '%(%--%STRICT%'") == 0);
}

}  // namespace newsd
