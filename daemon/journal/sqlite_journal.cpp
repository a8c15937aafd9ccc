#include "daemon/journal/sqlite_journal.h"

#include "daemon/journal/opening.h"
#include "daemon/journal/query.h"
#include "daemon/journal/rows.h"
#include "daemon/journal/schema.h"
#include "daemon/journal/storage_error.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace newsd {
namespace {

constexpr std::uint64_t kIdleLog = 8 << 20;   // bytes of the log that are worth moving when there is time
constexpr int kForcedWaitMilliseconds = 200;  // for readers to let go of the log

template <class Step>
Result<void> run_all(std::size_t count, Step step) {
  for (std::size_t i = 0; i < count; ++i) {
    if (Result<void> done = step(i); !done) return done;
  }
  return {};
}

std::uint64_t bytes_of_file(const std::filesystem::path& file) {
  std::error_code missing;
  const std::uintmax_t bytes = std::filesystem::file_size(file, missing);
  return missing ? 0 : bytes;
}

}  // namespace

Result<CommitStatements> CommitStatements::prepare(const Database& database) {
  CommitStatements s;
  const std::pair<Statement*, std::string_view> all[] = {
      {&s.begin, "BEGIN IMMEDIATE"},
      {&s.commit, "COMMIT"},
      {&s.add_event, kInsertRecord},
      {&s.add_decision, kInsertDecision},
      {&s.add_sketch, kInsertSketch},
      {&s.add_change, kInsertChange},
      {&s.add_source, "INSERT INTO sources (name) VALUES (?) ON CONFLICT DO NOTHING"},
      {&s.find_source, "SELECT id FROM sources WHERE name = ?"},
      {&s.add_input, "INSERT OR REPLACE INTO inputs (key, keep, fate, reason, first, last) VALUES (?, ?, ?, ?, ?, ?)"},
      {&s.release_input, "DELETE FROM inputs WHERE key = ?"},
      {&s.clear_suspect, "DELETE FROM suspects WHERE key = ?"},
      {&s.drop_cursor, "DELETE FROM cursors WHERE name = ?"},
      {&s.set_cursor, "INSERT OR REPLACE INTO cursors (name, sequence, detail) VALUES (?, ?, ?)"},
      {&s.drop_feed, "DELETE FROM feeds WHERE feed = ?"},
      {&s.set_feed,
       "INSERT INTO feeds (feed, state, shown, hub) VALUES (?1, ?2, coalesce(?3, x''), coalesce(?4, '')) "
       "ON CONFLICT DO UPDATE SET state = ?2, shown = coalesce(?3, shown), hub = coalesce(?4, hub)"},
      {&s.drop_held, "DELETE FROM held_entries WHERE key = ?"},
      {&s.add_held, "INSERT OR REPLACE INTO held_entries (key, entry) VALUES (?, ?)"},
      {&s.add_total,
       "INSERT INTO totals (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value"},
      {&s.find_event, kFindRecord},
      {&s.add_lesson, "INSERT INTO lessons (input, part, bytes) VALUES (?, ?, ?)"},
      {&s.drop_lessons, "DELETE FROM lessons WHERE input < ?"},
      {&s.set_learned, "INSERT OR REPLACE INTO learned (source, used, bytes) VALUES (?, ?, ?)"},
      {&s.drop_learned, "DELETE FROM learned WHERE source = ?"},
  };
  for (const auto& [statement, sql] : all) {
    Result<Statement> prepared = database.prepare(sql);
    if (!prepared) return prepared.error();
    *statement = *std::move(prepared);
  }
  return s;
}

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& state_dir, const JournalOptions& options) {
  if (auto made = ensure_state_dir(state_dir); !made) return made.error();
  Result<StateLock> lock = StateLock::take(state_dir);
  if (!lock) return lock.error();
  auto journal = std::make_unique<SqliteJournal>(*std::move(lock), state_dir);
  if (auto started = journal->start(options); !started) return started.error();
  return std::unique_ptr<Journal>(std::move(journal));
}

SqliteJournal::SqliteJournal(StateLock lock, std::filesystem::path state_dir)
    : lock_(std::move(lock)), file_(std::move(state_dir)), retention_(database_) {}

Result<void> SqliteJournal::start(const JournalOptions& options) {
  const Result<StreamEnds> ends = open_for_writing(database_, file_, options, notes_);
  if (!ends) return ends.error();
  file_ /= kDatabaseName;
  max_log_ = options.max_log;
  set_ends(*ends);
  Result<CommitStatements> statements = CommitStatements::prepare(database_);
  if (!statements) return statements.error();
  statements_ = *std::move(statements);
  sqlite3_wal_hook(
      database_.handle(),
      [](void* self, sqlite3*, const char*, int pages) {
        auto& journal = *static_cast<SqliteJournal*>(self);
        if (pages < journal.log_pages_) journal.log_pages_moved_ = 0;  // the log began anew
        journal.log_pages_ = pages;
        return SQLITE_OK;
      },
      this);
  return {};
}

void SqliteJournal::set_ends(const StreamEnds& ends) {
  oldest_ = ends.oldest.value();
  last_ = ends.last.value();
}

Result<void> SqliteJournal::check_open() const {
  if (statements_) return {};
  return Error(JournalError::OutOfOrder, "the journal was closed", file_.string());
}

Result<void> SqliteJournal::check_order(const Batch& batch) const {
  const auto wrong = [this](const std::string& what) {
    return Error(JournalError::OutOfOrder, "the batch does not follow the journal: " + what, file_.string());
  };
  std::uint64_t expected = last_;
  for (const Record& event : batch.events) {
    if (event.sequence.value() != ++expected) {
      return wrong("event " + std::to_string(event.sequence.value()) + " in the place of " + std::to_string(expected));
    }
  }
  if (batch.decisions.size() != batch.decision_events.size() || batch.changes.size() != batch.change_events.size()) {
    return wrong("decisions without events");
  }
  for (const auto& events : {batch.decision_events, batch.change_events}) {
    std::uint64_t previous = last_;
    for (const std::uint64_t sequence : events) {
      if (sequence <= previous || sequence > expected) {
        return wrong("a decision for event " + std::to_string(sequence));
      }
      previous = sequence;
    }
  }
  return {};
}

Result<void> SqliteJournal::commit(Batch& batch, Instant recorded) {
  if (auto open = check_open(); !open) return open;
  if (auto in_order = check_order(batch); !in_order) return in_order;
  if (Result<void> written = write(batch, recorded); !written) {
    database_.roll_back();
    source_ids_.clear();  // a source new in this batch is not there
    return written;
  }
  for (Record& event : batch.events) event.recorded = recorded;
  for (const Decision& decision : batch.decisions) retention_.noted(decision);
  if (!batch.events.empty()) last_ = batch.events.back().sequence.value();
  // the batch is durable whether or not the log can be moved: a failure is the next checkpoint's to report
  if (log_to_move() > max_log_) static_cast<void>(move_log(SQLITE_CHECKPOINT_RESTART));
  return {};
}

Result<void> SqliteJournal::write(const Batch& batch, Instant recorded) {
  if (auto begun = statements_->begin.run(); !begun) return begun;
  if (auto done = write_events(batch.events, recorded); !done) return done;
  auto done = write_decisions(batch);
  if (done) done = write_inputs(batch);
  if (done) {
    done = run_all(batch.cursors.size(), [&](std::size_t i) {
      const CursorRow& cursor = batch.cursors[i];
      if (cursor.leaves) {
        statements_->drop_cursor.bind_text(1, cursor.name);
        return statements_->drop_cursor.run();
      }
      statements_->set_cursor.bind_text(1, cursor.name);
      statements_->set_cursor.bind(2, static_cast<std::int64_t>(cursor.sequence.value()));
      statements_->set_cursor.bind_blob(3, cursor.detail);
      return statements_->set_cursor.run();
    });
  }
  if (done) done = run_all(batch.feeds.size(), [&](std::size_t i) { return write_feed(batch.feeds[i]); });
  if (done) done = run_all(batch.held.size(), [&](std::size_t i) { return write_held(batch.held[i]); });
  if (done) done = write_learned(batch);
  if (done) done = write_totals(batch.totals);
  if (!done) return done;
  return statements_->commit.run();
}

Result<std::optional<Record>> SqliteJournal::find(std::string_view subject, EventId id) {
  if (auto open = check_open(); !open) return open.error();
  Statement& query = statements_->find_event;
  query.bind_text(1, subject);
  query.bind_blob(2, bytes_of(id.value()));
  const Result<bool> row = query.step();
  if (!row) return row.error();
  if (!*row) return std::optional<Record>();
  Result<Record> record = read_record(query, database_);
  query.reset();
  if (!record) return record.error();
  return std::optional(*std::move(record));
}

Result<void> SqliteJournal::write_feed(const FeedRow& row) {
  if (row.leaves) {
    statements_->drop_feed.bind_text(1, row.feed);
    return statements_->drop_feed.run();
  }
  Statement& write = statements_->set_feed;
  write.bind_text(1, row.feed);
  write.bind_text(2, row.state);
  row.shown ? write.bind_blob(3, *row.shown) : write.bind_null(3);
  row.hub ? write.bind_text(4, *row.hub) : write.bind_null(4);
  return write.run();
}

Result<void> SqliteJournal::write_held(const HeldRow& row) {
  Statement& write = row.leaves ? statements_->drop_held : statements_->add_held;
  write.bind_text(1, row.key);
  if (!row.leaves) write.bind_text(2, row.entry);
  return write.run();
}

Result<void> SqliteJournal::write_learned(const Batch& batch) {
  auto done = run_all(batch.lessons.size(), [&](std::size_t i) {
    Statement& add = statements_->add_lesson;
    add.bind(1, static_cast<std::int64_t>(batch.lessons[i].input));
    add.bind(2, static_cast<std::int64_t>(batch.lessons[i].part));
    add.bind_blob(3, batch.lessons[i].bytes);
    return add.run();
  });
  if (!done) return done;
  done = run_all(batch.learned.size(), [&](std::size_t i) {
    const LearnedRow& row = batch.learned[i];
    if (row.leaves) {
      statements_->drop_learned.bind_text(1, row.source);
      return statements_->drop_learned.run();
    }
    statements_->set_learned.bind_text(1, row.source);
    statements_->set_learned.bind(2, static_cast<std::int64_t>(row.used));
    statements_->set_learned.bind_blob(3, row.bytes);
    return statements_->set_learned.run();
  });
  if (!done || batch.lessons_before == 0) return done;
  statements_->drop_lessons.bind(1, static_cast<std::int64_t>(batch.lessons_before));
  return statements_->drop_lessons.run();
}

Result<void> SqliteJournal::write_totals(const Totals& totals) {
  Result<void> done;
  each_total(totals, [&](const std::string& name, std::uint64_t more) {
    if (more == 0 || !done) return;
    statements_->add_total.bind_text(1, name);
    statements_->add_total.bind(2, static_cast<std::int64_t>(more));
    done = statements_->add_total.run();
  });
  return done;
}

Result<void> SqliteJournal::write_decisions(const Batch& batch) {
  auto done = run_all(batch.decisions.size(), [&](std::size_t i) -> Result<void> {
    const Decision& decision = batch.decisions[i];
    const DecisionRow row(decision);
    row.bind(statements_->add_decision, batch.decision_events[i]);
    if (auto added = statements_->add_decision.run(); !added || decision.sketch == Sketch{}) return added;
    const std::string sketch = bytes_of(decision.sketch);
    statements_->add_sketch.bind(1, static_cast<std::int64_t>(batch.decision_events[i]));
    statements_->add_sketch.bind(2, to_milliseconds(decision.at));
    statements_->add_sketch.bind_blob(3, sketch);
    return statements_->add_sketch.run();
  });
  if (!done) return done;
  return run_all(batch.changes.size(), [&](std::size_t i) {
    const ChangeRow row(batch.changes[i]);
    row.bind(statements_->add_change, batch.change_events[i]);
    return statements_->add_change.run();
  });
}

Result<void> SqliteJournal::write_events(const std::vector<Record>& events, Instant recorded) {
  return run_all(events.size(), [&](std::size_t i) -> Result<void> {
    const Result<std::int64_t> source = source_id(events[i].source);
    if (!source) return source.error();
    bind_record(statements_->add_event, events[i], recorded, *source);
    return statements_->add_event.run();
  });
}

Result<void> SqliteJournal::write_inputs(const Batch& batch) {
  auto done = run_all(batch.inputs.size(), [&](std::size_t i) -> Result<void> {
    const LedgerRow& row = batch.inputs[i];
    Statement& add = statements_->add_input;
    add.bind_blob(1, row.key.value);
    add.bind(2, row.keep == Sink::Ledger::Keep ? 1 : 0);
    add.bind_text(3, row.outcome.fate == Outcome::Fate::Quarantined ? "quarantined" : "done");
    row.outcome.reason_json.empty() ? add.bind_null(4) : add.bind_text(4, row.outcome.reason_json);
    add.bind(5, static_cast<std::int64_t>(row.outcome.first.value()));
    add.bind(6, static_cast<std::int64_t>(row.outcome.last.value()));
    if (row.keep != Sink::Ledger::None) {
      if (auto added = add.run(); !added) return added;
    }
    statements_->clear_suspect.bind_blob(1, row.key.value);
    return statements_->clear_suspect.run();
  });
  if (!done) return done;
  return run_all(batch.released.size(), [&](std::size_t i) {
    statements_->release_input.bind_blob(1, batch.released[i].value);
    return statements_->release_input.run();
  });
}

Result<std::int64_t> SqliteJournal::source_id(const std::string& name) {
  if (const auto known = source_ids_.find(name); known != source_ids_.end()) return known->second;
  statements_->add_source.bind_text(1, name);
  if (auto added = statements_->add_source.run(); !added) return added.error();
  statements_->find_source.bind_text(1, name);
  const Result<bool> found = statements_->find_source.step();
  if (!found) return found.error();
  const std::int64_t id = statements_->find_source.integer(0);
  statements_->find_source.reset();
  source_ids_.emplace(name, id);
  return id;
}

Result<void> SqliteJournal::each_decision(const std::function<void(Past)>& visit) {
  if (auto open = check_open(); !open) return open;
  if (auto read = read_decisions(database_, INT64_MAX, visit); !read) return read;
  return database_.execute("PRAGMA shrink_memory");  // pages read once
}

Result<std::vector<LedgerRow>> SqliteJournal::ledger() {
  if (auto open = check_open(); !open) return open.error();
  return rows_of<LedgerRow>(
      database_, "SELECT key, keep, fate, reason, first, last FROM inputs", [](const Statement& row) {
        LedgerRow input;
        input.key.value = row.blob(0);
        input.keep = row.integer(1) != 0 ? Sink::Ledger::Keep : Sink::Ledger::UntilAck;
        input.outcome.fate = row.text(2) == "quarantined" ? Outcome::Fate::Quarantined : Outcome::Fate::Done;
        input.outcome.reason_json = row.text(3);
        input.outcome.first = Sequence(static_cast<std::uint64_t>(row.integer(4)));
        input.outcome.last = Sequence(static_cast<std::uint64_t>(row.integer(5)));
        return input;
      });
}

Result<std::vector<CursorRow>> SqliteJournal::cursors() {
  if (auto open = check_open(); !open) return open.error();
  return rows_of<CursorRow>(database_, "SELECT name, sequence, detail FROM cursors", [](const Statement& row) {
    return CursorRow{std::string(row.text(0)), Sequence(static_cast<std::uint64_t>(row.integer(1))),
                     std::string(row.blob(2))};
  });
}

Result<Totals> SqliteJournal::totals() {
  if (auto open = check_open(); !open) return open.error();
  using Row = std::pair<std::string, std::uint64_t>;
  const auto rows = rows_of<Row>(database_, "SELECT name, value FROM totals", [](const Statement& row) {
    return Row(row.text(0), static_cast<std::uint64_t>(row.integer(1)));
  });
  if (!rows) return rows.error();
  Totals totals;
  each_total(totals, [&](const std::string& name, std::uint64_t& count) {
    for (const Row& row : *rows) {
      if (row.first == name) count = row.second;
    }
  });
  return totals;
}

Result<std::vector<FeedRow>> SqliteJournal::feeds() {
  if (auto open = check_open(); !open) return open.error();
  return read_feeds(database_);
}

Result<std::vector<HeldRow>> SqliteJournal::held() {
  if (auto open = check_open(); !open) return open.error();
  return rows_of<HeldRow>(database_, "SELECT key, entry FROM held_entries ORDER BY key", [](const Statement& row) {
    return HeldRow{std::string(row.text(0)), std::string(row.text(1))};
  });
}

Result<LearnedRows> SqliteJournal::learned() {
  if (auto open = check_open(); !open) return open.error();
  return read_learned(database_);
}

Result<std::vector<std::pair<InputKey, int>>> SqliteJournal::suspects() {
  if (auto open = check_open(); !open) return open.error();
  return rows_of<std::pair<InputKey, int>>(database_, "SELECT key, attempts FROM suspects", [](const Statement& row) {
    return std::pair(InputKey{std::string(row.blob(0))}, static_cast<int>(row.integer(1)));
  });
}

Result<void> SqliteJournal::set_suspect(const InputKey& key, int attempts) {
  if (auto open = check_open(); !open) return open;
  Result<Statement> set =
      database_.prepare(attempts > 0 ? "INSERT OR REPLACE INTO suspects (key, attempts) VALUES (?, ?)"
                                     : "DELETE FROM suspects WHERE key = ?");
  if (!set) return set.error();
  set->bind_blob(1, key.value);
  if (attempts > 0) set->bind(2, attempts);
  return set->run();
}

Result<bool> SqliteJournal::retain_step(Instant now, const JournalOptions& options) {
  if (auto open = check_open(); !open) return open.error();
  StreamEnds ends{oldest(), last()};
  Result<bool> more = retention_.step(now, options, ends);
  set_ends(ends);
  return more;
}

Result<void> SqliteJournal::checkpoint() {
  if (auto open = check_open(); !open) return open;
  if (log_to_move() < std::min(kIdleLog, max_log_)) return {};
  return move_log(SQLITE_CHECKPOINT_PASSIVE);
}

std::uint64_t SqliteJournal::log_to_move() const {
  return static_cast<std::uint64_t>(std::max(log_pages_ - log_pages_moved_, 0)) * kPageSize;
}

/// What readers still look at stays in the log; that is no error.
Result<void> SqliteJournal::move_log(int mode) {
  int pages = 0, moved = 0;
  sqlite3_busy_timeout(database_.handle(), kForcedWaitMilliseconds);
  errno = 0;
  const int rc = sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, mode, &pages, &moved);
  sqlite3_busy_timeout(database_.handle(), kBusyMilliseconds);
  if (moved >= 0) log_pages_moved_ = moved;
  if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY) return {};
  return database_.error(rc, errno, "cannot move the write-ahead log into the database");
}

std::uint64_t SqliteJournal::size() const { return bytes_of_file(file_) + bytes_of_file(file_.string() + "-wal"); }

Result<void> SqliteJournal::close_clean() {
  if (auto open = check_open(); !open) return open;
  if (auto marked = write_marks(database_, true, last()); !marked) return marked;
  statements_.reset();
  database_.close();  // moves the log, unless somebody still reads: then the last reader's end or the next start does
  return {};
}

}  // namespace newsd
