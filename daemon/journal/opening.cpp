#include "daemon/journal/opening.h"

#include "daemon/journal/schema.h"
#include "daemon/journal/state_dir.h"
#include "daemon/journal/storage_error.h"

#include <chrono>
#include <string>
#include <utility>

namespace newsd {
namespace {

constexpr int kTail = 10'000;  // events whose sequence is verified after an unclean stop

/// The page size holds for a new file, before anything is written in it; so does auto_vacuum.
std::string settings() {
  return "PRAGMA page_size = " + std::to_string(kPageSize) +
         "; PRAGMA auto_vacuum = INCREMENTAL"
         "; PRAGMA journal_mode = WAL"
         "; PRAGMA synchronous = FULL"      // a commit is durable when it returns
         "; PRAGMA wal_autocheckpoint = 0"  // the writer chooses when: not within a commit
         "; PRAGMA journal_size_limit = 16777216"
         "; PRAGMA cache_size = -2048"  // KiB: what is written was just made, what is read is read once
         "; PRAGMA temp_store = MEMORY"
         "; PRAGMA secure_delete = OFF";  // retention need not overwrite what it frees
}

Result<void> verify_database(const Database& database, std::uint64_t bytes, const JournalOptions& options,
                             std::vector<std::string>& notes) {
  if (bytes > options.check_up_to) {
    notes.push_back(
        "the last stop was unclean; the journal is too large (" + std::to_string(bytes >> 20) +
        " MiB) to be read through at start, so only the end of the stream was checked: run `newsd journal check`");
    return {};
  }
  const auto start = std::chrono::steady_clock::now();
  Result<Statement> check = database.prepare("PRAGMA quick_check(1)");
  if (!check) return check.error();
  const Result<bool> row = check->step();
  if (!row) return row.error();
  if (*row && check->text(0) != "ok") {
    return corrupt_error("the journal is damaged: " + std::string(check->text(0)), database.file());
  }
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  notes.push_back("the last stop was unclean; the journal was checked in " + std::to_string(took.count()) +
                  " ms and is sound");
  return {};
}

Result<void> verify_tail(const Database& database) {
  Result<Statement> tail = database.prepare(
      "SELECT count(*), min(sequence), max(sequence) FROM (SELECT sequence FROM events ORDER BY sequence DESC LIMIT " +
      std::to_string(kTail) + ")");
  if (!tail) return tail.error();
  const Result<bool> row = tail->step();
  if (!row) return row.error();
  const std::int64_t count = tail->integer(0), first = tail->integer(1), last = tail->integer(2);
  if (count != 0 && count != last - first + 1) {
    return corrupt_error(
        "events are missing between sequences " + std::to_string(first) + " and " + std::to_string(last),
        database.file());
  }
  return {};
}

Sequence sequence_of(std::int64_t stored) { return Sequence(static_cast<std::uint64_t>(stored)); }

}  // namespace

Result<StreamEnds> find_ends(const Database& database) {
  Result<Statement> query = database.prepare(
      "SELECT (SELECT min(sequence) FROM events), (SELECT max(sequence) FROM events),"
      " (SELECT max(sequence) FROM decisions), (SELECT value FROM meta WHERE key = 'last')");
  if (!query) return query.error();
  const Result<bool> row = query->step();
  if (!row) return row.error();
  const std::int64_t given_out = std::max(query->integer(2), query->integer(3));
  if (query->is_null(1)) return StreamEnds{sequence_of(given_out + 1), sequence_of(given_out)};
  if (query->integer(1) < given_out) {
    return corrupt_error("events " + std::to_string(query->integer(1) + 1) + " to " + std::to_string(given_out) +
                             " are missing at the end of the stream",
                         database.file());
  }
  return StreamEnds{sequence_of(query->integer(0)), sequence_of(query->integer(1))};
}

Result<void> write_marks(const Database& database, bool clean, Sequence last) {
  return database.execute("INSERT OR REPLACE INTO meta VALUES ('clean', " + std::to_string(clean ? 1 : 0) +
                          "), ('last', " + std::to_string(last.value()) + ")");
}

Result<StreamEnds> open_for_writing(Database& database, const std::filesystem::path& state_dir,
                                    const JournalOptions& options, std::vector<std::string>& notes) {
  const std::filesystem::path file = state_dir / kDatabaseName;
  std::error_code missing;
  const std::uint64_t bytes = std::filesystem::exists(file, missing) ? std::filesystem::file_size(file, missing) : 0;
  if (auto opened = database.open(file, Database::Access::Write); !opened) return opened.error();
  if (auto set = database.execute(settings()); !set) return set.error();
  if (auto migrated = migrate(database, migrations()); !migrated) return migrated.error();
  if (auto synced = sync_directory(state_dir); !synced) return synced.error();

  const Result<std::int64_t> clean = database.integer("SELECT value FROM meta WHERE key = 'clean'");
  if (!clean) return clean.error();
  if (*clean == 0) {
    if (auto sound = verify_database(database, bytes, options, notes); !sound) return sound.error();
    if (auto sound = verify_tail(database); !sound) return sound.error();
  }
  const Result<StreamEnds> ends = find_ends(database);
  if (!ends) return ends.error();
  if (auto marked = write_marks(database, false, ends->last); !marked) return marked.error();
  return *ends;
}

}  // namespace newsd
