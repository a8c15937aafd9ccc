// PushWait: a connection that waits for what it pushed to become durable, shared with the push source's callback,
// which may come when the client has gone; ContentWait: the same of what a hub sent. I/O thread only.
#pragma once

#include "daemon/stream/wakeup.h"
#include "feeds/source/sink.h"

#include <optional>

namespace newsd {

struct PushWait {
  explicit PushWait(boost::asio::io_context& io) : wakeup(io) {}

  void tell(const Outcome& told, bool repeat) {
    outcome = told;
    is_repeat = repeat;
    wakeup.notify();
  }

  Wakeup wakeup;
  std::optional<Outcome> outcome;
  bool is_repeat = false;
};

struct ContentWait {
  explicit ContentWait(boost::asio::io_context& io) : wakeup(io) {}

  void tell(bool was_taken) {
    taken = was_taken;
    wakeup.notify();
  }

  Wakeup wakeup;
  std::optional<bool> taken;
};

}  // namespace newsd
