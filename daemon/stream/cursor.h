// A consumer's place in the stream: next() gives the lines behind it, from the tail or, when the consumer fell behind
// that, from the journal, in batches small enough that a slow consumer costs at most one of them. I/O thread only.
#pragma once

#include "daemon/stream/event_filter.h"
#include "daemon/stream/history.h"
#include "daemon/stream/tail.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace newsd {

/// What a consumer is to be handed next: a gap it must be told of, or lines.
struct Delivery {
  std::optional<Gap> gap;
  std::vector<SharedLine> lines;
  std::vector<Sequence> sequences;  ///< of the lines
  std::size_t bytes = 0;
  bool advanced = false;  ///< false: there is nothing behind the cursor, wait for the tail
};

class Cursor {
 public:
  static constexpr std::size_t kBatchEvents = 512;
  static constexpr std::size_t kBatchBytes = 256 << 10;
  /// For one of many clients: what each of them may hold in memory when it has stopped reading.
  static constexpr std::size_t kClientBytes = 64 << 10;
  static constexpr std::size_t kBatchAsked = 64;  ///< events whose content the filter may look into in a batch

  /// Stands behind `after`. The filter's and the encoding's events come, the others are passed over.
  Cursor(const Tail& tail, History& history, Sequence after, EventFilter filter, const Encoding& encoding)
      : tail_(tail), history_(history), position_(after), filter_(std::move(filter)), encoding_(&encoding) {}

  /// The next batch, at least one line when there is one; advances. Lines may be none although it advanced (all passed
  /// over). JournalUnreadable: the cursor did not move, and the caller may try again.
  Result<Delivery> next(std::size_t max_events = kBatchEvents, std::size_t max_bytes = kBatchBytes);

  /// The last event handed out or passed over.
  Sequence position() const { return position_; }
  void move_to(Sequence after) { position_ = after; }
  /// How many events wait behind the cursor.
  std::uint64_t lag() const;
  /// Changes what is wanted; the place stays.
  void want(EventFilter filter, const Encoding& encoding);
  const Encoding& encoding() const { return *encoding_; }

 private:
  /// Hands out the event or passes it over; false when the batch is full and the event must wait.
  bool take(const SharedEvent& event, std::size_t max_bytes, Delivery& delivery);

  const Tail& tail_;
  History& history_;
  Sequence position_;
  EventFilter filter_;
  const Encoding* encoding_;
};

}  // namespace newsd
