#include "feeds/source/directory_watch.h"

#include "feeds/source/source_notice.h"
#include "feeds/source/unique_fd.h"

#include <sys/inotify.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace newsd {
namespace {

constexpr std::uint32_t kMask = IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::size_t kBuffer = 64 << 10;  // one read a turn: some 1,500 reports of short names

Error watch_error(SourceError why, const std::string& path) {
  return Error(why, std::generic_category().message(errno), path);
}

}  // namespace

struct DirectoryWatch::Impl : std::enable_shared_from_this<DirectoryWatch::Impl> {
  Impl(boost::asio::io_context& io, UniqueFd fd, Report r) : descriptor(io, fd.release()), report(std::move(r)) {}

  void wait() {
    descriptor.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                          [self = shared_from_this()](const boost::system::error_code& error) {
                            if (error || self->closed) return;
                            self->read_reports();
                            if (!self->closed) self->wait();
                          });
  }

  void read_reports() {
    alignas(inotify_event) std::array<char, kBuffer> buffer;
    const ssize_t n = ::read(descriptor.native_handle(), buffer.data(), buffer.size());
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) return lose();
    for (const char* at = buffer.data(); at < buffer.data() + n && !closed;) {
      inotify_event event{};
      std::memcpy(&event, at, sizeof(event));
      const char* name = at + sizeof(event);
      pass_on(event, event.len > 0 ? std::string(name, ::strnlen(name, event.len)) : std::string());
      at += sizeof(event) + event.len;
    }
  }

  void pass_on(const inotify_event& event, std::string name) {
    using Kind = DirectoryChange::Kind;
    if (event.mask & IN_Q_OVERFLOW) return report({Kind::Overflow, {}});
    if (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED)) return lose();
    if (event.mask & IN_ISDIR) return;
    if (event.mask & IN_MOVED_TO) return report({Kind::Renamed, std::move(name)});
    if (event.mask & IN_CLOSE_WRITE) return report({Kind::Closed, std::move(name)});
    if (event.mask & IN_CREATE) return report({Kind::Created, std::move(name)});
  }

  void lose() {
    close();
    report({DirectoryChange::Kind::Lost, {}});
  }

  void close() {
    if (std::exchange(closed, true)) return;
    boost::system::error_code ignored;  // the kernel forgets the watch whatever close(2) says
    descriptor.close(ignored);
  }

  boost::asio::posix::stream_descriptor descriptor;
  Report report;
  bool closed = false;
};

Result<std::unique_ptr<DirectoryWatch>> DirectoryWatch::open(boost::asio::io_context& io, const std::string& path,
                                                             Report report) {
  UniqueFd fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!fd) return watch_error(SourceError::NoWatch, path);
  if (::inotify_add_watch(fd.get(), path.c_str(), kMask) < 0) {
    const bool crowded = errno == ENOSPC || errno == ENOMEM || errno == EMFILE;
    return watch_error(crowded ? SourceError::NoWatch : SourceError::NoDirectory, path);
  }
  auto impl = std::make_shared<Impl>(io, std::move(fd), std::move(report));
  impl->wait();
  return std::unique_ptr<DirectoryWatch>(new DirectoryWatch(std::move(impl)));
}

DirectoryWatch::DirectoryWatch(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

DirectoryWatch::~DirectoryWatch() { impl_->close(); }

}  // namespace newsd
