// The journal: one SQLite database holding events, decisions, the input ledger and cursors; one transaction a batch,
// one fsync a transaction. The Journal is written by the sequencer's thread alone (one process: it locks the state
// directory); JournalReader reads beside it from any other thread or process. Neither looks into payloads (check()
// apart) nor deletes what it cannot read.
#pragma once

#include "daemon/dedupe/place.h"
#include "daemon/event/event.h"
#include "daemon/journal/totals.h"
#include "feeds/source/sink.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

/// Codes: "locked" (another daemon, exit 75), "newer-schema" (75), "older-schema" (75, readers only: they cannot
/// migrate), "disk-full" (74), "io" (74), "corrupt" (74), "out-of-order" (a batch that does not follow the journal: the
/// caller's mistake), "permission" (77), "cannot-create" (73), "not-found".
enum class JournalError {
  Locked,
  NewerSchema,
  OlderSchema,
  DiskFull,
  Io,
  Corrupt,
  OutOfOrder,
  Permission,
  CannotCreate,
  NotFound
};
std::string_view code_of(JournalError e);

struct JournalOptions {
  std::chrono::milliseconds retain = std::chrono::days(14);    ///< events older than this leave
  std::uint64_t max_size = 20ull << 30;                        ///< bytes of the database; the oldest events leave first
  std::chrono::milliseconds remember = std::chrono::days(30);  ///< decisions on articles not seen for so long leave
  std::uint64_t max_log =
      64ull << 20;  ///< bytes of the write-ahead log; a commit that finds more moves it to the database
  std::chrono::milliseconds sketches = std::chrono::days(8);  ///< sketches of texts older than this leave
  std::uint64_t check_up_to = 512ull << 20;  ///< after an unclean stop a larger database is not read through at open
};

/// An input's row in the ledger: written with its events, gone (UntilAck) when the source let go of it.
struct LedgerRow {
  InputKey key;
  Outcome outcome;
  Sink::Ledger keep = Sink::Ledger::UntilAck;
};

/// Where a durable output or named consumer stands. detail: the output's own note (a file's inode and offset), opaque.
struct CursorRow {
  std::string name;
  Sequence sequence;
  std::string detail;
  bool leaves = false;  ///< in a Batch: the row is to go
};

/// What is remembered of a feed: opaque to the journal. shown: what it showed the last time; hub: its subscription at a
/// WebSub hub; not set in a Batch: what is recorded of them stays.
struct FeedRow {
  std::string feed;  ///< its URL as configured
  std::string state;
  std::optional<std::string> shown;
  std::optional<std::string> hub = std::nullopt;
  bool leaves = false;  ///< in a Batch: the row is to go
};

/// An entry of a feed that waits for its page: opaque to the journal.
struct HeldRow {
  std::string key;
  std::string entry;
  bool leaves = false;  ///< in a Batch: the row is to go
};

/// What was learned of a source of articles: opaque to the journal. used: tells the order in which sources last taught.
struct LearnedRow {
  std::string source;
  std::uint64_t used = 0;
  std::string bytes;
  bool leaves = false;  ///< in a Batch: the row is to go
};

/// What an article taught and is not yet part of what was learned: opaque to the journal. input: the number of its
/// input among all that were ever recorded, from 0; part: which of its articles.
struct LessonRow {
  std::uint64_t input = 0;
  std::uint32_t part = 0;
  std::string bytes;
};

struct LearnedRows {
  std::vector<LearnedRow> sources;
  std::vector<LessonRow> lessons;  ///< in order
};

/// What commits together or not at all.
struct Batch {
  std::vector<Record> events;  ///< with contiguous sequences that follow the journal's last
  std::vector<Decision> decisions;
  std::vector<std::uint64_t> decision_events;  ///< decisions[i] belongs to the event of this sequence; ascending
  std::vector<StoryChange> changes;
  std::vector<std::uint64_t> change_events;  ///< likewise
  std::vector<LedgerRow> inputs;  ///< also ends the suspicion against these inputs; with Ledger::None it only does that
  std::vector<InputKey> released;
  std::vector<CursorRow> cursors;
  std::vector<FeedRow> feeds;  ///< of a feed that is there more than once, the last counts
  std::vector<HeldRow> held;
  std::vector<LessonRow> lessons;
  std::vector<LearnedRow> learned;   ///< of a source that is there more than once, the last counts
  std::uint64_t lessons_before = 0;  ///< lessons of inputs before this one are part of `learned`: they are to go
  Totals totals;                     ///< what the batch adds to them
  bool empty() const {
    return events.empty() && inputs.empty() && released.empty() && cursors.empty() && feeds.empty() && held.empty();
  }
};

class Journal {
 public:
  /// Opens or creates <state_dir>/journal.db, takes the lock, migrates an older schema, checks the database after an
  /// unclean stop. state_dir itself is made (0700) when it is missing, its parents are not.
  static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& state_dir, const JournalOptions& options);
  /// Without close_clean() the stop counts as unclean.
  virtual ~Journal() = default;

  /// What open() found worth saying (an unclean stop, what was checked and how long it took): one sentence each.
  virtual std::vector<std::string> notes() const { return {}; }

  /// Writes the batch and syncs it; recorded is set on its events. On an error nothing of it was written and the
  /// journal can still be used. DiskFull may pass: try again later.
  virtual Result<void> commit(Batch& batch, Instant recorded) = 0;
  /// The last sequence given out; survives restarts even when no event is left. Any thread.
  virtual Sequence last() const = 0;
  /// The oldest event still there is oldest(); last() + 1 when there is none. Any thread.
  virtual Sequence oldest() const = 0;
  /// Calls back with every decision, on articles and on stories, in order.
  virtual Result<void> each_decision(const std::function<void(Past)>& visit) = 0;
  /// The event of this id about a subject, if it is still there; found the sooner the later it came.
  virtual Result<std::optional<Record>> find(std::string_view subject, EventId id) = 0;
  virtual Result<std::vector<LedgerRow>> ledger() = 0;
  virtual Result<std::vector<CursorRow>> cursors() = 0;
  /// Of all batches.
  virtual Result<Totals> totals() = 0;
  /// All feeds that were ever polled, `shown` and `hub` set.
  virtual Result<std::vector<FeedRow>> feeds() = 0;
  /// All entries that wait for their pages.
  virtual Result<std::vector<HeldRow>> held() = 0;
  /// What was learned of sources of articles, and the lessons since.
  virtual Result<LearnedRows> learned() = 0;
  /// Inputs that were being read when the process died, with how often: poison.
  virtual Result<std::vector<std::pair<InputKey, int>>> suspects() = 0;
  /// Durable on return; attempts 0 ends the suspicion.
  virtual Result<void> set_suspect(const InputKey& key, int attempts) = 0;
  /// One small step of retention (a few milliseconds); true when more is to be done. The last event never leaves.
  virtual Result<bool> retain_step(Instant now, const JournalOptions& options) = 0;
  /// Moves the write-ahead log into the database when it has grown; for idle moments.
  virtual Result<void> checkpoint() = 0;
  /// Bytes on disk, database and write-ahead log. Any thread.
  virtual std::uint64_t size() const = 0;
  /// Marks the stop as clean and closes the database; no commit may follow. The state directory stays locked until the
  /// destructor.
  virtual Result<void> close_clean() = 0;
};

/// Reads events beside the writer, with the daemon running or stopped, from a directory it may only read; not
/// thread-safe, one an owner.
class JournalReader {
 public:
  static Result<std::unique_ptr<JournalReader>> open(const std::filesystem::path& state_dir);
  virtual ~JournalReader() = default;
  /// Events with sequence > after, at most max_events and about max_bytes of them (at least one if there is one), in
  /// order. The first is later than after + 1 when retention took what was between.
  virtual Result<std::vector<Record>> read(Sequence after, std::size_t max_events, std::size_t max_bytes) = 0;
  virtual Result<Sequence> last() = 0;
  /// last() + 1 when no event is there.
  virtual Result<Sequence> oldest() = 0;
  /// The last event recorded before t; Sequence(0) when there is none. Where the clock was set back, the latest by
  /// clock.
  virtual Result<Sequence> before(Instant t) = 0;
  /// The same as read() up to `last`, but without what the events say: placed and payload are empty.
  virtual Result<std::vector<Record>> outlines(Sequence after, Sequence last, std::size_t max_events) = 0;
  /// The latest events about a subject, the latest first, without what they say: placed and payload are empty.
  virtual Result<std::vector<Record>> about(std::string_view subject, std::size_t max_events) = 0;
  /// The story that this one went into, if it did.
  virtual Result<std::optional<StoryId>> merged_into(StoryId story) = 0;
  /// As Journal::feeds(), as of the last commit.
  virtual Result<std::vector<FeedRow>> feeds() = 0;
  /// As Journal::learned(), as of the last commit.
  virtual Result<LearnedRows> learned() = 0;
  /// What is amiss in the database and the stream (SQLite's check, holes in sequence, payloads that cannot be read):
  /// one sentence each.
  virtual Result<std::vector<std::string>> check() = 0;
};

}  // namespace newsd
