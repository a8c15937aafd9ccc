// What the sessions of a socket output have in common: what they stand on, what clients get, how long they are waited
// for. Plain values.
#pragma once

#include "daemon/emit/output.h"

#include <chrono>
#include <string>

namespace newsd {

struct SessionTiming {
  std::chrono::milliseconds silence{200};             ///< a client that wrote nothing for so long wants the live stream
  std::chrono::milliseconds request_timeout{10'000};  ///< for a request that was begun
};

/// What the sessions of an output have in common.
struct SessionTerms {
  StreamContext context;
  std::string output;                       ///< its name, for the log
  Wanted wanted;                            ///< for clients that do not ask for other
  std::chrono::milliseconds write_timeout;  ///< a client that takes nothing for so long is let go
  SessionTiming timing;
  std::string token;  ///< clients must say it in their request; empty: they need not
};

}  // namespace newsd
