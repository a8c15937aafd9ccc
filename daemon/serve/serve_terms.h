// What the connections of the HTTP server have in common: what they stand on, who may use them, how long they are
// waited for. Plain values.
#pragma once

#include "daemon/config/config.h"
#include "daemon/serve/access.h"
#include "daemon/serve/status.h"
#include "daemon/stream/stream_context.h"

#include <chrono>
#include <functional>

namespace newsd {

struct ServeTiming {
  /// From the connection's or the last answer's moment to a header's end.
  std::chrono::milliseconds header_timeout{10'000};
};

struct ServeTerms {
  StreamContext context;
  HttpConfig config;
  AccessRules access;
  ServeTiming timing;
  std::function<DaemonStatus()> status;  ///< I/O thread
};

}  // namespace newsd
