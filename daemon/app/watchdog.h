// Tells the service manager that the daemon lives: only when both the I/O thread (whose timer this is) and the
// sequencer (who has to answer a ping) do, so that a hang of either is noticed. Also refreshes the status line. I/O
// thread.
#pragma once

#include "daemon/ops/sd_notify.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace newsd {

class Watchdog {
 public:
  struct Hooks {
    std::function<void()> ping;            ///< asks the sequencer
    std::function<std::uint64_t()> pongs;  ///< how many pings it answered
    std::function<std::string()> status;   ///< one line for `systemctl status`
  };
  Watchdog(boost::asio::io_context& io, const ServiceNotifier& notifier, Hooks hooks);
  void start();
  void stop();

 private:
  void beat();
  void refresh_status();

  const ServiceNotifier& notifier_;
  const Hooks hooks_;
  boost::asio::steady_timer beats_, statuses_;
  std::uint64_t pings_ = 0;
  std::string last_status_;
};

}  // namespace newsd
