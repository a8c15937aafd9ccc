#include "daemon/stream/turns.h"

#include <boost/asio/post.hpp>

namespace newsd {

boost::asio::execution_context::id Turns::id;

void Turns::wait(std::unique_ptr<Waiting> asked) {
  waiting_.push_back(std::move(asked));
  if (!std::exchange(is_giving_, true)) boost::asio::post(io_, [this] { give(); });
}

void Turns::give() {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + kSlice;
  do {
    const std::unique_ptr<Waiting> next = std::move(waiting_.front());
    waiting_.pop_front();
    next->resume();
  } while (!waiting_.empty() && Clock::now() < end);
  is_giving_ = !waiting_.empty();
  if (is_giving_) boost::asio::post(io_, [this] { give(); });
}

}  // namespace newsd
