#include "daemon/stream/acceptor.h"

#include "daemon/ops/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace newsd {
namespace {

namespace net = boost::asio;
/// After an accept that failed for want of descriptors or memory.
constexpr std::chrono::milliseconds kPause{500};

}  // namespace

Result<std::shared_ptr<Acceptor>> Acceptor::create(net::io_context& io, ListeningSocket listening, std::string name,
                                                   Admit admit) {
  std::shared_ptr<Acceptor> acceptor(new Acceptor(io, std::move(listening), std::move(name), std::move(admit)));
  boost::system::error_code ec;
  const int copy = ::fcntl(acceptor->listening_.fd(), F_DUPFD_CLOEXEC, 3);
  if (copy >= 0) acceptor->incoming_.assign(copy, ec);
  if (copy < 0 || ec) return Error(StreamError::CannotCreate, "the socket cannot be waited for", acceptor->name_);
  return acceptor;
}

void Acceptor::start() {
  net::co_spawn(io_, run(), [self = shared_from_this()](std::exception_ptr failure) {
    if (failure) log_error("stream", "no more clients are accepted", {{"output", self->name_}});
  });
}

net::awaitable<void> Acceptor::run() {
  net::steady_timer pause(io_);
  while (!is_closed_) {
    boost::system::error_code ec;
    co_await incoming_.async_wait(net::posix::stream_descriptor::wait_read,
                                  net::redirect_error(net::use_awaitable, ec));
    if (is_closed_ || ec) break;
    if (accept_waiting()) continue;
    pause.expires_after(kPause);
    co_await pause.async_wait(net::redirect_error(net::use_awaitable, ec));
  }
}

bool Acceptor::accept_waiting() {
  while (!is_closed_) {
    const int client = ::accept4(listening_.fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client >= 0) {
      admit_(client);
      continue;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return true;
    if (errno == EINTR || errno == ECONNABORTED) continue;
    log_warn("stream", "a client cannot be accepted", {{"output", name_}, {"error", std::strerror(errno)}});
    return false;
  }
  return true;
}

void Acceptor::close() {
  if (is_closed_) return;
  is_closed_ = true;
  boost::system::error_code ignored;
  incoming_.close(ignored);
  listening_.unlink();
  listening_.close();
}

void tune_connection(int fd, int family) {
  if (family == AF_UNIX) return;
  const int yes = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
}

}  // namespace newsd
