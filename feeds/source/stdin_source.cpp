#include "feeds/source/stdin_source.h"

#include "feeds/source/stream_pieces.h"
#include "feeds/source/unique_fd.h"
#include "feeds/text/digest.h"

#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include <cerrno>
#include <chrono>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace newsd {
namespace {

constexpr std::size_t kRead = 64 << 10;
constexpr std::string_view kKeyPrefix = "stdin:";

/// An epoll instance that watches fd. Asio would make fd itself non-blocking, and with it the terminal or pipe of the
/// shell that started us; this it may. Invalid for what cannot be watched: regular files and /dev/null, whose bytes are
/// always there.
UniqueFd watcher_of(int fd) {
  UniqueFd watcher(::epoll_create1(EPOLL_CLOEXEC));
  epoll_event interest{};
  interest.events = EPOLLIN;
  if (watcher && ::epoll_ctl(watcher.get(), EPOLL_CTL_ADD, fd, &interest) != 0) watcher.reset();
  return watcher;
}

bool is_readable(int fd) {
  pollfd asked{fd, POLLIN, 0};
  return ::poll(&asked, 1, 0) > 0;
}

}  // namespace

class StdinSource::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(boost::asio::io_context& io, Sink& sink, StdinOptions options)
      : io_(io),
        sink_(sink),
        options_(std::move(options)),
        pieces_(options_.max_bytes, options_.forced),
        chunk_(kRead) {
    if (!options_.clock) {
      options_.clock = [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); };
    }
  }

  void start();
  void stop();
  std::function<void()> on_drained;

 private:
  void wait_for_bytes();
  void read_slice();
  void pump();
  void deliver(StreamPiece piece);
  void acknowledged(const InputKey& key);
  void schedule();
  void tell_drained();

  boost::asio::io_context& io_;
  Sink& sink_;
  StdinOptions options_;
  StreamPieces pieces_;
  std::vector<char> chunk_;
  std::optional<boost::asio::posix::stream_descriptor> watcher_;
  std::optional<StreamPiece> waiting_;  ///< for room
  std::string key_start_;
  std::uint64_t serial_ = 0;
  std::size_t in_flight_ = 0;
  int room_ = 0;
  bool running_ = false, ended_ = false, scheduled_ = false, reading_ = false;
};

void StdinSource::Impl::start() {
  if (std::exchange(running_, true)) return;
  sink_.reconcile(std::string(kKeyPrefix), {});  // an earlier process's input is not there any more
  key_start_ = std::string(kKeyPrefix) + std::to_string(options_.clock().time_since_epoch().count()) + ":" +
               std::to_string(::getpid()) + ":";
  room_ = sink_.on_room([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->schedule();
  });
  if (UniqueFd watcher = watcher_of(options_.fd)) watcher_.emplace(io_, watcher.release());
  schedule();
}

void StdinSource::Impl::stop() {
  if (!std::exchange(running_, false)) return;
  sink_.forget_room(room_);
  watcher_.reset();
  waiting_.reset();
  on_drained = nullptr;
}

void StdinSource::Impl::schedule() {
  if (!running_ || std::exchange(scheduled_, true)) return;
  boost::asio::post(io_, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->scheduled_ = false;
    if (self->running_) self->pump();
  });
}

/// Gives out what is complete, then asks for more: while there is no room nothing is read, and the writer waits.
void StdinSource::Impl::pump() {
  while (waiting_ || (waiting_ = pieces_.next())) {
    if (!sink_.has_room(waiting_->bytes.size())) return;
    StreamPiece piece = std::move(*waiting_);
    waiting_.reset();
    deliver(std::move(piece));
  }
  if (pieces_.full()) ended_ = true;
  if (ended_) return tell_drained();
  if (!reading_) wait_for_bytes();
}

void StdinSource::Impl::wait_for_bytes() {
  reading_ = true;
  auto ready = [weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!self) return;
    self->reading_ = false;
    if (!error && self->running_) self->read_slice();
  };
  if (watcher_) {
    watcher_->async_wait(boost::asio::posix::stream_descriptor::wait_read, std::move(ready));
  } else {
    boost::asio::post(io_, [ready = std::move(ready)] { ready({}); });
  }
}

void StdinSource::Impl::read_slice() {
  if (watcher_ && !is_readable(options_.fd)) return schedule();  // somebody who shares it was faster
  const ssize_t n = ::read(options_.fd, chunk_.data(), chunk_.size());
  if (n > 0) {
    pieces_.add({chunk_.data(), static_cast<std::size_t>(n)});
  } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
    if (n < 0 && options_.tell) {
      options_.tell({SourceNotice::Kind::Trouble,
                     Error(SourceError::BrokenInput, std::generic_category().message(errno), "stdin")});
    }
    ended_ = true;
    pieces_.end();
  }
  pump();
}

void StdinSource::Impl::deliver(StreamPiece piece) {
  Arrival arrival;
  arrival.key.value = key_start_ + std::to_string(++serial_);
  Document& document = arrival.document;
  document.origin.kind = OriginKind::Stdin;
  document.origin.input = options_.input;
  document.origin.uri = "file:///dev/stdin";
  document.origin.name = "stdin";
  document.origin.received_at = options_.clock();
  document.origin.bytes = piece.bytes.size();
  document.forced = piece.forced;
  document.first_line = piece.first_line;
  if (piece.too_large) {
    const bool line = piece.forced == Format::ArticleNdjson;
    arrival.refused.emplace(
        SourceError::TooLarge,
        (line ? "the line has more than " : "it has more than ") + std::to_string(options_.max_bytes) + " bytes",
        line ? "line " + std::to_string(piece.first_line) : "stdin");
    if (line) document.origin.member = std::to_string(piece.first_line);
  } else {
    document.origin.sha256 = sha256(piece.bytes);
    document.bytes = std::move(piece.bytes);
  }
  ++in_flight_;
  const InputKey key = arrival.key;
  sink_.deliver(std::move(arrival), Sink::Ledger::UntilAck,
                [self = shared_from_this(), key](const Outcome&) { self->acknowledged(key); });
}

void StdinSource::Impl::acknowledged(const InputKey& key) {
  sink_.released(key);
  --in_flight_;
  schedule();
}

void StdinSource::Impl::tell_drained() {
  if (in_flight_ == 0 && on_drained) boost::asio::post(io_, std::exchange(on_drained, nullptr));
}

StdinSource::StdinSource(boost::asio::io_context& io, Sink& sink, StdinOptions options)
    : impl_(std::make_shared<Impl>(io, sink, std::move(options))) {}

StdinSource::~StdinSource() { stop(); }

void StdinSource::start() { impl_->start(); }

void StdinSource::stop() { impl_->stop(); }

void StdinSource::when_drained(std::function<void()> handler) { impl_->on_drained = std::move(handler); }

}  // namespace newsd
