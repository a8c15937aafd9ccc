// One HTTP exchange with a server under test, as curl would do it: connects, writes bytes as they are, reads the answer
// to its end. Blocking, with a limit in time.
#pragma once

#include "tests/support/process.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace newsd {

struct HttpReply {
  int status = 0;          ///< 0: no answer came
  std::string head, body;  ///< body: with its chunks as they came
};

/// "GET /status HTTP/1.1", Host, `more` and Connection: close. body: with its length when it is not empty.
std::string http_request(std::string_view method, std::string_view target, std::string_view more = {},
                         std::string_view body = {}, std::string_view host = "localhost");
/// The answer up to the end of the connection, or what came of it in time.
HttpReply http_call(std::uint16_t port, std::string_view request,
                    std::chrono::milliseconds patience = std::chrono::seconds(15));

/// A connection that says something and is held open, to the end of the object's life.
class HttpHold {
 public:
  HttpHold(std::uint16_t port, std::string_view said);
  ~HttpHold();
  HttpHold(const HttpHold&) = delete;
  HttpHold& operator=(const HttpHold&) = delete;

 private:
  int fd_ = -1;
};

/// The port at which a daemon with `[http] listen = "127.0.0.1:0"` says it serves.
std::uint16_t http_port_of(const Process& newsd);

}  // namespace newsd
