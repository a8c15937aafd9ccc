// Signals as calls on the I/O thread: a number → a function, every time it comes. What a daemon must not die of is
// ignored.
#pragma once

#include <functional>
#include <memory>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace newsd {

/// SIGPIPE (a reader went away) and SIGXFSZ (a file grew to its limit) become errors of the write that met them.
/// Start-up, before threads.
void ignore_write_signals();

class Signals {
 public:
  /// Calls handler(number) on the I/O thread for each of the signals until this is destroyed or stop() was called.
  /// Throws boost::system::system_error when a number cannot be caught.
  Signals(boost::asio::io_context& io, const std::vector<int>& numbers, std::function<void(int)> handler);
  ~Signals();
  /// Lets go of the io_context's work; later signals have their default effect again.
  void stop();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
