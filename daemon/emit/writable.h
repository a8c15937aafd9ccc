// Writable: a descriptor that belongs to others as well (stdout), written without ever blocking and without changing
// it: O_NONBLOCK would be set for everybody who shares it. Pipes and terminals are written in pieces of at most
// PIPE_BUF bytes once poll says there is room, sockets with MSG_DONTWAIT, files as they are. I/O thread.
#pragma once

#include "daemon/journal/file_handle.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstddef>
#include <string_view>

namespace newsd {

class Writable {
 public:
  /// fd stays the caller's; it must be open for as long as this is.
  Writable(boost::asio::io_context& io, int fd);

  /// Writes what can be written now. Returns the number of bytes, 0 when there is no room; ec otherwise (EPIPE: nobody
  /// reads any more).
  std::size_t write_some(std::string_view bytes, boost::system::error_code& ec);
  /// Until there may be room, or the other end is gone.
  boost::asio::awaitable<void> room();
  /// Ends room() early.
  void cancel();

 private:
  enum class Kind { File, Socket, Stream };

  int fd_;
  Kind kind_ = Kind::Stream;
  boost::asio::posix::stream_descriptor watch_;  ///< an epoll that holds fd_: Asio makes what it waits for non-blocking
};

}  // namespace newsd
