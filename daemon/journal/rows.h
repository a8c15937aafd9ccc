// Records and Decisions ↔ columns of the tables events and decisions. Reading checks lengths and names, as the file may
// have been damaged or edited. Pure apart from the statement.
#pragma once

#include "daemon/dedupe/place.h"
#include "daemon/event/event.h"
#include "daemon/journal/database.h"

#include <functional>
#include <string>

namespace newsd {

/// The columns `read_record` expects, from `events AS e LEFT JOIN sources AS s`.
inline constexpr std::string_view kRecordColumns =
    "e.sequence, e.id, e.type, e.severity, e.subject, e.time, e.recorded, e.story, e.cause, s.name, e.placed, "
    "e.payload";
/// The same of a record without what it says.
inline constexpr std::string_view kBareRecordColumns =
    "e.sequence, e.id, e.type, e.severity, e.subject, e.time, e.recorded, e.story, e.cause, s.name, '', x''";
/// The record of an event by its subject and id. The plus keeps SQLite from putting the value into the indexed
/// expression, which then is no index's any more.
inline constexpr std::string_view kFindRecord =
    "SELECT e.sequence, e.id, e.type, e.severity, e.subject, e.time, e.recorded, e.story, e.cause, s.name, e.placed, "
    "e.payload FROM events AS e LEFT JOIN sources AS s ON s.id = e.source WHERE substr(e.subject, -12) = "
    "substr(?1, -12) AND +e.subject = ?1 AND e.id = ?2 ORDER BY e.sequence DESC LIMIT 1";
inline constexpr std::string_view kInsertRecord = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// Binds all parameters of kInsertRecord.
void bind_record(Statement& insert, const Record& record, Instant recorded, std::int64_t source);
/// The current row. Errors say what is wrong with it: Corrupt.
Result<Record> read_record(const Statement& row, const Database& database);

inline constexpr std::string_view kDecisionColumns =
    "sequence, at, kind, article, event, version, of, repeat, identities, content, hash_headline, hash_summary, "
    "hash_body, hash_byline, hash_published, story, story_size, topic, headline, "
    "(SELECT bytes FROM sketches WHERE sketches.sequence = decisions.sequence)";
inline constexpr std::string_view kInsertDecision =
    "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
inline constexpr std::string_view kInsertSketch = "INSERT INTO sketches VALUES (?, ?, ?)";

/// A decision as kInsertDecision takes it; holds the bytes its statement points to.
class DecisionRow {
 public:
  explicit DecisionRow(const Decision& decision);
  void bind(Statement& insert, std::uint64_t sequence) const;

 private:
  const Decision& decision_;
  std::string identities_, content_;
};
Result<Decision> read_decision(const Statement& row, const Database& database);

inline constexpr std::string_view kChangeColumns = "sequence, at, kind, story, into_id, articles";
inline constexpr std::string_view kInsertChange = "INSERT INTO story_changes VALUES (?, ?, ?, ?, ?, ?)";

/// A change as kInsertChange takes it; holds the bytes its statement points to.
class ChangeRow {
 public:
  explicit ChangeRow(const StoryChange& change);
  void bind(Statement& insert, std::uint64_t sequence) const;

 private:
  const StoryChange& change_;
  std::string articles_;
};
Result<StoryChange> read_change(const Statement& row, const Database& database);

/// Calls back with every decision up to a sequence, on articles and on stories, in their order.
Result<void> read_decisions(const Database& database, std::int64_t last, const std::function<void(Past)>& visit);

/// The 16 bytes of a UUID as SQLite takes them; points into `uuid`.
std::string_view bytes_of(const Uuid& uuid);
/// False when `bytes` are not 16.
bool read_uuid(std::string_view bytes, Uuid& uuid);

std::int64_t to_milliseconds(Instant t);
Instant from_milliseconds(std::int64_t milliseconds);

}  // namespace newsd
