#include "daemon/ops/signals.h"

#include <signal.h>
#include <unistd.h>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <vector>

namespace newsd {

TEST_CASE("each signal becomes a call on the I/O thread, every time it comes") {
  boost::asio::io_context io;
  std::vector<int> heard;
  Signals signals(io, {SIGUSR1, SIGHUP}, [&](int number) { heard.push_back(number); });
  for (const int number : {SIGUSR1, SIGHUP, SIGUSR1}) {
    const std::size_t before = heard.size();
    ::raise(number);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (heard.size() == before && std::chrono::steady_clock::now() < deadline)
      io.run_one_for(std::chrono::milliseconds(100));
  }
  CHECK(heard == std::vector<int>{SIGUSR1, SIGHUP, SIGUSR1});
  signals.stop();
  io.run_for(std::chrono::seconds(5));
  CHECK(io.stopped());  // nothing is left to wait for
}

TEST_CASE("a reader that went away is an error of the write, not the daemon's end") {
  ignore_write_signals();
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  ::close(ends[0]);
  CHECK(::write(ends[1], "x", 1) == -1);
  CHECK(errno == EPIPE);
  ::close(ends[1]);
}

}  // namespace newsd
