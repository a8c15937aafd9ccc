// A condition for one waiting coroutine: wait() ends when notify() was called since the last wait, or when its time is
// over. One executor, one waiter.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace newsd {

class Wakeup {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr Time kNever = Time::max();

  explicit Wakeup(boost::asio::io_context& io) : timer_(io) {}

  void notify() {
    notified_ = true;
    timer_.cancel();
  }
  /// True when notified, false when `until` came first.
  boost::asio::awaitable<bool> wait(Time until) {
    if (!notified_) {
      boost::system::error_code ignored;  // a cancelled wait is a notification, which notified_ says
      timer_.expires_at(until);
      co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    const bool was = notified_;
    notified_ = false;
    co_return was;
  }

 private:
  boost::asio::steady_timer timer_;
  bool notified_ = false;
};

}  // namespace newsd
