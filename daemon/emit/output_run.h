// OutputRun: the life of an output that is one coroutine over one cursor: it wakes when events come, ends what it has
// begun when it is stopped, and no later than it was told. What it does with the lines is run(). I/O thread only.
#pragma once

#include "daemon/emit/output.h"
#include "daemon/stream/wakeup.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace newsd {

struct OutputRun : TailListener, std::enable_shared_from_this<OutputRun> {
  OutputRun(const OutputConfig& config, StreamContext context, Wanted wanted);

  /// Listens to the tail and begins run().
  void start();
  /// As Output::stop().
  void stop(std::chrono::milliseconds within, std::function<void()> done);
  /// Hears no more events; whoever waits for the stop is told, later. Once is enough, more does no harm.
  void finish();
  void events_came() override { wakeup.notify(); }

  OutputConfig config;
  StreamContext context;
  Cursor cursor;
  Wakeup wakeup;
  bool stopping = false, finished = false;

 protected:
  /// Hands on what the cursor gives until it is stopped and there is no more, then calls finish().
  virtual boost::asio::awaitable<void> run() = 0;
  /// The stop was not done in time: leave what waits for others.
  virtual void give_up() {}

 private:
  boost::asio::steady_timer deadline_;
  std::function<void()> done_;
};

}  // namespace newsd
