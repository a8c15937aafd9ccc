#include "daemon/serve/http_connection.h"

#include "daemon/ops/log.h"
#include "daemon/serve/api.h"
#include "daemon/serve/consumers.h"
#include "daemon/serve/hub_answer.h"
#include "daemon/serve/overview.h"
#include "daemon/serve/page.h"
#include "daemon/serve/push_wait.h"
#include "daemon/serve/quarantine_answer.h"
#include "daemon/serve/websocket_session.h"
#include "daemon/stream/buffer_run.h"
#include "daemon/stream/turns.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <exception>
#include <span>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLinger{1000};
constexpr std::size_t kLingerBytes = 256 << 10;

unsigned status_of(const Error& error) {
  if (error.is(AccessError::WrongHost)) return 421;
  if (error.is(AccessError::WrongOrigin)) return 403;
  if (error.is(AccessError::Unauthorized)) return 401;
  if (error.is(ShapeError::NotAcceptable)) return 406;
  if (error.is(HttpError::HeaderTooLarge)) return 431;
  if (error.is(HttpError::BodyTooLarge)) return 413;
  if (error.is(HttpError::Incomplete)) return 408;
  if (error.is(StreamError::JournalUnreadable)) return 503;
  return 400;
}

HttpAnswer answer_of(const Error& error) {
  HttpAnswer answer = error_answer(status_of(error), error);
  if (error.is(AccessError::Unauthorized)) answer.fields.push_back({"WWW-Authenticate", "Bearer"});
  return answer;
}

}  // namespace

HttpConnection::HttpConnection(std::shared_ptr<const ServeTerms> terms, ClientSocket socket)
    : owned_terms_(std::move(terms)),
      terms_(*owned_terms_),
      socket_(std::move(socket)),
      reader_(socket_),
      allowance_(terms_.config.max_rate, SteadyClock::now()),
      deadline_(terms_.context.io) {}

void HttpConnection::start(std::function<void(const std::shared_ptr<HttpConnection>&)> ended) {
  ended_ = std::move(ended);
  boost::system::error_code ignored;  // a descriptor that cannot be made non-blocking fails at its first use
  socket_.non_blocking(ignored);
  net::co_spawn(terms_.context.io, run(), [self = shared_from_this()](std::exception_ptr failure) {
    if (failure) log_error("serve", "a client's connection broke off");
    self->abort();
    if (auto ended_now = std::exchange(self->ended_, nullptr)) ended_now(self);
  });
}

void HttpConnection::wake() {
  if (stream_) stream_->wake();
}

void HttpConnection::stop() {
  stopping_ = true;
  if (stream_) return stream_->stop();
  boost::system::error_code ignored;
  if (idle_) socket_.cancel(ignored);
}

void HttpConnection::abort() {
  gone_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  deadline_.cancel();
  if (stream_) stream_->leave();
  if (close_socket_) close_socket_();
  if (const auto wait = push_wait_.lock()) wait->wakeup.notify();
  if (const auto wait = content_wait_.lock()) wait->wakeup.notify();
}

void HttpConnection::arm(std::chrono::milliseconds time) {
  is_late_ = false;
  deadline_.expires_after(time);
  deadline_.async_wait([weak = weak_from_this(), round = ++armed_](const boost::system::error_code& cancelled) {
    const auto self = weak.lock();
    if (!self || cancelled || self->gone_ || self->armed_ != round) return;
    self->is_late_ = true;
    boost::system::error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void HttpConnection::disarm() {
  ++armed_;
  deadline_.cancel();
}

/// True when requests may come.
net::awaitable<bool> HttpConnection::shake_hands() {
  arm(terms_.timing.header_timeout);
  const Result<void> shaken = co_await socket_.handshake();
  disarm();
  if (!shaken && !gone_) log_info("serve", "a client's TLS handshake failed", {{"error", shaken.error().text}});
  co_return shaken.has_value();
}

net::awaitable<void> HttpConnection::run() {
  bool goes_on = co_await shake_hands();
  while (goes_on && !gone_ && !stopping_) {
    idle_ = true;
    arm(terms_.timing.header_timeout);
    Result<HttpRequest> request = co_await reader_.header();
    disarm();
    idle_ = false;
    if (!request) {
      Error error = request.error();
      co_await refuse(std::move(error));
      co_return;
    }
    HttpRequest asked = std::move(*request);
    goes_on = co_await serve(std::move(asked));
  }
}

/// A request that did not come whole or is none: told if anything came at all.
net::awaitable<void> HttpConnection::refuse(Error error) {
  if (gone_ || error.is(HttpError::Closed)) co_return;
  log_info("serve", "a request was refused", {{"code", error.code}, {"error", error.message()}});
  HttpAnswer words = answer_of(error);
  co_await answer(std::move(words), true, false);
}

/// A body that was not read is in the way of another request; HTTP/1.0 would want to be told that there may be one.
bool HttpConnection::closes_behind(const HttpRequest& request) const {
  return request.has_body || !request.keeps_alive || request.is_http_10 || stopping_;
}

/// Whether a hub may speak there: only where newsd takes part in WebSub.
bool HttpConnection::is_hub_path(std::string_view path) const {
  if (!path.starts_with(kHubPath)) return false;
  const HubCallbacks* hubs = terms_.view.hubs();
  return hubs != nullptr && hubs->takes_content();
}

/// True when the connection can carry another request.
net::awaitable<bool> HttpConnection::serve(HttpRequest request) {
  const bool closes = closes_behind(request), is_head = request.method == "HEAD";
  Result<Target> target = parse_target(request.target);
  Guard guard = target && is_page(target->path) ? Guard::NoToken : Guard::Token;
  if (target && is_hub_path(target->path)) guard = Guard::Unguessable;
  std::optional<Error> refused = refusal_of(request, terms_.access, guard);
  if (!refused && !target) refused = target.error();
  if (!refused && !allowance_.allows(SteadyClock::now())) {
    HttpAnswer words = error_answer(429, too_many_requests(terms_.config.max_rate));
    words.fields.push_back({"Retry-After", "1"});
    co_return co_await answer(std::move(words), closes, is_head);
  }
  if (refused) {
    log_info("serve", "a request was refused", {{"code", refused->code}});
    HttpAnswer words = answer_of(*refused);
    co_return co_await answer(std::move(words), closes, is_head);
  }
  Target where = std::move(*target);
  co_return co_await serve_at(std::move(request), std::move(where));
}

/// The same, of a request that may be served.
net::awaitable<bool> HttpConnection::serve_at(HttpRequest request, Target target) {
  const bool closes = closes_behind(request), is_head = request.method == "HEAD", is_post = request.method == "POST";
  if (is_hub_path(target.path) && is_post) co_return co_await take_content(std::move(request), std::move(target));
  if (is_hub_path(target.path) && request.method == "GET") {
    HttpAnswer words = hub_verification(target, *terms_.view.hubs());
    co_return co_await answer(std::move(words), closes, is_head);
  }
  if (target.path == kPushPath && is_post) co_return co_await take_push(std::move(request), std::move(target));
  if (target.path.starts_with(kConsumersPath) && is_post) {
    LineTaker taker = [name = target.path.substr(kConsumersPath.size()), terms = owned_terms_](std::string line) {
      return move_consumer(name, std::move(line), terms);
    };
    co_return co_await take_line(std::move(request), std::move(taker));
  }
  if (target.path == kQuarantinePath && is_post) {
    LineTaker taker = [terms = owned_terms_](std::string line) { return retry_answer(std::move(line), terms); };
    co_return co_await take_line(std::move(request), std::move(taker));
  }
  if (target.path == kQuarantinePath && (request.method == "GET" || is_head)) {
    HttpAnswer found = co_await quarantine_answer(owned_terms_);
    co_return co_await answer(std::move(found), closes, is_head);
  }
  if (target.path == kStoriesPath && (request.method == "GET" || is_head)) {
    HttpAnswer found = co_await stories_answer(owned_terms_);
    co_return co_await answer(std::move(found), closes, is_head);
  }
  if (target.path != "/events" || request.method != "GET") {
    HttpAnswer found = api_answer(request, target, terms_);
    co_return co_await answer(std::move(found), closes, is_head);
  }
  Result<EventRequest> wanted = event_request(request, target);
  if (!wanted) {
    HttpAnswer words = answer_of(wanted.error());
    co_return co_await answer(std::move(words), closes, is_head);
  }
  EventRequest asked = std::move(*wanted);
  co_await stream(std::move(request), std::move(asked));
  co_return false;
}

net::awaitable<bool> HttpConnection::answer(HttpAnswer answer, bool closes, bool without_body) {
  const std::string bytes = bytes_of(answer, closes, without_body);
  std::vector<net::const_buffer> buffers;
  buffers.push_back(net::buffer(bytes));
  const bool sent = co_await send(std::move(buffers));
  if (sent && closes) co_await linger();
  co_return sent && !closes;
}

/// Closes our side and takes what still comes, for a moment: a close with bytes unread would be a reset, which can
/// overtake the answer.
net::awaitable<void> HttpConnection::linger() {
  boost::system::error_code ec;
  socket_.end_writing(ec);
  arm(kLinger);
  std::array<char, 4096> block{};
  for (std::size_t taken = 0; !ec && !gone_ && taken < kLingerBytes;)
    taken += co_await socket_.async_read_some(net::buffer(block), net::redirect_error(net::use_awaitable, ec));
  disarm();
}

net::awaitable<void> HttpConnection::stream(HttpRequest request, EventRequest wanted) {
  const StreamShape shape = wanted.shape;
  auto stream = std::make_shared<EventStream>(owned_terms_, std::move(wanted));
  Result<void> placed = co_await stream->take_place();
  if (!placed) {
    HttpAnswer words = answer_of(placed.error());
    co_await answer(std::move(words), true, false);
    co_return;
  }
  stream_ = std::move(stream);
  if (stopping_) stream_->stop();
  if (shape != StreamShape::WebSocket) {
    co_await stream_body(!request.is_http_10);
    co_return;
  }
  auto session = std::make_shared<WebSocketSession>(std::move(socket_), stream_, terms_.config.write_timeout);
  close_socket_ = [weak = std::weak_ptr(session)] {
    if (auto self = weak.lock()) self->close_now();
  };
  std::string rest = reader_.take_rest();
  co_await session->run(std::move(request), std::move(rest));
}

net::awaitable<void> HttpConnection::stream_body(bool in_chunks) {
  in_chunks_ = in_chunks;
  std::string head = stream_head(media_type_of(stream_->shape()), in_chunks);
  head += first_frame(stream_->shape(), in_chunks);
  if (!co_await send_text(std::move(head))) co_return;
  net::co_spawn(terms_.context.io, watch_client(),
                [self = shared_from_this()](std::exception_ptr) { self->stream_->leave(); });
  co_await stream_->run(this);
  if (!in_chunks || gone_) co_return;
  std::string last(last_chunk());
  co_await send_text(std::move(last));
}

/// Ends when the client goes: it has nothing to say any more, so what it says is dropped.
net::awaitable<void> HttpConnection::watch_client() {
  std::array<char, 1024> block{};
  boost::system::error_code ec;
  while (!gone_) {
    co_await socket_.async_read_some(net::buffer(block), net::redirect_error(net::use_awaitable, ec));
    if (ec && ec != net::error::operation_aborted)
      break;  // a write that waited too long was called back; gone_ says more
  }
}

net::awaitable<bool> HttpConnection::events(std::vector<Sequence> sequences, std::vector<SharedLine> lines) {
  const EventBatch batch(stream_->shape(), in_chunks_, sequences, std::move(lines));
  std::vector<net::const_buffer> buffers = batch.buffers();
  const bool sent = co_await send(std::move(buffers));
  co_return sent;
}

net::awaitable<bool> HttpConnection::notice(std::string name, std::string json, Sequence position) {
  std::string frame = notice_frame(stream_->shape(), in_chunks_, name, json, position);
  const bool sent = co_await send_text(std::move(frame));
  co_return sent;
}

net::awaitable<bool> HttpConnection::send_text(std::string text) {
  std::vector<net::const_buffer> buffers;
  buffers.push_back(net::buffer(text));
  const bool sent = co_await send(std::move(buffers));
  co_return sent;
}

/// Writes all of it; what the buffers stand for lives in the caller's frame until then.
net::awaitable<bool> HttpConnection::send(std::vector<net::const_buffer> buffers) {
  BufferRun run(std::move(buffers));
  bool overdue = false;
  while (!gone_ && !run.empty()) {
    boost::system::error_code ec;
    run.consume(socket_.write_some(run.next(), ec));
    if (ec == net::error::would_block && !overdue) {
      arm(terms_.config.write_timeout);
      co_await socket_.async_writable(net::redirect_error(net::use_awaitable, ec));
      disarm();
      co_await Turns::of(terms_.context.io).take(net::use_awaitable);  // room comes to many at once
      // late, one more attempt: a client that took a little makes no room by the kernel's measure, but takes more
      overdue = is_late_;
      if (ec && !overdue) co_return false;
      continue;
    }
    if (ec == net::error::would_block) log_warn("serve", "a client that took nothing was let go");
    if (ec) co_return false;
    overdue = false;
  }
  co_return !gone_;
}

}  // namespace newsd
