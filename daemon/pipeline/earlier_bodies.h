// EarlierBodies: what articles said in their version before, for the changes an update tells: of this batch's events,
// or of those recorded before. The sequencer's thread, one a batch.
#pragma once

#include "daemon/event/event.h"
#include "daemon/journal/journal.h"
#include "feeds/article/result.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace newsd {

class EarlierBodies {
 public:
  /// The event of this id about the subject, if it is recorded.
  using Recorded = std::function<Result<std::optional<Record>>(std::string_view subject, EventId id)>;

  /// batch: outlives it and only grows meanwhile.
  explicit EarlierBodies(const Batch& batch, Recorded recorded = {});
  /// The body as the event printed it. Nothing: the event is gone, had no body to print, or cannot be read (trouble()).
  std::optional<std::string> find(std::string_view subject, EventId id);
  /// The first that could not be read.
  const std::optional<Error>& trouble() const { return trouble_; }

 private:
  Result<std::optional<Record>> recorded(std::string_view subject, EventId id) const;

  const Batch& batch_;
  Recorded recorded_;
  std::unordered_map<EventId, std::size_t> by_id_;  ///< of the batch's events, as far as they were looked at
  std::size_t looked_at_ = 0;
  std::optional<Error> trouble_;
};

}  // namespace newsd
