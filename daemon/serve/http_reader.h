// HttpReader: bytes of a connection → requests, one after the other; header and body apart, so that a request can be
// refused before its body is taken. Bounded; it knows no time: whoever waits for it closes the socket. I/O thread only.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/stream/client_socket.h"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace newsd {

/// Closed: the client is gone, or the connection was closed under the reader, with nothing begun. Incomplete: the same
/// in the middle of a request.
enum class HttpError { Closed, Incomplete, Malformed, HeaderTooLarge, BodyTooLarge };
std::string_view code_of(HttpError e);

class HttpReader {
 public:
  static constexpr std::uint32_t kHeaderBytes = 16 << 10;

  explicit HttpReader(ClientSocket& socket);
  ~HttpReader();
  HttpReader(const HttpReader&) = delete;
  HttpReader& operator=(const HttpReader&) = delete;

  /// The next request without its body.
  boost::asio::awaitable<Result<HttpRequest>> header();
  /// The body of that request. BodyTooLarge: more than `most` bytes; nothing more can be read then.
  boost::asio::awaitable<Result<std::string>> body(std::uint64_t most);
  /// Bytes that came behind the last header: the beginning of what a WebSocket client says.
  std::string take_rest();

 private:
  struct State;
  ClientSocket& socket_;
  std::unique_ptr<State> state_;
};

}  // namespace newsd
