// Session: one client of a socket output: waits a moment for its request, then streams to it until it goes, stops
// reading, or the daemon stops. It holds at most one batch of lines, shared with other sessions. I/O thread only.
#pragma once

#include "daemon/emit/session_terms.h"
#include "daemon/stream/acknowledged.h"
#include "daemon/stream/client_socket.h"
#include "daemon/stream/request.h"
#include "daemon/stream/wakeup.h"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

class Session : public std::enable_shared_from_this<Session> {
 public:
  /// The live stream of this client begins behind the event that is the last now.
  Session(std::shared_ptr<const SessionTerms> terms, ClientSocket socket);

  /// Begins; ended is called once, when nothing of the session is left to do.
  void start(std::function<void(const std::shared_ptr<Session>&)> ended);
  void wake() { wakeup_.notify(); }
  /// Sends what is committed up to now and a last word, then closes.
  void stop();
  /// Closes at once.
  void abort();

  Sequence position() const { return cursor_.position(); }

 private:
  boost::asio::awaitable<void> write_loop();
  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<void> read_loop();
  boost::asio::awaitable<void> wait_for_request();
  boost::asio::awaitable<void> stream();
  boost::asio::awaitable<bool> stand_by();
  boost::asio::awaitable<void> take_up();
  boost::asio::awaitable<bool> send(std::vector<SharedLine> lines);
  void call_back_after(std::chrono::milliseconds time);
  /// How waiting for a client that takes nothing ended.
  enum class Room { Maybe, Overdue, Gone };
  boost::asio::awaitable<Room> wait_for_room();

  void take_input(std::string_view bytes);
  void take_line(std::string_view line);
  void acknowledge(Sequence sequence);
  void refuse(Error error);
  void client_gone();
  bool may_read() const;
  std::string row() const { return consumer_row(request_.name); }

  std::shared_ptr<const SessionTerms> owned_terms_;
  const SessionTerms& terms_;
  ClientSocket socket_;
  Wakeup wakeup_;
  boost::asio::steady_timer stall_timer_;  ///< of a handshake, or a client that takes nothing
  EventFilter filter_;
  Cursor cursor_;
  Sequence live_;      ///< the last event when the client came
  std::string input_;  ///< of the client, a line not ended
  Request request_;
  std::optional<Error> refused_;  ///< to be told, then the session ends
  Acknowledged acknowledged_;
  std::chrono::steady_clock::time_point last_sent_;
  bool asked_ = false;     ///< request_ is the client's
  bool taken_up_ = false;  ///< the cursor stands where request_ wants it
  bool sent_ = false;      ///< an event was sent: too late for a request
  bool is_shaking_hands_ = false;
  bool input_ended_ = false, gone_ = false, stopping_ = false;
  std::function<void(const std::shared_ptr<Session>&)> ended_;
};

}  // namespace newsd
