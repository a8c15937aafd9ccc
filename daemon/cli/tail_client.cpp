#include "daemon/cli/tail_client.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace newsd {
namespace {

constexpr std::size_t kLongestLine =
    256 << 20;  // far beyond any event; a peer that sends no newline must not fill the memory
constexpr std::size_t kBlock = 256 << 10;

volatile sig_atomic_t signal_came = 0;

Error error_of(int error, const std::filesystem::path& socket) {
  if (error == EACCES || error == EPERM)
    return Error(TailError::Permission, "the daemon's socket may not be used by this user", socket.string());
  if (error == ENOENT || error == ECONNREFUSED || error == ENOTSOCK || error == EPROTOTYPE)
    return Error(TailError::NoDaemon, "no daemon listens here", socket.string());
  return Error(TailError::Broken, fmt::format("no connection to the daemon: {}", std::strerror(error)),
               socket.string());
}

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

std::string_view code_of(TailError e) {
  switch (e) {
    case TailError::NoDaemon: return "no-daemon";
    case TailError::Permission: return "permission";
    case TailError::Broken: return "broken";
    case TailError::LineTooLong: return "line-too-long";
  }
  return "";
}

Result<TailClient> TailClient::connect(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto& path = socket.native();
  if (path.empty() || path.size() >= sizeof(address.sun_path)) return error_of(ENAMETOOLONG, socket);
  path.copy(address.sun_path, path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return error_of(errno, socket);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return error_of(errno, socket);
  return TailClient(std::move(fd));
}

Result<void> TailClient::send(std::string_view line) {
  std::string rest = std::string(line) + "\n";
  while (!rest.empty()) {
    const ssize_t n = ::send(fd_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (n < 0 && errno != EINTR)
      return Error(TailError::Broken, fmt::format("the daemon takes no request: {}", std::strerror(errno)));
    if (n > 0) rest.erase(0, static_cast<std::size_t>(n));
  }
  return {};
}

Result<TailClient::Came> TailClient::wait(int output) {
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  sigset_t open = blocked;
  sigdelset(&open, SIGINT);
  sigdelset(&open, SIGTERM);
  std::array<pollfd, 2> fds{
      {{fd_.get(), POLLIN, 0}, {output, 0, 0}}};  // no event asked of the output: POLLERR comes anyway
  const int ready = ::ppoll(fds.data(), fds.size(), nullptr, &open);
  if (signal_came != 0) return Came::Signal;
  if (ready < 0)
    return errno == EINTR ? Result<Came>(Came::Signal) : Result<Came>(Error(TailError::Broken, std::strerror(errno)));
  if ((fds[1].revents & (POLLERR | POLLNVAL)) != 0) return Came::OutputGone;
  bytes_.erase(0, std::exchange(taken_, 0));
  if (bytes_.size() > kLongestLine) return Error(TailError::LineTooLong, "what comes from the socket are no events");
  const auto start = bytes_.size();
  bytes_.resize(start + kBlock);
  const ssize_t n = ::recv(fd_.get(), bytes_.data() + start, kBlock, 0);
  bytes_.resize(start + static_cast<std::size_t>(n > 0 ? n : 0));
  if (n > 0) return Came::Bytes;
  if (n == 0 || errno == ECONNRESET) return Came::End;
  return Error(TailError::Broken, fmt::format("the connection to the daemon broke: {}", std::strerror(errno)));
}

std::optional<std::string_view> TailClient::line() {
  const auto rest = std::string_view(bytes_).substr(taken_);
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  taken_ += end + 1;
  return rest.substr(0, end);
}

struct TailSignals::Saved {
  struct sigaction interrupt, terminate;
  sigset_t mask;
};

TailSignals::TailSignals() : saved_(new Saved) {
  signal_came = 0;
  const sigset_t stops = stop_signals();
  pthread_sigmask(SIG_BLOCK, &stops, &saved_->mask);
  struct sigaction action {};
  action.sa_handler = [](int) { signal_came = 1; };
  sigaction(SIGINT, &action, &saved_->interrupt);
  sigaction(SIGTERM, &action, &saved_->terminate);
}

TailSignals::~TailSignals() {
  sigaction(SIGINT, &saved_->interrupt, nullptr);
  sigaction(SIGTERM, &saved_->terminate, nullptr);
  pthread_sigmask(SIG_SETMASK, &saved_->mask, nullptr);
  delete saved_;
}

}  // namespace newsd
