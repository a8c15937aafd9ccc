// Where durable outputs and named consumers stand: what the journal held at start, kept up to date in memory; changes
// go to the journal through `save`. Rows of outputs are named "output:<name>", those of consumers consumer_row().
// I/O thread only.
#pragma once

#include "daemon/journal/journal.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

inline constexpr std::string_view kConsumerRow = "consumer:";
inline std::string consumer_row(std::string_view name) { return std::string(kConsumerRow).append(name); }
/// The name of the consumer whose row it is; nothing when it is an output's.
inline std::optional<std::string_view> consumer_of(const CursorRow& row) {
  const std::string_view name = row.name;
  return name.starts_with(kConsumerRow) ? std::optional(name.substr(kConsumerRow.size())) : std::nullopt;
}

class CursorBook {
 public:
  static constexpr std::size_t kMost = 1000;  ///< cursors kept in all, when a consumer asks for one more

  /// save: hands a row to the writer of the journal; it commits with the next batch.
  CursorBook(std::vector<CursorRow> rows, std::function<void(CursorRow)> save) : save_(std::move(save)) {
    for (CursorRow& row : rows) rows_[row.name] = std::move(row);
  }

  std::optional<CursorRow> find(const std::string& name) const {
    auto found = rows_.find(name);
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
  }
  void save(CursorRow row) {
    rows_[row.name] = row;
    save_(std::move(row));
  }
  /// Forgets it, also in the journal; false when there is none.
  bool remove(const std::string& name) {
    const auto found = rows_.find(name);
    if (found == rows_.end()) return false;
    CursorRow row = std::move(found->second);
    rows_.erase(found);
    row.leaves = true;
    save_(std::move(row));
    return true;
  }
  /// In the order of the names.
  void each(const std::function<void(const CursorRow&)>& visit) const {
    for (const auto& [name, row] : rows_) visit(row);
  }
  std::size_t size() const { return rows_.size(); }

 private:
  std::map<std::string, CursorRow> rows_;
  std::function<void(CursorRow)> save_;
};

}  // namespace newsd
