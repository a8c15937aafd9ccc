#include "daemon/app/watchdog.h"

#include <utility>

namespace newsd {
namespace {

constexpr auto kStatusEvery = std::chrono::seconds(5);

}  // namespace

Watchdog::Watchdog(boost::asio::io_context& io, const ServiceNotifier& notifier, Hooks hooks)
    : notifier_(notifier), hooks_(std::move(hooks)), beats_(io), statuses_(io) {}

void Watchdog::start() {
  if (notifier_.watchdog_timeout()) beat();
  if (notifier_.active()) refresh_status();
}

void Watchdog::stop() {
  beats_.cancel();
  statuses_.cancel();
}

void Watchdog::beat() {
  if (hooks_.pongs() == pings_) {  // the last ping was answered
    notifier_.watchdog();
    ++pings_;
    hooks_.ping();
  }
  beats_.expires_after(*notifier_.watchdog_timeout() / 3);  // a third: two beats may be late before the manager minds
  beats_.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) beat();
  });
}

void Watchdog::refresh_status() {
  std::string status = hooks_.status();
  if (status != last_status_) notifier_.status(status);
  last_status_ = std::move(status);
  statuses_.expires_after(kStatusEvery);
  statuses_.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) refresh_status();
  });
}

}  // namespace newsd
