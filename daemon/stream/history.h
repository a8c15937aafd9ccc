// The events behind the tail: read from the journal page by page, each page shared by the cursors that stand at it. I/O
// thread only (a page is a few hundred kilobytes, so that no read holds the thread for long).
#pragma once

#include "daemon/journal/journal.h"
#include "daemon/stream/emitted_event.h"

#include <list>
#include <optional>
#include <utility>
#include <vector>

namespace newsd {

/// Events that cannot be had any more, both ends included.
struct Gap {
  Sequence from, to;
  enum class Why { Expired, Damaged } why = Why::Expired;  ///< they left the journal, or cannot be read
  bool operator==(const Gap&) const = default;
};

/// Consecutive events, or the gap that stands in their place; neither when the journal has nothing there yet.
struct Page {
  std::vector<SharedEvent> events;
  std::optional<Gap> gap;
};

class History {
 public:
  static constexpr std::size_t kPageEvents = 256;
  static constexpr std::size_t kPageBytes = 256 << 10;  ///< as stored
  static constexpr std::size_t kLineBytes = 1 << 20;    ///< as lines; a page ends with the event that passes this
  static constexpr std::size_t kPagesKept = 4;

  explicit History(JournalReader& reader) : reader_(reader) {}

  /// A page whose events include the one behind `after`, not necessarily as its first. JournalUnreadable.
  Result<std::shared_ptr<const Page>> page_behind(Sequence after);
  Result<Sequence> oldest();
  /// The last event recorded before t.
  Result<Sequence> before(Instant t);
  /// Events behind `after` up to `last`, without what they say.
  Result<std::vector<Record>> outlines(Sequence after, Sequence last, std::size_t max_events);
  /// The latest events about a subject, the latest first, without what they say.
  Result<std::vector<Record>> about(std::string_view subject, std::size_t max_events);
  /// The story that this one went into, if it did.
  Result<std::optional<StoryId>> merged_into(StoryId story);
  /// One event; null when it is not there any more. Its page is not kept.
  Result<SharedEvent> event(Sequence sequence);
  /// The types of the events behind `after`, at most a page of them, in order.
  Result<std::vector<std::pair<Sequence, EventType>>> types_behind(Sequence after);

 private:
  Result<std::shared_ptr<const Page>> read_page(Sequence after);

  JournalReader& reader_;
  std::list<std::shared_ptr<const Page>> pages_;  ///< the most recently used first
};

}  // namespace newsd
