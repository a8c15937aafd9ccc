// A stream for tests: events, decisions and batches by number, and ways into the journal that the product has not
// (another hand in the file, another process).
#pragma once

#include "daemon/journal/journal.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace newsd {

inline const Instant kNoon = Instant(std::chrono::seconds(1'790'000'000));

/// A UUID made of a number; different numbers, different UUIDs.
Uuid uuid_of(std::uint64_t n);
/// Event n: an article.new that line_of() can print, with a payload of at least `payload_bytes` bytes when not 0.
Record sample_event(std::uint64_t n, std::size_t payload_bytes = 0);
/// Article n is new by event n.
Decision sample_decision(std::uint64_t n);
/// `count` events after `last`, a decision each, and one input named after the first of them.
Batch sample_batch(Sequence last, std::uint64_t count, std::size_t payload_bytes = 0);
InputKey input_of(std::uint64_t first_event);

/// Throws what stands in the error.
std::unique_ptr<Journal> open_journal(const std::filesystem::path& dir, const JournalOptions& options = {});
std::unique_ptr<JournalReader> open_reader(const std::filesystem::path& dir);
/// All retention there is to do.
void retain_all(Journal& journal, Instant now, const JournalOptions& options);

/// Somebody who opens journal.db with a tool of their own.
class Outsider {
 public:
  explicit Outsider(const std::filesystem::path& dir, const char* name = "journal.db");
  ~Outsider() { sqlite3_close(db_); }
  Outsider(const Outsider&) = delete;
  Outsider& operator=(const Outsider&) = delete;
  void execute(const std::string& sql);
  std::int64_t integer(const std::string& sql);

 private:
  sqlite3* db_ = nullptr;
};

/// Runs `body` in a forked process that then ends without clean-up, and returns what it returned (0–255); a signal that
/// ended it is returned as its negative. No connection to the journal may be open in this process.
int in_child(const std::function<int()>& body);

}  // namespace newsd
