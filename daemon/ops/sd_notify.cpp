#include "daemon/ops/sd_notify.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

namespace newsd {
namespace {

/// A datagram socket connected to the manager's; -1 when the name is none or nobody is there.
int connect_to(std::string_view name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name.size() < 2 || name.size() >= sizeof(address.sun_path) || (name[0] != '/' && name[0] != '@')) return -1;
  std::memcpy(address.sun_path, name.data(), name.size());
  socklen_t length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  if (name[0] == '@') {
    address.sun_path[0] = '\0';
  } else {
    ++length;  // a path ends with its zero
  }
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), length) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

std::optional<std::uint64_t> whole_number(const char* text) {
  if (!text) return std::nullopt;
  const char* end = text + std::strlen(text);
  std::uint64_t value = 0;
  const auto [stopped, problem] = std::from_chars(text, end, value);
  if (problem != std::errc{} || stopped != end || text == end) return std::nullopt;
  return value;
}

/// The status as one line: the protocol's fields are lines.
std::string status_line(std::string_view text) {
  std::string line = "STATUS=" + std::string(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\0'; }, ' ');
  return line;
}

}  // namespace

ServiceNotifier ServiceNotifier::from_environment(const Environment& environment) {
  ServiceNotifier notifier;
  if (const char* name = environment("NOTIFY_SOCKET")) notifier.fd_ = connect_to(name);
  const auto timeout = whole_number(environment("WATCHDOG_USEC"));
  const char* pid = environment("WATCHDOG_PID");
  const bool ours = !pid || whole_number(pid) == static_cast<std::uint64_t>(::getpid());
  if (notifier.active() && ours && timeout && *timeout > 0 && *timeout <= INT64_MAX) {
    notifier.watchdog_ = std::chrono::microseconds(static_cast<std::int64_t>(*timeout));
  }
  return notifier;
}

ServiceNotifier ServiceNotifier::from_environment() {
  return from_environment([](const char* name) -> const char* { return std::getenv(name); });
}

ServiceNotifier::ServiceNotifier(ServiceNotifier&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), watchdog_(std::exchange(other.watchdog_, std::nullopt)) {}

ServiceNotifier& ServiceNotifier::operator=(ServiceNotifier&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(watchdog_, other.watchdog_);
  return *this;
}

ServiceNotifier::~ServiceNotifier() {
  if (fd_ >= 0) ::close(fd_);
}

void ServiceNotifier::ready(std::string_view status) const {
  send(status.empty() ? "READY=1" : "READY=1\n" + status_line(status));
}

void ServiceNotifier::status(std::string_view text) const { send(status_line(text)); }

void ServiceNotifier::watchdog() const { send("WATCHDOG=1"); }

void ServiceNotifier::reloading() const {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  send(fmt::format("RELOADING=1\nMONOTONIC_USEC={}",
                   static_cast<std::int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000));
}

void ServiceNotifier::stopping(std::string_view status) const {
  send(status.empty() ? "STOPPING=1" : "STOPPING=1\n" + status_line(status));
}

void ServiceNotifier::extend_timeout(std::chrono::microseconds by) const {
  send(fmt::format("EXTEND_TIMEOUT_USEC={}", by.count()));
}

void ServiceNotifier::send(std::string message) const {
  if (fd_ < 0) return;
  // never waits for a manager that does not read: the I/O thread calls this
  while (::send(fd_, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EINTR) {}
}

}  // namespace newsd
