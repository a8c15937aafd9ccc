// HttpConnection: one client of the HTTP server: reads a request, answers it, reads the next; or streams events until
// the client goes, stops reading, or the daemon stops. Bounded in bytes, requests and time. I/O thread only.
#pragma once

#include "daemon/serve/event_frames.h"
#include "daemon/serve/event_stream.h"
#include "daemon/serve/http_reader.h"
#include "daemon/serve/rate_limit.h"
#include "feeds/source/hub_callbacks.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace newsd {

struct PushWait;
struct ContentWait;

class HttpConnection : public EventSink, public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(std::shared_ptr<const ServeTerms> terms, ClientSocket socket);
  /// Begins; ended is called once, when nothing of the connection is left to do.
  void start(std::function<void(const std::shared_ptr<HttpConnection>&)> ended);
  void wake();
  /// Answers what was asked, hands on what is committed up to now, then closes.
  void stop();
  /// Closes at once.
  void abort();

 private:
  /// Answers what a short line in a body says.
  using LineTaker = std::function<boost::asio::awaitable<HttpAnswer>(std::string)>;

  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<bool> serve(HttpRequest request);
  boost::asio::awaitable<bool> serve_at(HttpRequest request, Target target);
  bool closes_behind(const HttpRequest& request) const;
  bool is_hub_path(std::string_view path) const;
  boost::asio::awaitable<bool> take_push(HttpRequest request, Target target);
  boost::asio::awaitable<bool> take_content(HttpRequest request, Target target);
  boost::asio::awaitable<HttpAnswer> content_outcome(HubContent content);
  boost::asio::awaitable<bool> send_continue(bool is_waited_for);
  boost::asio::awaitable<bool> take_line(HttpRequest request, LineTaker taker);
  boost::asio::awaitable<bool> answer_unread(HttpRequest request, Error error);
  boost::asio::awaitable<HttpAnswer> push_outcome(Push push);
  boost::asio::awaitable<void> stream(HttpRequest request, EventRequest wanted);
  boost::asio::awaitable<void> stream_body(bool in_chunks);
  boost::asio::awaitable<void> watch_client();
  boost::asio::awaitable<bool> answer(HttpAnswer answer, bool closes, bool without_body);
  boost::asio::awaitable<void> refuse(Error error);
  boost::asio::awaitable<void> linger();
  boost::asio::awaitable<bool> send(std::vector<boost::asio::const_buffer> buffers);
  boost::asio::awaitable<bool> send_text(std::string text);
  boost::asio::awaitable<bool> events(std::vector<Sequence> sequences, std::vector<SharedLine> lines) override;
  boost::asio::awaitable<bool> notice(std::string name, std::string json, Sequence position) override;
  /// What waits at the socket is called back when the time is over.
  void arm(std::chrono::milliseconds time);
  void disarm();

  std::shared_ptr<const ServeTerms> owned_terms_;
  const ServeTerms& terms_;
  ClientSocket socket_;
  HttpReader reader_;
  RateLimit allowance_;
  boost::asio::steady_timer deadline_;
  std::shared_ptr<EventStream> stream_;  ///< once it streams
  std::function<void()> close_socket_;   ///< of a WebSocket, which has taken the socket
  std::weak_ptr<PushWait> push_wait_;    ///< while a push is not durable
  std::weak_ptr<ContentWait> content_wait_;
  bool in_chunks_ = true;
  bool is_late_ = false;  ///< the time armed is over
  std::uint64_t armed_ =
      0;  ///< counts times armed and disarmed: a timer that ended just before is not taken for a later
  bool idle_ = true, stopping_ = false, gone_ = false;
  std::function<void(const std::shared_ptr<HttpConnection>&)> ended_;
};

}  // namespace newsd
