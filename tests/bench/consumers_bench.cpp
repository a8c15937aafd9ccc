// Many consumers of the real newsd while articles come in at a steady rate: who gets what how often, what it costs the
// intake, memory and time.
//
//   consumers_bench build/newsd [consumers = 1000] [articles = 5000] [articles a second = 500; 0: all at once] [sse]
//
// Three of four consumers use HTTP (server-sent events, lines, WebSocket), the fourth the unix socket, and one in fifty
// is slow; with "sse" all use server-sent events and none is slow. The same articles are first taken in with nobody
// listening. Prints one line a run.
#include "tests/support/consumer_crowd.h"
#include "tests/support/sample.h"
#include "tests/support/temporary_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace newsd {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// A clock's ticks.
class Ticks {
 public:
  explicit Ticks(std::chrono::nanoseconds every) {
    const timespec time{every.count() / 1'000'000'000, every.count() % 1'000'000'000};
    const itimerspec ticks{time, time};
    if (fd_ < 0 || ::timerfd_settime(fd_, 0, &ticks, nullptr) != 0) throw std::runtime_error("no clock ticks");
  }
  ~Ticks() { ::close(fd_); }
  Ticks(const Ticks&) = delete;
  Ticks& operator=(const Ticks&) = delete;
  /// Until the next one; how many there were since the last call.
  std::uint64_t wait() const {
    std::uint64_t count = 0;
    return ::read(fd_, &count, sizeof count) == sizeof count ? count : 0;
  }

 private:
  int fd_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
};

void wait_until(const std::function<bool()>& holds, std::chrono::seconds patience = std::chrono::seconds(300)) {
  const Ticks ticks(std::chrono::milliseconds(5));
  const auto end = Clock::now() + patience;
  while (!holds()) {
    if (Clock::now() > end) throw std::runtime_error("it took too long");
    ticks.wait();
  }
}

/// A newsd of its own with a drop directory, HTTP and events on unix sockets.
class Daemon {
 public:
  explicit Daemon(const std::string& program) {
    std::filesystem::create_directories(inbox());
    std::ofstream(folder_.path() / "newsd.toml") << fmt::format(
        "state_dir = \"{0}/state\"\n[[drop]]\npath = \"{1}\"\ndone = \"delete\"\n[http]\nlisten = \"unix:{0}/http\"\n"
        "[[output]]\nkind = \"unix\"\npath = \"{0}/events\"\nmax_clients = 4096\n[log]\nlevel = \"error\"\n",
        folder_.path().string(), inbox().string());
    std::string config = (folder_.path() / "newsd.toml").string(), name = program, run = "run", option = "-c";
    char* arguments[] = {name.data(), run.data(), option.data(), config.data(), nullptr};
    if (::posix_spawn(&pid_, program.c_str(), nullptr, nullptr, arguments, environ) != 0)
      throw std::runtime_error("newsd cannot be started");
    wait_until([&] { return std::filesystem::exists(http()) && std::filesystem::exists(events()); });
  }
  ~Daemon() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  std::filesystem::path inbox() const { return folder_.path() / "in"; }
  std::filesystem::path http() const { return folder_.path() / "http"; }
  std::filesystem::path events() const { return folder_.path() / "events"; }
  void drop(int n) const {
    const std::string part = fmt::format("{}/.{}.part", inbox().string(), n);
    std::ofstream(part) << sample_text(n);
    std::filesystem::rename(part, fmt::format("{}/{}.txt", inbox().string(), n));
  }
  bool has_taken_all() const {
    for (const auto& entry : std::filesystem::directory_iterator(inbox()))
      if (entry.is_regular_file()) return false;
    return true;
  }
  /// MiB.
  double peak_memory() const {
    std::ifstream in(fmt::format("/proc/{}/status", pid_));
    for (std::string line; std::getline(in, line);)
      if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
  }
  double cpu_seconds() const {
    std::ifstream in(fmt::format("/proc/{}/stat", pid_));
    std::string text((std::istreambuf_iterator<char>(in)), {});
    long user = 0, system = 0;
    std::sscanf(text.c_str() + text.rfind(')') + 2, "%*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %ld %ld", &user,
                &system);
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }

 private:
  TemporaryDirectory folder_;
  pid_t pid_ = -1;
};

void run(const std::string& program, std::size_t consumers, int articles, int a_second, bool only_sse) {
  const Daemon newsd(program);
  std::vector<CrowdMember> members;
  for (std::size_t n = 0; n < consumers; ++n) {
    const auto shape = only_sse ? CrowdShape::Sse : static_cast<CrowdShape>(n % 4);
    const bool is_slow = !only_sse && n % 50 == 7;
    members.push_back({shape, shape == CrowdShape::Socket ? newsd.events() : newsd.http(), 0, is_slow, false});
  }
  ConsumerCrowd crowd(members);
  wait_until([&] { return crowd.members_at(1) == consumers; });  // that newsd has started is the first event
  const double cpu_before = newsd.cpu_seconds();
  const auto begin = Clock::now();
  const Ticks ticks(std::chrono::nanoseconds(a_second > 0 ? 1'000'000'000 / a_second : 1));
  for (int n = 0; n < articles;) {
    for (std::uint64_t due = a_second > 0 ? ticks.wait() : 1; due > 0 && n < articles; --due) newsd.drop(n++);
  }
  wait_until([&] { return newsd.has_taken_all(); });
  const double taken = seconds_since(begin);
  auto changed = Clock::now();
  std::uint64_t deliveries = 0;
  wait_until([&] {  // nobody is behind anybody, and nothing has come for a while
    if (std::exchange(deliveries, crowd.deliveries()) != crowd.deliveries()) changed = Clock::now();
    return crowd.members_at(crowd.furthest()) == consumers && Clock::now() - changed > std::chrono::seconds(1);
  });
  const double delivered = std::chrono::duration<double>(changed - begin).count();
  fmt::print(
      "{} consumers: {:.0f} articles/s taken in; {} deliveries, {} repeats or holes, {} connections; all done "
      "after {:.1f} s, {:.0f} deliveries/s; CPU {:.1f} s; peak {:.0f} MiB\n",
      consumers, articles / taken, crowd.deliveries(), crowd.faults(), crowd.connects(), delivered,
      static_cast<double>(crowd.deliveries()) / delivered, newsd.cpu_seconds() - cpu_before, newsd.peak_memory());
  std::fflush(stdout);
}

}  // namespace
}  // namespace newsd

int main(int argc, char** argv) {
  const auto number = [&](int at, int otherwise) { return argc > at ? std::atoi(argv[at]) : otherwise; };
  if (argc < 2) return std::fprintf(stderr, "which newsd?\n"), 64;
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;  // newsd inherits it
  ::setrlimit(RLIMIT_NOFILE, &files);
  const auto consumers = static_cast<std::size_t>(number(2, 1000));
  const int articles = number(3, 5000), a_second = number(4, 500);
  const bool only_sse = argc > 5 && std::string(argv[5]) == "sse";
  try {
    newsd::run(argv[1], 0, articles, a_second, only_sse);
    newsd::run(argv[1], consumers, articles, a_second, only_sse);
  } catch (const std::exception& e) {
    return std::fprintf(stderr, "%s\n", e.what()), 70;
  }
}
