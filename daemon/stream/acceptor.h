// Acceptor: takes the connections that come to a listening socket and hands their descriptors on. When the system has
// no room for one it pauses instead of spinning. I/O thread only.
#pragma once

#include "daemon/stream/listening_socket.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <functional>
#include <memory>
#include <string>

namespace newsd {

class Acceptor : public std::enable_shared_from_this<Acceptor> {
 public:
  /// Gets a connected, non-blocking descriptor and owns it.
  using Admit = std::function<void(int fd)>;

  /// name: of the output, for the log. CannotCreate.
  static Result<std::shared_ptr<Acceptor>> create(boost::asio::io_context& io, ListeningSocket listening,
                                                  std::string name, Admit admit);
  /// Accepts whenever somebody comes, until close().
  void start();
  /// Accepts everybody who is waiting; false when the system had no room for one.
  bool accept_waiting();
  /// No more connections are taken; a path that was made for the socket is removed.
  void close();

  /// AF_UNIX, AF_INET or AF_INET6.
  int family() const { return listening_.family(); }
  std::uint16_t port() const { return is_closed_ ? 0 : listening_.port(); }

 private:
  Acceptor(boost::asio::io_context& io, ListeningSocket listening, std::string name, Admit admit)
      : io_(io), listening_(std::move(listening)), name_(std::move(name)), admit_(std::move(admit)), incoming_(io) {}
  boost::asio::awaitable<void> run();

  boost::asio::io_context& io_;
  ListeningSocket listening_;
  std::string name_;
  Admit admit_;
  boost::asio::posix::stream_descriptor incoming_;  ///< waits for connections; a duplicate of the listening descriptor
  bool is_closed_ = false;
};

/// Lines go at once, and a peer whose machine vanished is found out. An option that is refused costs latency, no
/// events.
void tune_connection(int fd, int family);

}  // namespace newsd
