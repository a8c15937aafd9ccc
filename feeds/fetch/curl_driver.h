// CurlDriver: a libcurl multi handle driven by Asio: easy handles in, their results out. I/O thread; nothing here
// waits. It knows nothing of requests: what a handle fetches is its owner's affair.
#pragma once

#include <functional>
#include <memory>

using CURL = void;

namespace boost::asio {
class io_context;
}

namespace newsd {

class CurlDriver {
 public:
  /// finished(easy, CURLcode): the handle was removed and may be used again. Called from the io_context, never from
  /// within add() or remove().
  using Finished = std::function<void(CURL*, int)>;

  /// max_idle: connections kept open for later.
  CurlDriver(boost::asio::io_context& io, long max_idle, Finished finished);
  ~CurlDriver();
  CurlDriver(const CurlDriver&) = delete;
  CurlDriver& operator=(const CurlDriver&) = delete;

  /// False: libcurl refuses it (memory).
  bool add(CURL* easy);
  /// Without a call of finished.
  void remove(CURL* easy);
  /// Something that was paused may go on: looks at once.
  void nudge();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
