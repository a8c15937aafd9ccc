// The Journal over SQLite: holds the lock, the connection and its prepared statements. The sequencer's thread, except
// what journal.h opens to any thread.
#pragma once

#include "daemon/journal/database.h"
#include "daemon/journal/journal.h"
#include "daemon/journal/retention.h"
#include "daemon/journal/state_dir.h"

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

/// The statements that a commit runs, and what is looked up before one.
struct CommitStatements {
  Statement begin, commit, add_event, add_decision, add_sketch, add_change, add_source, find_source, add_input,
      release_input, clear_suspect, set_cursor, drop_cursor, set_feed, drop_feed, add_held, drop_held, add_total,
      find_event, add_lesson, drop_lessons, set_learned, drop_learned;
  static Result<CommitStatements> prepare(const Database& database);
};

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(StateLock lock, std::filesystem::path state_dir);
  /// Once, before anything else.
  Result<void> start(const JournalOptions& options);

  std::vector<std::string> notes() const override { return notes_; }
  Result<void> commit(Batch& batch, Instant recorded) override;
  Sequence last() const override { return Sequence(last_); }
  Sequence oldest() const override { return Sequence(oldest_); }
  Result<void> each_decision(const std::function<void(Past)>& visit) override;
  Result<std::optional<Record>> find(std::string_view subject, EventId id) override;
  Result<std::vector<LedgerRow>> ledger() override;
  Result<std::vector<CursorRow>> cursors() override;
  Result<Totals> totals() override;
  Result<std::vector<FeedRow>> feeds() override;
  Result<std::vector<HeldRow>> held() override;
  Result<LearnedRows> learned() override;
  Result<std::vector<std::pair<InputKey, int>>> suspects() override;
  Result<void> set_suspect(const InputKey& key, int attempts) override;
  Result<bool> retain_step(Instant now, const JournalOptions& options) override;
  Result<void> checkpoint() override;
  std::uint64_t size() const override;
  Result<void> close_clean() override;

 private:
  Result<void> check_order(const Batch& batch) const;
  Result<void> write(const Batch& batch, Instant recorded);
  Result<void> write_decisions(const Batch& batch);
  Result<void> write_events(const std::vector<Record>& events, Instant recorded);
  Result<void> write_inputs(const Batch& batch);
  Result<void> write_feed(const FeedRow& row);
  Result<void> write_held(const HeldRow& row);
  Result<void> write_learned(const Batch& batch);
  Result<void> write_totals(const Totals& totals);
  Result<std::int64_t> source_id(const std::string& name);
  Result<void> check_open() const;
  std::uint64_t log_to_move() const;
  Result<void> move_log(int mode);
  void set_ends(const StreamEnds& ends);

  StateLock lock_;
  std::filesystem::path file_;
  Database database_;
  std::optional<CommitStatements> statements_;
  Retention retention_;
  std::map<std::string, std::int64_t> source_ids_;
  std::vector<std::string> notes_;
  std::atomic<std::uint64_t> last_{0}, oldest_{1};
  std::uint64_t max_log_ = 0;
  int log_pages_ = 0;        ///< in the write-ahead log, as of the last commit
  int log_pages_moved_ = 0;  ///< of them already in the database
};

}  // namespace newsd
