#include "daemon/emit/writable.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace newsd {
namespace {

bool has_room(int fd) {
  pollfd wanted{fd, POLLOUT, 0};
  return ::poll(&wanted, 1, 0) == 1;  // with POLLERR, too: the write then says what is wrong
}

}  // namespace

Writable::Writable(boost::asio::io_context& io, int fd) : fd_(fd), watch_(io) {
  struct stat info {};
  if (::fstat(fd, &info) == 0 && S_ISSOCK(info.st_mode)) kind_ = Kind::Socket;
  FileHandle epoll(::epoll_create1(EPOLL_CLOEXEC));
  epoll_event wanted{};
  wanted.events = EPOLLOUT;
  if (!epoll.is_open() || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &wanted) != 0) {
    kind_ = Kind::File;  // EPERM: what cannot be waited for never makes wait
    return;
  }
  boost::system::error_code ec;
  watch_.assign(::dup(epoll.get()), ec);
}

std::size_t Writable::write_some(std::string_view bytes, boost::system::error_code& ec) {
  ec = {};
  if (kind_ == Kind::Stream) {
    if (!has_room(fd_)) return 0;
    bytes = bytes.substr(0, PIPE_BUF);
  }
  for (;;) {
    const ssize_t n = kind_ == Kind::Socket ? ::send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL)
                                            : ::write(fd_, bytes.data(), bytes.size());
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;  // somebody else made it non-blocking
    if (errno == EINTR) continue;
    ec.assign(errno, boost::system::system_category());
    return 0;
  }
}

boost::asio::awaitable<void> Writable::room() {
  boost::system::error_code ignored;  // the next write says what is wrong
  co_await watch_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                             boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
}

void Writable::cancel() {
  boost::system::error_code ignored;
  watch_.cancel(ignored);
}

}  // namespace newsd
