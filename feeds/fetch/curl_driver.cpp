#include "feeds/fetch/curl_driver.h"

#include <curl/curl.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <exception>
#include <unordered_map>
#include <utility>

namespace newsd {
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

/// A socket of libcurl's that is waited for. libcurl owns and closes it: it is released here, never closed.
struct Watched {
  explicit Watched(asio::io_context& io) : descriptor(io) {}
  asio::posix::stream_descriptor descriptor;
  int wants = CURL_POLL_NONE;
  bool reading = false, writing = false;  // a wait is outstanding
  bool dead = false;
};

}  // namespace

class CurlDriver::Impl : public std::enable_shared_from_this<CurlDriver::Impl> {
 public:
  Impl(asio::io_context& io, long max_idle, Finished finished)
      : io_(io), timer_(io), finished_(std::move(finished)), multi_(curl_multi_init()) {
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Impl::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Impl::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, max_idle);
    curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  }

  /// All handles were removed. Sockets of idle connections are given back before libcurl closes them.
  void close() {
    finished_ = nullptr;
    timer_.cancel();
    curl_multi_cleanup(std::exchange(multi_, nullptr));
    for (auto& [fd, watched] : sockets_) forget(*watched);
    sockets_.clear();
  }

  bool add(CURL* easy) { return curl_multi_add_handle(multi_, easy) == CURLM_OK; }
  void remove(CURL* easy) { curl_multi_remove_handle(multi_, easy); }
  void arm(std::chrono::milliseconds wait) {
    timer_.expires_after(wait);
    timer_.async_wait([self = shared_from_this()](error_code failed) {
      if (!failed) self->act(CURL_SOCKET_TIMEOUT, 0);
    });
  }

 private:
  /// Called by libcurl from within any of its functions: it only notes what is wanted.
  static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
    try {
      static_cast<Impl*>(self)->want(fd, what);
      return 0;
    } catch (const std::exception&) {
      return -1;  // no exception crosses libcurl; the transfers end with an error
    }
  }
  static int on_timer(CURLM*, long milliseconds, void* self) {
    try {
      auto& impl = *static_cast<Impl*>(self);
      if (milliseconds < 0)
        impl.timer_.cancel();
      else
        impl.arm(std::chrono::milliseconds(milliseconds));
      return 0;
    } catch (const std::exception&) {
      return -1;
    }
  }

  static void forget(Watched& watched) {
    watched.dead = true;
    if (watched.descriptor.is_open()) watched.descriptor.release();  // at once: the number may be another socket's soon
  }

  void want(curl_socket_t fd, int what) {
    const auto found = sockets_.find(fd);
    if (what == CURL_POLL_REMOVE) {
      if (found == sockets_.end()) return;
      forget(*found->second);
      sockets_.erase(found);
      return;
    }
    std::shared_ptr<Watched> watched;
    if (found != sockets_.end()) {
      watched = found->second;
    } else {
      watched = std::make_shared<Watched>(io_);
      error_code failed;
      watched->descriptor.assign(fd, failed);
      if (failed) return;  // the transfer runs into its time limit
      sockets_.emplace(fd, watched);
    }
    watched->wants = what;
    wait(fd, watched);
  }

  /// async_wait is for one event: armed again after each, for as long as libcurl wants it.
  void wait(curl_socket_t fd, const std::shared_ptr<Watched>& watched) {
    using Descriptor = asio::posix::stream_descriptor;
    if (watched->dead) return;
    if ((watched->wants & CURL_POLL_IN) != 0 && !std::exchange(watched->reading, true)) {
      watched->descriptor.async_wait(Descriptor::wait_read,
                                     [self = shared_from_this(), fd, watched](error_code failed) {
                                       watched->reading = false;
                                       self->ready(fd, watched, CURL_CSELECT_IN, failed);
                                     });
    }
    if ((watched->wants & CURL_POLL_OUT) != 0 && !std::exchange(watched->writing, true)) {
      watched->descriptor.async_wait(Descriptor::wait_write,
                                     [self = shared_from_this(), fd, watched](error_code failed) {
                                       watched->writing = false;
                                       self->ready(fd, watched, CURL_CSELECT_OUT, failed);
                                     });
    }
  }

  void ready(curl_socket_t fd, const std::shared_ptr<Watched>& watched, int event, error_code failed) {
    if (watched->dead || failed == asio::error::operation_aborted) return;
    const bool wanted = (watched->wants & (event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT)) != 0;
    if (wanted) act(fd, failed ? CURL_CSELECT_ERR : event);
    if (wanted) wait(fd, watched);
  }

  void act(curl_socket_t fd, int events) {
    if (multi_ == nullptr) return;
    int running = 0;
    curl_multi_socket_action(multi_, fd, events, &running);
    read_results();
  }

  void read_results() {
    int left = 0;
    while (multi_ != nullptr) {
      const CURLMsg* message = curl_multi_info_read(multi_, &left);
      if (message == nullptr) return;
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode code = message->data.result;
      curl_multi_remove_handle(multi_, easy);  // the message is gone with it
      if (finished_) finished_(easy, code);
    }
  }

  asio::io_context& io_;
  asio::steady_timer timer_;
  Finished finished_;
  CURLM* multi_;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watched>> sockets_;
};

CurlDriver::CurlDriver(asio::io_context& io, long max_idle, Finished finished)
    : impl_(std::make_shared<Impl>(io, max_idle, std::move(finished))) {}

CurlDriver::~CurlDriver() { impl_->close(); }

bool CurlDriver::add(CURL* easy) { return impl_->add(easy); }
void CurlDriver::remove(CURL* easy) { impl_->remove(easy); }
void CurlDriver::nudge() { impl_->arm(std::chrono::milliseconds(0)); }

}  // namespace newsd
