// Output: what all outputs look like to the daemon, and what they stand on. An output is a cursor over the stream that
// hands lines to somebody. I/O thread only; none ever holds up the pipeline.
#pragma once

#include "daemon/config/config.h"
#include "daemon/stream/stream_context.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace newsd {

/// What there is to say of an output beside how far it is.
struct OutputHealth {
  std::string trouble{};           ///< why it waits or has stopped; empty: it does not
  std::uint64_t failures = 0;      ///< requests that were not taken
  std::uint64_t dead_letters = 0;  ///< events refused for good and put aside
};

class Output {
 public:
  virtual ~Output() = default;
  /// Opens what it writes to and begins. A failure is final.
  virtual Result<void> start() = 0;
  /// Takes no new clients, hands on what is committed up to now, syncs, and calls `done` once, later; after `within` at
  /// the latest, unfinished or not. Call it once, after start() succeeded.
  virtual void stop(std::chrono::milliseconds within, std::function<void()> done) = 0;
  /// Opens its files anew (SIGUSR1).
  virtual void reopen() {}
  /// Reads its certificate and key again, if it has them: for connections from now on. On an error the old ones stay in
  /// force.
  virtual Result<void> renew_certificate() { return {}; }
  virtual const std::string& name() const = 0;
  /// The last event handed on; of several consumers the slowest's.
  virtual Sequence cursor() const = 0;
  /// Events committed and not yet handed on.
  virtual std::uint64_t lag() const = 0;
  virtual OutputHealth health() const { return {}; }
};

/// The encoding and the filter an output is configured with. UnknownFormat, UnknownType, RuleError.
struct Wanted {
  EventFilter filter;
  const Encoding* encoding;
};
Result<Wanted> wanted_by(const OutputConfig& config, WhereBook& wheres);

}  // namespace newsd
