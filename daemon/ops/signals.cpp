#include "daemon/ops/signals.h"

#include <signal.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <utility>

namespace newsd {

struct Signals::Impl : std::enable_shared_from_this<Signals::Impl> {
  Impl(boost::asio::io_context& io, std::function<void(int)> h) : set(io), handler(std::move(h)) {}

  void wait() {
    set.async_wait([self = shared_from_this()](const boost::system::error_code& error, int number) {
      if (error || self->stopped) return;
      self->wait();
      self->handler(number);
    });
  }

  boost::asio::signal_set set;
  std::function<void(int)> handler;
  bool stopped = false;
};

void ignore_write_signals() {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, nullptr);
  ::sigaction(SIGXFSZ, &ignore, nullptr);
}

Signals::Signals(boost::asio::io_context& io, const std::vector<int>& numbers, std::function<void(int)> handler)
    : impl_(std::make_shared<Impl>(io, std::move(handler))) {
  for (const int number : numbers) impl_->set.add(number);
  impl_->wait();
}

Signals::~Signals() { stop(); }

void Signals::stop() {
  if (std::exchange(impl_->stopped, true)) return;
  boost::system::error_code ignored;  // clearing restores the default actions; there is nothing to do when that fails
  impl_->set.clear(ignored);
  impl_->set.cancel(ignored);
}

}  // namespace newsd
