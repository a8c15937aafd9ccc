// Whole queries as values: SQL → rows. One thread at a time, as the database.
#pragma once

#include "daemon/journal/database.h"
#include "daemon/journal/journal.h"

#include <string_view>
#include <vector>

namespace newsd {

/// All rows of a query as values.
template <class Row>
Result<std::vector<Row>> rows_of(const Database& database, std::string_view sql, Row (*row_of)(const Statement&)) {
  Result<Statement> query = database.prepare(sql);
  if (!query) return query.error();
  std::vector<Row> rows;
  for (;;) {
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) return rows;
    rows.push_back(row_of(*query));
  }
}

/// The table feeds.
inline Result<std::vector<FeedRow>> read_feeds(const Database& database) {
  return rows_of<FeedRow>(database, "SELECT feed, state, shown, hub FROM feeds ORDER BY feed",
                          [](const Statement& row) {
                            return FeedRow{std::string(row.text(0)), std::string(row.text(1)), std::string(row.blob(2)),
                                           std::string(row.text(3))};
                          });
}

/// The tables learned and lessons.
inline Result<LearnedRows> read_learned(const Database& database) {
  auto sources = rows_of<
      LearnedRow>(database, "SELECT source, used, bytes FROM learned ORDER BY source", [](const Statement& row) {
    return LearnedRow{std::string(row.text(0)), static_cast<std::uint64_t>(row.integer(1)), std::string(row.blob(2))};
  });
  if (!sources) return sources.error();
  auto lessons = rows_of<LessonRow>(
      database, "SELECT input, part, bytes FROM lessons ORDER BY input, part", [](const Statement& row) {
        return LessonRow{static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint32_t>(row.integer(1)),
                         std::string(row.blob(2))};
      });
  if (!lessons) return lessons.error();
  return LearnedRows{*std::move(sources), *std::move(lessons)};
}

}  // namespace newsd
