#include "daemon/journal/check.h"

#include "daemon/event/event.h"
#include "daemon/journal/opening.h"
#include "daemon/journal/rows.h"
#include "daemon/journal/storage_error.h"

#include <cstdint>
#include <string>
#include <utility>

namespace newsd {
namespace {

constexpr std::size_t kMostFindings = 100;
constexpr int kEventsAPage = 256;

class Findings {
 public:
  void add(std::string sentence) {
    if (sentences_.size() < kMostFindings) {
      sentences_.push_back(std::move(sentence));
    } else {
      ++untold_;
    }
  }
  std::vector<std::string> take() {
    if (untold_ > 0) sentences_.push_back("and " + std::to_string(untold_) + " more of the like");
    return std::move(sentences_);
  }

 private:
  std::vector<std::string> sentences_;
  std::uint64_t untold_ = 0;
};

/// Damage is what a check is for: it becomes a finding. Other errors end the check.
Result<void> find(Findings& findings, Error error) {
  if (!error.is(JournalError::Corrupt)) return error;
  findings.add(std::move(error.text));
  return {};
}

/// Each row of the query becomes a finding by `sentence_of`.
template <class SentenceOf>
Result<void> find_rows(const Database& database, Findings& findings, std::string_view sql, SentenceOf sentence_of) {
  Result<Statement> query = database.prepare(sql);
  if (!query) return find(findings, query.error());
  for (;;) {
    const Result<bool> row = query->step();
    if (!row) return find(findings, row.error());
    if (!*row) return {};
    if (std::string sentence = sentence_of(*query); !sentence.empty()) findings.add(std::move(sentence));
  }
}

std::string number(std::int64_t n) { return std::to_string(n); }

Result<void> check_file(const Database& database, Findings& findings) {
  return find_rows(database, findings, "PRAGMA integrity_check(20)", [](const Statement& row) {
    const std::string_view line = row.text(0);
    return line == "ok" ? std::string() : "the database is damaged: " + std::string(line);
  });
}

/// Follows the stream from its oldest event and says where it breaks and what cannot be read.
class StreamWalk {
 public:
  StreamWalk(const Database& database, Findings& findings) : database_(database), findings_(findings) {}

  Result<void> run() {
    for (;;) {
      const Result<int> rows = page();
      if (!rows) return find(findings_, rows.error());
      if (*rows == 0) return {};
    }
  }

 private:
  Result<int> page() {
    Result<Statement> query =
        database_.prepare("SELECT " + std::string(kRecordColumns) +
                          " FROM events AS e LEFT JOIN sources AS s ON s.id = e.source WHERE e.sequence > " +
                          std::to_string(at_) + " ORDER BY e.sequence LIMIT " + std::to_string(kEventsAPage));
    if (!query) return query.error();
    int rows = 0;
    for (;; ++rows) {
      const Result<bool> row = query->step();
      if (!row) return row.error();
      if (!*row) return rows;
      // between two pages retention may have taken what would have come next; within one nothing leaves
      look_at(*query, rows == 0);
    }
  }

  void look_at(const Statement& row, bool first_of_page) {
    const std::int64_t sequence = row.integer(0);
    if (at_ != 0 && sequence != at_ + 1 && !(first_of_page && left_by_retention(sequence))) {
      findings_.add(at_ + 2 == sequence ? "event " + number(at_ + 1) + " is missing"
                                        : "events " + number(at_ + 1) + " to " + number(sequence - 1) + " are missing");
    }
    at_ = sequence;
    const Result<Record> record = read_record(row, database_);
    if (!record) {
      findings_.add("event " + number(sequence) + " cannot be read: " + record.error().text);
      return;
    }
    if (const Result<std::string> line = line_of(*record); !line) {
      findings_.add("event " + number(sequence) + " cannot be printed: " + line.error().text);
    }
  }

  bool left_by_retention(std::int64_t sequence) const {
    const Result<std::int64_t> oldest = database_.integer("SELECT min(sequence) FROM events");
    return oldest && *oldest >= sequence;
  }

  const Database& database_;
  Findings& findings_;
  std::int64_t at_ = 0;
};

Result<void> check_ends(const Database& database, Findings& findings) {
  const Result<StreamEnds> ends = find_ends(database);
  if (!ends) return find(findings, ends.error());
  return find_rows(database, findings,
                   "SELECT name, sequence FROM cursors WHERE sequence > " + std::to_string(ends->last.value()),
                   [](const Statement& row) {
                     return "the cursor of " + std::string(row.text(0)) + " stands at " + number(row.integer(1)) +
                            ", beyond the end of the stream";
                   });
}

Result<void> check_ids(const Database& database, Findings& findings) {
  return find_rows(
      database, findings,
      "SELECT lower(hex(id)), count(*), min(sequence), max(sequence) FROM events GROUP BY id HAVING count(*) > 1",
      [](const Statement& row) {
        return "event id " + std::string(row.text(0)) + " was given to " + number(row.integer(1)) +
               " events, the first " + number(row.integer(2)) + ", the last " + number(row.integer(3));
      });
}

Result<void> check_decisions(const Database& database, Findings& findings) {
  auto done =
      find_rows(database, findings, "SELECT " + std::string(kDecisionColumns) + " FROM decisions ORDER BY sequence",
                [&](const Statement& row) {
                  const Result<Decision> decision = read_decision(row, database);
                  return decision ? std::string() : decision.error().text;
                });
  if (!done) return done;
  return find_rows(
      database, findings,
      "SELECT d.sequence FROM decisions AS d JOIN events AS e USING (sequence) WHERE d.event <> e.id",
      [](const Statement& row) { return "the decision of event " + number(row.integer(0)) + " names another event"; });
}

}  // namespace

Result<std::vector<std::string>> check_journal(const Database& database) {
  Findings findings;
  using Part = Result<void> (*)(const Database&, Findings&);
  constexpr Part kParts[] = {
      check_file,      [](const Database& d, Findings& f) { return StreamWalk(d, f).run(); }, check_ends, check_ids,
      check_decisions,
  };
  for (const Part part : kParts) {
    if (auto done = part(database, findings); !done) return done.error();
  }
  return findings.take();
}

}  // namespace newsd
