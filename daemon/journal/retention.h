// Retention: lets the oldest events and forgotten decisions go, and gives freed pages back, in steps of a few
// milliseconds. Each step is one transaction. The writer's thread.
#pragma once

#include "daemon/journal/database.h"
#include "daemon/journal/journal.h"
#include "daemon/journal/opening.h"
#include "daemon/journal/sighting_filter.h"

#include <cstdint>
#include <optional>

namespace newsd {

class Retention {
 public:
  explicit Retention(const Database& database) : database_(database) {}

  /// One step; true when it did something, so that there may be more. ends.oldest moves with the events.
  Result<bool> step(Instant now, const JournalOptions& options, StreamEnds& ends);
  /// A decision was committed meanwhile: its articles are seen.
  void noted(const Decision& decision);

 private:
  /// A walk over the decisions: first to find out which articles were seen lately, then to drop those of the others. No
  /// index does it cheaper: one over article ids would double what every commit writes.
  struct Sweep {
    Instant cutoff;
    SightingFilter seen;
    std::uint64_t position = 0;  ///< decisions up to here were looked at
    std::uint64_t last_old = 0;  ///< the last decision older than cutoff
    bool dropping = false;
  };
  struct Usage {
    std::uint64_t page_size, pages, free_pages;
  };

  Result<Usage> usage() const;
  Result<std::uint64_t> expired_events(Instant cutoff, const StreamEnds& ends) const;
  Result<bool> drop_events(Instant now, const JournalOptions& options, const Usage& usage, StreamEnds& ends) const;
  Result<bool> give_back_pages(const JournalOptions& options, const Usage& usage) const;
  Result<bool> drop_sketches(Instant now, const JournalOptions& options) const;
  Result<bool> sweep_decisions(Instant now, const JournalOptions& options);
  Result<bool> start_sweep(Instant cutoff);
  Result<void> look_at_decisions();
  Result<bool> drop_decisions();

  const Database& database_;
  std::optional<Sweep> sweep_;
  Instant next_sweep_ = Instant::min();
};

}  // namespace newsd
