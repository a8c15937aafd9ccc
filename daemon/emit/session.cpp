#include "daemon/emit/session.h"

#include "daemon/config/secret_file.h"
#include "daemon/event/json_text.h"
#include "daemon/event/notice.h"
#include "daemon/ops/log.h"
#include "daemon/stream/buffer_run.h"
#include "daemon/stream/gap_notice.h"
#include "daemon/stream/request_place.h"
#include "daemon/stream/stream_error.h"
#include "daemon/stream/turns.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
using SteadyClock = std::chrono::steady_clock;

std::string stopping_line(Sequence position) {
  JsonText json;
  json.begin_object().key("stopping").begin_object().member("position", digits_of(position)).end_object().end_object();
  return json.take();
}

/// What send() takes, of one text without its newline.
std::vector<SharedLine> one_line(std::string text) {
  text += '\n';
  std::vector<SharedLine> lines;
  lines.push_back(std::make_shared<const std::string>(std::move(text)));
  return lines;
}

}  // namespace

Session::Session(std::shared_ptr<const SessionTerms> terms, ClientSocket socket)
    : owned_terms_(std::move(terms)),
      terms_(*owned_terms_),
      socket_(std::move(socket)),
      wakeup_(terms_.context.io),
      stall_timer_(terms_.context.io),
      filter_(terms_.wanted.filter),
      cursor_(terms_.context.tail, terms_.context.history, terms_.context.tail.last(), filter_,
              *terms_.wanted.encoding),
      live_(terms_.context.tail.last()),
      acknowledged_(terms_.context),
      last_sent_(SteadyClock::now()) {}

void Session::start(std::function<void(const std::shared_ptr<Session>&)> ended) {
  ended_ = std::move(ended);
  boost::system::error_code ignored;  // a descriptor that cannot be made non-blocking fails at its first use
  socket_.non_blocking(ignored);
  auto self = shared_from_this();
  net::co_spawn(terms_.context.io, write_loop(), [self](std::exception_ptr failure) {
    if (failure) log_error("emit", "a client's stream broke off", {{"output", self->terms_.output}});
    self->abort();
    self->acknowledged_.finish();
    if (auto ended_now = std::exchange(self->ended_, nullptr)) ended_now(self);
  });
}

void Session::stop() {
  stopping_ = true;
  boost::system::error_code ignored;
  if (is_shaking_hands_) socket_.cancel(ignored);
  wakeup_.notify();
}

void Session::abort() {
  gone_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  stall_timer_.cancel();
  wakeup_.notify();
}

net::awaitable<void> Session::write_loop() {
  if (!co_await shake_hands()) co_return;
  net::co_spawn(terms_.context.io, read_loop(), [self = shared_from_this()](std::exception_ptr failure) {
    if (failure) log_error("emit", "reading from a client broke off", {{"output", self->terms_.output}});
  });
  co_await wait_for_request();
  co_await stream();
  if (refused_ && !gone_) {
    std::vector<SharedLine> words = one_line(error_line(*refused_));
    co_await send(std::move(words));
  }
  boost::system::error_code ignored;
  if (socket_.has_tls() && !gone_) socket_.end_writing(ignored);  // without a goodbye the end would look cut off
}

/// True when the client may speak.
net::awaitable<bool> Session::shake_hands() {
  if (!socket_.has_tls()) co_return true;
  if (stopping_) co_return false;
  call_back_after(terms_.timing.request_timeout);
  is_shaking_hands_ = true;
  const Result<void> shaken = co_await socket_.handshake();
  is_shaking_hands_ = false;
  stall_timer_.cancel();
  if (!shaken && !gone_)
    log_info("emit", "a client's TLS handshake failed", {{"output", terms_.output}, {"error", shaken.error().text}});
  co_return shaken && !gone_;
}

net::awaitable<void> Session::wait_for_request() {
  const auto came = SteadyClock::now();
  while (!asked_ && !refused_ && !gone_ && !stopping_) {
    if (input_ended_) break;  // it will say nothing any more
    const bool begun = !input_.empty() || !terms_.token.empty();
    const auto until = came + (begun ? terms_.timing.request_timeout : terms_.timing.silence);
    if (SteadyClock::now() >= until) {
      if (!begun) break;
      refuse(Error(StreamError::RequestIncomplete, input_.empty() ? "a request with the token did not come in time"
                                                                  : "the request was begun and not finished in time"));
    }
    if (!refused_) co_await wakeup_.wait(until);
  }
  if (!may_read()) refuse(Error(StreamError::Forbidden, R"(this output asks for its token: {"token": "…"})"));
}

/// Whether the client said the token, if one is asked for.
bool Session::may_read() const { return terms_.token.empty() || same_secret(request_.token, terms_.token); }

net::awaitable<void> Session::stream() {
  Turns& turns = Turns::of(terms_.context.io);
  while (!refused_ && !gone_) {
    if (!taken_up_) co_await take_up();
    if (refused_ || gone_) break;
    Result<Delivery> next = cursor_.next(Cursor::kBatchEvents, Cursor::kClientBytes);
    if (!next) {
      log_warn("emit", "a client's events cannot be read",
               {{"output", terms_.output}, {"error", next.error().message()}});
      refuse(next.error());
      break;
    }
    bool good = true;
    if (!next->advanced) {
      good = co_await stand_by();
    } else if (next->gap) {
      std::vector<SharedLine> words =
          one_line(gap_notice(*next->gap, terms_.context.source, terms_.context.now(), cursor_.encoding()));
      sent_ = true;
      good = co_await send(std::move(words));
    } else if (!next->lines.empty()) {
      sent_ = true;
      std::vector<SharedLine> lines = std::move(next->lines);
      good = co_await send(std::move(lines));
    }
    if (!good) break;
    co_await turns.take(net::use_awaitable);
  }
}

/// Nothing is there to send: waits for events; false when the session is over.
net::awaitable<bool> Session::stand_by() {
  if (stopping_) {
    std::vector<SharedLine> words = one_line(stopping_line(cursor_.position()));
    co_await send(std::move(words));
    co_return false;
  }
  auto until = Wakeup::kNever;
  if (request_.heartbeat) until = last_sent_ + *request_.heartbeat;
  if (SteadyClock::now() < until) {
    const bool woken = co_await wakeup_.wait(until);
    if (woken) co_return true;
  }
  std::vector<SharedLine> words = one_line(heartbeat_line(cursor_.position(), terms_.context.now()));
  const bool sent = co_await send(std::move(words));
  co_return sent;
}

/// Moves the cursor to where the request wants it.
net::awaitable<void> Session::take_up() {
  taken_up_ = true;
  if (request_.types) filter_.types = *request_.types;
  if (!request_.where.empty()) {
    auto where = terms_.context.wheres.compiled(request_.where);
    if (!where) co_return refuse(where.error());
    filter_.where = *std::move(where);
  }
  const Encoding* encoding = request_.format.empty() ? terms_.wanted.encoding : encoding_named(request_.format);
  cursor_.want(filter_, *encoding);
  const std::optional<CursorRow> stored =
      request_.name.empty() ? std::optional<CursorRow>() : terms_.context.cursors.find(row());
  From from = FromLatest{};
  if (request_.from)
    from = *request_.from;
  else if (stored)
    from = FromAfter{stored->sequence};
  std::shared_ptr<const StreamContext> context(owned_terms_, &terms_.context);
  Result<Sequence> after = co_await place_of(from, live_, filter_, std::move(context));
  if (after)
    cursor_.move_to(*after);
  else
    refuse(after.error());
}

net::awaitable<bool> Session::send(std::vector<SharedLine> lines) {
  std::vector<net::const_buffer> buffers;
  buffers.reserve(lines.size());
  for (const SharedLine& line : lines) buffers.push_back(net::buffer(*line));
  BufferRun run(std::move(buffers));
  bool overdue = false;
  while (!run.empty() && !gone_) {
    boost::system::error_code ec;
    run.consume(socket_.write_some(run.next(), ec));
    if (ec == net::error::would_block && !overdue) {
      const Room room = co_await wait_for_room();
      if (room == Room::Gone) co_return false;
      // overdue, one more attempt: a client that took a little makes no room by the kernel's measure, but takes more
      overdue = room == Room::Overdue;
      continue;
    }
    if (ec == net::error::would_block)
      log_warn("emit", "a client that took nothing was let go",
               {{"output", terms_.output}, {"consumer", request_.name}, {"position", cursor_.position().value()}});
    if (ec) co_return false;
    overdue = false;
    last_sent_ = SteadyClock::now();
  }
  co_return !gone_;
}

/// What waits at the socket then ends, unless stall_timer_ is cancelled before.
void Session::call_back_after(std::chrono::milliseconds time) {
  stall_timer_.expires_after(time);
  stall_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& cancelled) {
    boost::system::error_code ignored;
    if (auto self = weak.lock(); self && !cancelled && !self->gone_) self->socket_.cancel(ignored);
  });
}

net::awaitable<Session::Room> Session::wait_for_room() {
  call_back_after(terms_.write_timeout);
  boost::system::error_code ec;
  co_await socket_.async_writable(net::redirect_error(net::use_awaitable, ec));
  stall_timer_.cancel();
  co_await Turns::of(terms_.context.io).take(net::use_awaitable);  // room comes to many at once
  if (gone_) co_return Room::Gone;
  if (ec) co_return Room::Overdue;
  co_return Room::Maybe;
}

}  // namespace newsd
