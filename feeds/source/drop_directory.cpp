#include "feeds/source/drop_directory.h"

#include "feeds/source/directory_scan.h"
#include "feeds/source/directory_watch.h"
#include "feeds/source/drop_intake.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace newsd {
namespace {

using std::chrono::milliseconds;
using Time = DropIntake::Time;

constexpr milliseconds kFirstLook{250};  // for a directory that went
constexpr milliseconds kLongestLook = std::chrono::seconds(30);
constexpr milliseconds kUnwatched = std::chrono::seconds(2);  // between scans where the kernel has no watch for us

Time steady_now() { return std::chrono::steady_clock::now(); }

DropOptions completed(DropOptions options) {
  std::error_code unreadable;  // of the working directory: the path is then taken as it is
  const std::filesystem::path absolute = std::filesystem::absolute(options.path, unreadable);
  if (options.input.empty()) options.input = options.path;
  if (!unreadable) options.path = absolute.lexically_normal().string();
  while (options.path.size() > 1 && options.path.back() == '/') options.path.pop_back();
  if (!options.clock) {
    options.clock = [] { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); };
  }
  return options;
}

}  // namespace

/// The watch, the timer and the scans around a DropIntake.
class DropDirectory::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(boost::asio::io_context& io, Sink& sink, DropOptions options)
      : io_(io), sink_(sink), options_(completed(std::move(options))) {}

  void start();
  void stop();

  std::function<void()> on_drained;
  std::shared_ptr<DropIntake> intake;

 private:
  void open_directory(Time now);
  void lose_directory(const Error& why, Time now);
  void changed(const DirectoryChange& change);
  void reconcile(Time now);
  bool path_leads_here() const;
  void scan(Time now);
  void schedule();
  void run();
  void arm();
  void tell_drained();

  boost::asio::io_context& io_;
  Sink& sink_;
  const DropOptions options_;
  std::optional<boost::asio::steady_timer> timer_;
  std::optional<Time> armed_;
  std::unique_ptr<DirectoryWatch> watch_;
  std::shared_ptr<const UniqueFd> directory_;
  Time reconcile_at_, look_at_;
  milliseconds look_wait_{0};
  int room_ = 0;
  bool running_ = false;
  bool scheduled_ = false;
  bool rescan_ = false;  ///< reports were lost

 public:
  /// Once: completes what needs shared_from_this.
  void make_intake() {
    intake = std::make_shared<DropIntake>(sink_, options_, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->schedule();
    });
  }
};

// ---- life

void DropDirectory::Impl::start() {
  if (running_) return;
  running_ = true;
  timer_.emplace(io_);
  room_ = sink_.on_room([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->schedule();
  });
  open_directory(steady_now());
  schedule();
}

void DropDirectory::Impl::stop() {
  if (!std::exchange(running_, false)) return;
  sink_.forget_room(room_);
  timer_.reset();
  watch_.reset();
  directory_.reset();
  intake->stop();
  on_drained = nullptr;
}

/// Acks and room come many at a time and may come from within a call of ours: what is to be done is done once,
/// afterwards.
void DropDirectory::Impl::schedule() {
  if (!running_ || std::exchange(scheduled_, true)) return;
  boost::asio::post(io_, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->scheduled_ = false;
    self->run();
  });
}

void DropDirectory::Impl::run() {
  if (!running_) return;
  const Time now = steady_now();
  if (!directory_ && now >= look_at_) open_directory(now);
  if (directory_ && now >= reconcile_at_) reconcile(now);
  if (intake->take_some(now)) schedule();
  const bool names_wanted = intake->missed_some() && intake->waiting() <= options_.max_waiting / 2;
  if (directory_ && (std::exchange(rescan_, false) || names_wanted)) {
    scan(now);
    schedule();
  }
  tell_drained();
  arm();
}

void DropDirectory::Impl::tell_drained() {
  const bool nothing_there = !directory_ && intake->in_flight() == 0;
  if (!on_drained || !(intake->drained() || nothing_there)) return;
  boost::asio::post(io_, std::exchange(on_drained, nullptr));
}

void DropDirectory::Impl::arm() {
  if (!running_) return;
  Time next = directory_ ? reconcile_at_ : look_at_;
  if (const auto due = intake->next_due()) next = std::min(next, *due);
  if (armed_ && *armed_ <= next && *armed_ > steady_now()) return;  // it wakes us early enough
  armed_ = next;
  timer_->expires_at(next);
  timer_->async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->armed_.reset();
    self->schedule();
  });
}

// ---- the directory

void DropDirectory::Impl::open_directory(Time now) {
  // the watch comes before the descriptor and the scan: a directory put in its place in between is reported to us
  if (!watch_ && options_.watch) {
    auto watch = DirectoryWatch::open(io_, options_.path, [this](const DirectoryChange& change) { changed(change); });
    if (watch) {
      watch_ = std::move(*watch);
      intake->teller().over(SourceError::NoWatch);
    } else if (watch.error().is(SourceError::NoWatch)) {
      intake->teller().trouble(watch.error());
    } else {
      return lose_directory(watch.error(), now);
    }
  }
  UniqueFd directory(::open(options_.path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory) {
    return lose_directory(Error(SourceError::NoDirectory, std::generic_category().message(errno), options_.path), now);
  }
  intake->teller().over(SourceError::NoDirectory);
  look_wait_ = {};
  directory_ = std::make_shared<const UniqueFd>(std::move(directory));
  intake->attach(directory_);
  scan(now);
}

void DropDirectory::Impl::lose_directory(const Error& why, Time now) {
  intake->teller().trouble(why);
  intake->detach();
  watch_.reset();
  directory_.reset();
  look_wait_ = std::clamp(look_wait_ * 2, kFirstLook, kLongestLook);
  look_at_ = now + look_wait_;
}

void DropDirectory::Impl::changed(const DirectoryChange& change) {
  if (!running_) return;
  switch (change.kind) {
    case DirectoryChange::Kind::Overflow: rescan_ = true; break;
    case DirectoryChange::Kind::Lost:
      lose_directory(Error(SourceError::NoDirectory, "the directory was moved, deleted or unmounted", options_.path),
                     steady_now());
      break;
    case DirectoryChange::Kind::Renamed:
    case DirectoryChange::Kind::Created:
    case DirectoryChange::Kind::Closed: intake->changed(change, steady_now()); break;
  }
  schedule();
}

bool DropDirectory::Impl::path_leads_here() const {
  struct stat at_path {};
  struct stat ours {};
  return ::stat(options_.path.c_str(), &at_path) == 0 && ::fstat(directory_->get(), &ours) == 0 &&
         FileStamp::from(at_path).same_file(FileStamp::from(ours));
}

/// What the reports may have missed: a parent that was renamed, something mounted over the directory, file systems that
/// do not report.
void DropDirectory::Impl::reconcile(Time now) {
  if (!path_leads_here()) {
    lose_directory(Error(SourceError::NoDirectory, "another directory, or none, is at its path", options_.path), now);
  } else if (!watch_ && options_.watch) {
    open_directory(now);  // there may be a watch for us now
  } else {
    scan(now);
  }
}

void DropDirectory::Impl::scan(Time now) {
  reconcile_at_ = now + (watch_ ? options_.reconcile : std::min(options_.reconcile, kUnwatched));
  intake->begin_scan();
  const auto found = scan_directory(directory_->get(), intake->room_for_names(),
                                    [this](const std::string& name) { return intake->sees(name); });
  if (found.has_error()) {
    intake->teller().trouble(Error(SourceError::Unreadable, found.error().text, options_.path));
    return;
  }
  for (const std::string& name : found->names) intake->found(name, now);
  intake->end_scan(found->whole);
}

// ---- the public face

DropDirectory::DropDirectory(boost::asio::io_context& io, Sink& sink, DropOptions options)
    : impl_(std::make_shared<Impl>(io, sink, std::move(options))) {
  impl_->make_intake();
}

DropDirectory::~DropDirectory() { stop(); }

void DropDirectory::start() { impl_->start(); }

void DropDirectory::stop() { impl_->stop(); }

void DropDirectory::when_drained(std::function<void()> handler) { impl_->on_drained = std::move(handler); }

std::size_t DropDirectory::waiting() const { return impl_->intake->waiting(); }

std::size_t DropDirectory::in_flight() const { return impl_->intake->in_flight(); }

const std::string& DropDirectory::key_prefix() const { return impl_->intake->key_prefix(); }

}  // namespace newsd
