#include "daemon/emit/output_run.h"

#include "daemon/ops/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <exception>
#include <utility>

namespace newsd {

namespace net = boost::asio;

OutputRun::OutputRun(const OutputConfig& c, StreamContext o, Wanted wanted)
    : config(c),
      context(std::move(o)),
      cursor(context.tail, context.history, context.tail.last(), wanted.filter, *wanted.encoding),
      wakeup(context.io),
      deadline_(context.io) {}

void OutputRun::start() {
  context.tail.add(*this);
  net::co_spawn(context.io, run(), [self = shared_from_this()](std::exception_ptr failure) {
    if (!failure) return;
    log_error("emit", "an output broke off", {{"output", self->config.name}});
    self->finish();
  });
}

void OutputRun::stop(std::chrono::milliseconds within, std::function<void()> done) {
  done_ = std::move(done);
  stopping = true;
  if (finished) return net::post(context.io, std::exchange(done_, nullptr));
  wakeup.notify();
  deadline_.expires_after(within);
  deadline_.async_wait([self = shared_from_this()](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    log_warn("emit", "an output was not done in time", {{"output", self->config.name}});
    self->give_up();
    self->finish();
  });
}

void OutputRun::finish() {
  if (finished) return;
  finished = true;
  context.tail.remove(*this);
  deadline_.cancel();
  if (done_) net::post(context.io, std::exchange(done_, nullptr));
}

}  // namespace newsd
