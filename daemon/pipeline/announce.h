// announce(): the sequencer's share: places what was prepared and makes the events of it, in order. Pure but for the
// Placer it advances.
#pragma once

#include "daemon/journal/journal.h"
#include "daemon/pipeline/earlier_bodies.h"
#include "daemon/pipeline/prepare.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace newsd {

/// Where the stream stands and who speaks.
struct Stream {
  std::string source;  ///< "newsd://<host>/<instance>"
  Sequence last;       ///< the last sequence given
};

/// Appends the events and decisions of one input to the batch and advances stream.last. The input's receipt is also the
/// decisions' time. earlier: of this batch. Returns what its articles teach that are new and repeat no other.
std::vector<Lesson> announce(Prepared prepared, Placer& placer, Stream& stream, Batch& batch, EarlierBodies& earlier);

/// Appends what is remembered of a feed from now on, and the events of what is worth telling of it.
void announce_feed(const FeedUpdate& update, Instant at, Stream& stream, Batch& batch);
/// Appends what became of stories by `at` otherwise than by an article: merged, split, closed. cause: the event that
/// brought it about, if any.
void announce_tended(std::optional<EventId> cause, Instant at, Placer& placer, Stream& stream, Batch& batch);

/// Appends one event about the daemon itself (started, reloaded, stopping). members: the members of data.
void announce_daemon(EventType type, std::string subject, std::string members, Instant at, Stream& stream,
                     Batch& batch);

}  // namespace newsd
