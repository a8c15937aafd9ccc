#include "daemon/ops/sd_notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <array>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>

namespace newsd {
namespace {

/// Stands in for the service manager: a datagram socket, at a path or under an abstract name.
class FakeManager {
 public:
  explicit FakeManager(bool abstract) {
    name_ = abstract
                ? "@newsd-test-" + std::to_string(::getpid())
                : (std::filesystem::temp_directory_path() / ("newsd-notify-" + std::to_string(::getpid()))).string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name_.data(), name_.size());
    socklen_t length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name_.size());
    if (abstract)
      address.sun_path[0] = '\0';
    else
      ++length;
    fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    REQUIRE(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), length) == 0);
  }
  ~FakeManager() {
    ::close(fd_);
    if (name_[0] == '/') ::unlink(name_.c_str());
  }
  const std::string& name() const { return name_; }
  /// The next message; empty when there is none.
  std::string hear() {
    std::array<char, 4096> buffer{};
    const ssize_t n = ::recv(fd_, buffer.data(), buffer.size(), 0);
    return n > 0 ? std::string(buffer.data(), static_cast<std::size_t>(n)) : std::string();
  }

 private:
  std::string name_;
  int fd_ = -1;
};

ServiceNotifier with(std::map<std::string, std::string> variables) {
  return ServiceNotifier::from_environment([variables = std::move(variables)](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

}  // namespace

TEST_CASE("the manager hears each state in its own words") {
  const bool abstract = GENERATE(false, true);
  FakeManager manager(abstract);
  const ServiceNotifier notifier = with({{"NOTIFY_SOCKET", manager.name()}});
  REQUIRE(notifier.active());
  notifier.ready("4 inputs");
  CHECK(manager.hear() == "READY=1\nSTATUS=4 inputs");
  notifier.status("two\nlines");
  CHECK(manager.hear() == "STATUS=two lines");
  notifier.watchdog();
  CHECK(manager.hear() == "WATCHDOG=1");
  notifier.extend_timeout(std::chrono::seconds(3));
  CHECK(manager.hear() == "EXTEND_TIMEOUT_USEC=3000000");
  notifier.stopping();
  CHECK(manager.hear() == "STOPPING=1");
  CHECK(manager.hear().empty());
}

TEST_CASE("a reload tells its monotonic time") {
  FakeManager manager(false);
  const ServiceNotifier notifier = with({{"NOTIFY_SOCKET", manager.name()}});
  notifier.reloading();
  const std::string said = manager.hear();
  CHECK(said.rfind("RELOADING=1\nMONOTONIC_USEC=", 0) == 0);
  CHECK(said.size() > std::strlen("RELOADING=1\nMONOTONIC_USEC="));
  notifier.ready();
  CHECK(manager.hear() == "READY=1");
}

TEST_CASE("without a manager nothing is said and nothing fails") {
  for (const std::string name : {"", "relative", "/nowhere/at/all", "@"}) {
    const ServiceNotifier notifier = with({{"NOTIFY_SOCKET", name}, {"WATCHDOG_USEC", "1000"}});
    CHECK_FALSE(notifier.active());
    CHECK_FALSE(notifier.watchdog_timeout());
    notifier.ready();
  }
  const ServiceNotifier too_long = with({{"NOTIFY_SOCKET", "/" + std::string(200, 'x')}});
  CHECK_FALSE(too_long.active());
}

TEST_CASE("the watchdog's time is believed only when it is meant for this process") {
  FakeManager manager(true);
  const std::string here = std::to_string(::getpid());
  CHECK(with({{"NOTIFY_SOCKET", manager.name()}, {"WATCHDOG_USEC", "1500000"}}).watchdog_timeout() ==
        std::chrono::microseconds(1'500'000));
  CHECK(with({{"NOTIFY_SOCKET", manager.name()}, {"WATCHDOG_USEC", "10"}, {"WATCHDOG_PID", here}}).watchdog_timeout());
  CHECK_FALSE(
      with({{"NOTIFY_SOCKET", manager.name()}, {"WATCHDOG_USEC", "10"}, {"WATCHDOG_PID", "1"}}).watchdog_timeout());
  CHECK_FALSE(with({{"NOTIFY_SOCKET", manager.name()}, {"WATCHDOG_USEC", "10x"}}).watchdog_timeout());
  CHECK_FALSE(with({{"NOTIFY_SOCKET", manager.name()}, {"WATCHDOG_USEC", "-1"}}).watchdog_timeout());
}

TEST_CASE("a manager that does not read does not hold the daemon up") {
  FakeManager manager(false);
  const ServiceNotifier notifier = with({{"NOTIFY_SOCKET", manager.name()}});
  for (int i = 0; i < 5000; ++i) notifier.watchdog();
  CHECK(manager.hear() == "WATCHDOG=1");
}

}  // namespace newsd
