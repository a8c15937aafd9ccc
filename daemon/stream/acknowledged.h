// Acknowledged: what a named consumer says it has dealt with → its place in the cursor book. It never goes back, and is
// saved once a second at most. One of a connection, I/O thread only.
#pragma once

#include "daemon/stream/stream_context.h"
#include "feeds/article/result.h"

#include <memory>
#include <string>

namespace newsd {

class Acknowledged {
 public:
  /// The context outlives it.
  explicit Acknowledged(const StreamContext& context);

  /// name: the consumer's, empty when it has none; sent: the last event it was handed. BadAck, TooManyConsumers.
  Result<void> take(const std::string& name, Sequence sequence, Sequence sent);
  /// Saves what is not saved yet: the connection ends.
  void finish();

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the timer's handler
};

}  // namespace newsd
