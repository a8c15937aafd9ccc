// EventStream: one client's stream of events, whatever it is written as: takes its place, hands batches to an
// EventSink, waits for more, tells gaps, heartbeats and the daemon's end. It holds at most one batch of lines, shared
// with other streams. I/O thread only.
#pragma once

#include "daemon/serve/event_request.h"
#include "daemon/serve/serve_terms.h"
#include "daemon/stream/acknowledged.h"
#include "daemon/stream/wakeup.h"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Writes what a stream hands it. Both return false when the client is gone, or took nothing for too long.
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// As many sequences as lines; at least one.
  virtual boost::asio::awaitable<bool> events(std::vector<Sequence> sequences, std::vector<SharedLine> lines) = 0;
  /// What is no event: "stopping", "error"; an empty name is a heartbeat. json: without a newline.
  virtual boost::asio::awaitable<bool> notice(std::string name, std::string json, Sequence position) = 0;
};

class EventStream {
 public:
  /// The live stream begins behind the event that is the last now.
  EventStream(std::shared_ptr<const ServeTerms> terms, EventRequest wanted);

  StreamShape shape() const { return wanted_.shape; }
  Sequence position() const { return cursor_.position(); }
  /// Takes its place; before run(). FutureSequence, JournalUnreadable, RuleError.
  boost::asio::awaitable<Result<void>> take_place();
  /// Hands on events until the limit is reached, the client has gone, or everything up to stop() was handed on. The
  /// sink outlives it.
  boost::asio::awaitable<void> run(EventSink* sink);

  void wake() { wakeup_.notify(); }
  /// Hands on what is committed up to now and a last word, then ends.
  void stop();
  /// The client is gone.
  void leave();
  /// What it says while it is served: a line that acknowledges (request.h). Anything else ends the stream with an
  /// error.
  void hear(std::string_view line);

 private:
  boost::asio::awaitable<void> serve(EventSink* sink);
  boost::asio::awaitable<bool> hand_on(Delivery delivery, EventSink* sink);
  boost::asio::awaitable<bool> stand_by(EventSink* sink);

  std::shared_ptr<const ServeTerms> terms_;
  EventRequest wanted_;
  Wakeup wakeup_;
  Cursor cursor_;
  Sequence live_;  ///< the last event when the client came
  std::uint64_t left_;
  std::chrono::steady_clock::time_point last_sent_;
  Acknowledged acknowledged_;
  std::optional<Error> refused_;  ///< to be told, then the stream ends
  bool stopping_ = false, gone_ = false;
};

}  // namespace newsd
