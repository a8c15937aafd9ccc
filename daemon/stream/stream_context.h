// StreamContext: what everything that hands the stream on stands on: the recent events, the journal behind them, where
// durable consumers stand, the clock. Plain references; I/O thread only.
#pragma once

#include "daemon/ops/clock.h"
#include "daemon/stream/cursor.h"
#include "daemon/stream/cursor_book.h"

#include <functional>
#include <string>

namespace boost::asio {
class io_context;
}

namespace newsd {

/// Everything outlives what stands on it. The functions are called on the I/O thread.
struct StreamContext {
  boost::asio::io_context& io;
  Tail& tail;
  History& history;
  CursorBook& cursors;
  WhereBook& wheres;
  std::string source;  ///< "newsd://<host>/<instance>", for gap events
  Clock now;
  /// Runs work that may wait for a disk on another thread; what it was given must have run before `io` is destroyed.
  std::function<void(std::function<void()>)> post_blocking;
};

}  // namespace newsd
