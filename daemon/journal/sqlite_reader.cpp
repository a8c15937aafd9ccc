#include "daemon/journal/sqlite_reader.h"

#include "daemon/journal/check.h"
#include "daemon/journal/opening.h"
#include "daemon/journal/query.h"
#include "daemon/journal/rows.h"
#include "daemon/journal/schema.h"
#include "daemon/journal/state_dir.h"
#include "daemon/journal/storage_error.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <string>
#include <utility>

#include <sys/stat.h>

namespace newsd {
namespace {

/// SQLite keeps integers signed: a cursor from the far future must not turn negative.
std::int64_t as_stored(std::uint64_t n) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(n, std::numeric_limits<std::int64_t>::max()));
}

std::size_t bytes_of(const Record& record) {
  return sizeof record + record.subject.size() + record.placed.size() + record.payload.size() + record.source.size();
}

/// The records of a bound query.
Result<std::vector<Record>> all_of(Statement& query, const Database& database) {
  std::vector<Record> records;
  for (;;) {
    const Result<bool> row = query.step();
    if (!row) return row.error();
    if (!*row) return records;
    Result<Record> record = read_record(query, database);
    if (!record) {
      query.reset();
      return record.error();
    }
    records.push_back(*std::move(record));
  }
}

/// A write-ahead log with something in it: the database file alone is not the whole journal.
bool has_log(const std::filesystem::path& file) {
  std::error_code missing;
  const std::uintmax_t bytes = std::filesystem::file_size(file.string() + "-wal", missing);
  return !missing && bytes > 0;
}

}  // namespace

Result<std::unique_ptr<JournalReader>> JournalReader::open(const std::filesystem::path& state_dir) {
  auto reader = std::make_unique<SqliteReader>(state_dir);
  if (auto started = reader->start(); !started) return started.error();
  return std::unique_ptr<JournalReader>(std::move(reader));
}

SqliteReader::SqliteReader(std::filesystem::path state_dir) : file_(std::move(state_dir) / kDatabaseName) {}

Result<void> SqliteReader::start() {
  struct stat status {};
  if (::stat(file_.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return Error(JournalError::NotFound, "there is no journal", file_.string());
    return system_error(errno, "cannot open the journal", file_);
  }
  Result<void> connected = connect(Database::Access::Read);
  // Readers of a write-ahead log need its index beside it. In a directory we may only read, with the daemon stopped in
  // order, there is neither and neither can be made; then nobody writes, and the file alone is the journal.
  if (!connected && !has_log(file_)) {
    if (const Result<void> alone = connect(Database::Access::Immutable); alone) return alone;
  }
  return connected;
}

Result<void> SqliteReader::connect(Database::Access access) {
  for (std::optional<Statement>* statement : {&page_, &before_, &outlines_, &about_, &merged_}) statement->reset();
  database_.emplace();
  is_immutable_ = access == Database::Access::Immutable;
  if (auto opened = database_->open(file_, access); !opened) return opened;
  // KiB: pages are read once. query_only guards against what SQLite may still write in a file opened for reading
  if (auto set = database_->execute("PRAGMA cache_size = -1024; PRAGMA query_only = ON"); !set) return set;
  if (auto fits = check_version(*database_, migrations().size()); !fits) return fits;
  constexpr std::string_view kFrom = " FROM events AS e LEFT JOIN sources AS s ON s.id = e.source WHERE ";
  const std::pair<std::optional<Statement>*, std::string> statements[] = {
      {&page_,
       "SELECT " + std::string(kRecordColumns) + std::string(kFrom) + "e.sequence > ? ORDER BY e.sequence LIMIT ?"},
      {&before_, "SELECT sequence FROM events WHERE recorded < ? ORDER BY recorded DESC, sequence DESC LIMIT 1"},
      {&outlines_, "SELECT " + std::string(kBareRecordColumns) + std::string(kFrom) +
                       "e.sequence > ? AND e.sequence <= ? ORDER BY e.sequence LIMIT ?"},
      // the plus keeps SQLite from putting the value into the indexed expression, which then is no index's any more
      {&about_, "SELECT " + std::string(kBareRecordColumns) + std::string(kFrom) +
                    "substr(e.subject, -12) = substr(?1, -12) AND +e.subject = ?1 ORDER BY e.sequence DESC LIMIT ?2"},
      {&merged_,
       "SELECT into_id FROM story_changes WHERE story = ? AND kind = 'merged' ORDER BY sequence DESC LIMIT 1"},
  };
  for (const auto& [statement, sql] : statements) {
    Result<Statement> prepared = database_->prepare(sql);
    if (!prepared) return prepared.error();
    *statement = *std::move(prepared);
  }
  return {};
}

/// A file taken for immutable that a daemon began to write: look again, as a reader of its write-ahead log.
Result<void> SqliteReader::reconnect_if_written() {
  if (!is_immutable_ || !has_log(file_)) return {};
  return start();
}

Result<std::vector<Record>> SqliteReader::read(Sequence after, std::size_t max_events, std::size_t max_bytes) {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  std::vector<Record> records;
  page_->bind(1, as_stored(after.value()));
  page_->bind(2, as_stored(max_events));
  std::size_t bytes = 0;
  while (records.empty() || bytes < max_bytes) {
    const Result<bool> row = page_->step();
    if (!row) return row.error();
    if (!*row) return records;
    Result<Record> record = read_record(*page_, *database_);
    if (!record) {
      page_->reset();
      if (records.empty()) return record.error();
      return records;  // what is before the damage can be delivered; the next call reports it
    }
    bytes += bytes_of(*record);
    records.push_back(*std::move(record));
  }
  page_->reset();
  return records;
}

Result<Sequence> SqliteReader::last() {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  const Result<StreamEnds> ends = find_ends(*database_);
  if (!ends) return ends.error();
  return ends->last;
}

Result<Sequence> SqliteReader::oldest() {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  const Result<StreamEnds> ends = find_ends(*database_);
  if (!ends) return ends.error();
  return ends->oldest;
}

Result<Sequence> SqliteReader::before(Instant t) {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  before_->bind(1, to_milliseconds(t));
  const Result<bool> row = before_->step();
  if (!row) return row.error();
  const Sequence found(*row ? static_cast<std::uint64_t>(before_->integer(0)) : 0);
  before_->reset();
  return found;
}

Result<std::vector<Record>> SqliteReader::outlines(Sequence after, Sequence last, std::size_t max_events) {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  outlines_->bind(1, as_stored(after.value()));
  outlines_->bind(2, as_stored(last.value()));
  outlines_->bind(3, as_stored(max_events));
  return all_of(*outlines_, *database_);
}

Result<std::vector<Record>> SqliteReader::about(std::string_view subject, std::size_t max_events) {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  about_->bind_text(1, subject);
  about_->bind(2, as_stored(max_events));
  return all_of(*about_, *database_);
}

Result<std::optional<StoryId>> SqliteReader::merged_into(StoryId story) {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  merged_->bind_blob(1, bytes_of(story.value()));
  const Result<bool> row = merged_->step();
  if (!row) return row.error();
  Uuid into;
  const bool is_known = *row && read_uuid(merged_->blob(0), into);
  merged_->reset();
  return is_known ? std::optional(StoryId(into)) : std::nullopt;
}

Result<std::vector<FeedRow>> SqliteReader::feeds() {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  return read_feeds(*database_);
}

Result<LearnedRows> SqliteReader::learned() {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  return read_learned(*database_);
}

Result<std::vector<std::string>> SqliteReader::check() {
  if (auto connected = reconnect_if_written(); !connected) return connected.error();
  return check_journal(*database_);
}

}  // namespace newsd
