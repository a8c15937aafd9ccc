// Tells the service manager how the daemon is (sd_notify(3), without libsystemd): READY, STATUS, WATCHDOG, RELOADING,
// STOPPING, as datagrams to $NOTIFY_SOCKET. Any thread. Without a manager every call does nothing. A message that
// cannot be sent now is dropped: the manager asks for nothing that is not said again.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// Looks up an environment variable; null when it is not set.
using Environment = std::function<const char*(const char* name)>;

class ServiceNotifier {
 public:
  /// Says nothing to nobody.
  ServiceNotifier() = default;
  /// From NOTIFY_SOCKET (a path, or '@' and an abstract name), WATCHDOG_USEC and WATCHDOG_PID (which must be this
  /// process when it is set).
  static ServiceNotifier from_environment(const Environment& environment);
  /// The same from the process's own environment.
  static ServiceNotifier from_environment();

  ServiceNotifier(ServiceNotifier&& other) noexcept;
  ServiceNotifier& operator=(ServiceNotifier&& other) noexcept;
  ~ServiceNotifier();

  /// Whether somebody listens.
  bool active() const { return fd_ >= 0; }
  /// How long the manager waits between two signs of life before it kills us; send watchdog() at half of it. Nothing:
  /// it does not watch.
  std::optional<std::chrono::microseconds> watchdog_timeout() const { return watchdog_; }

  /// Start or reload is complete.
  void ready(std::string_view status = {}) const;
  /// One line for `systemctl status`; line feeds become spaces.
  void status(std::string_view text) const;
  void watchdog() const;
  /// With the monotonic time that tells this reload from an earlier one; ready() ends it.
  void reloading() const;
  void stopping(std::string_view status = {}) const;
  /// Start, reload or stop takes longer: the time-out is so far away from now.
  void extend_timeout(std::chrono::microseconds by) const;

 private:
  void send(std::string message) const;
  int fd_ = -1;
  std::optional<std::chrono::microseconds> watchdog_;
};

}  // namespace newsd
