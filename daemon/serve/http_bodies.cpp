// HttpConnection's share in requests with a body: admits it, takes it, and answers what became of it.
#include "daemon/serve/api.h"
#include "daemon/serve/http_connection.h"
#include "daemon/serve/push_answer.h"
#include "daemon/serve/push_request.h"
#include "daemon/serve/push_wait.h"

#include "daemon/ops/log.h"

#include <boost/asio/use_awaitable.hpp>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

enum class PushFault { NotTaken, TooLarge, NotDurableYet };
std::string_view code_of(PushFault e) {
  switch (e) {
    case PushFault::NotTaken: return "not-taken";
    case PushFault::TooLarge: return "body-too-large";
    case PushFault::NotDurableYet: return "not-durable-yet";
  }
  return "not-taken";
}

HttpAnswer push_refusal(const Error& error) {
  unsigned status = 400;
  if (error.is(PushError::NoRoom) || error.is(PushError::Stopped) || error.is(PushFault::NotDurableYet)) status = 503;
  if (error.is(PushError::KeyInUse)) status = 409;
  if (error.is(PushError::KeyReused)) status = 422;
  if (error.is(PushFault::NotTaken)) status = 403;
  if (error.is(PushFault::TooLarge) || error.is(HttpError::BodyTooLarge)) status = 413;
  if (error.is(HttpError::Incomplete)) status = 408;
  if (error.is(PushRequestError::UnsupportedMedia)) status = 415;
  HttpAnswer answer = error_answer(status, error);
  if (status == 503 || status == 409)
    answer.fields.push_back({"Retry-After", error.is(PushError::Stopped) ? "5" : "1"});
  return answer;
}

Error no_room() { return {PushError::NoRoom, "newsd has more to read than it may hold"}; }

/// Why the body need not be sent at all.
std::optional<Error> refusal_before_body(const HttpRequest& request, const ServeTerms& terms) {
  if (terms.push == nullptr || !terms.config.push)
    return Error(PushFault::NotTaken, "this server takes no articles (push in [http] of the configuration)");
  const std::uint64_t most = terms.push->max_bytes(), announced = request.content_length.value_or(0);
  if (announced > most)
    return Error(PushFault::TooLarge, "an input has at most " + std::to_string(most) + " bytes (limits.max_bytes)");
  if (!terms.push->has_room(announced)) return no_room();
  return std::nullopt;
}

}  // namespace

/// Answers without having read the body, which ends the connection.
net::awaitable<bool> HttpConnection::answer_unread(HttpRequest request, Error error) {
  log_info("serve", "a body was refused", {{"code", error.code}});
  HttpAnswer words = push_refusal(error);
  const bool closes = request.has_body || !request.keeps_alive || stopping_;
  co_return co_await answer(std::move(words), closes, false);
}

/// To a client that waits to be told before it sends its body. False: it is gone.
net::awaitable<bool> HttpConnection::send_continue(bool is_waited_for) {
  if (!is_waited_for) co_return true;
  std::vector<net::const_buffer> go_on;
  go_on.push_back(net::buffer(kContinue));
  co_return co_await send(std::move(go_on));
}

net::awaitable<bool> HttpConnection::take_push(HttpRequest request, Target target) {
  Result<Push> wanted = push_of(request, target);
  std::optional<Error> refused = refusal_before_body(request, terms_);
  if (!refused && !wanted) refused = wanted.error();
  BodyBudget::Share share;
  if (!refused) {
    share = terms_.bodies->reserve(request.content_length.value_or(terms_.push->max_bytes()));
    if (share == nullptr) refused = no_room();
  }
  if (refused) {
    Error error = *std::move(refused);
    co_return co_await answer_unread(std::move(request), std::move(error));
  }
  if (!co_await send_continue(request.expects_continue)) co_return false;
  arm(terms_.timing.body_timeout);
  Result<std::string> body = co_await reader_.body(terms_.push->max_bytes());
  disarm();
  if (!body) {
    Error error = body.error();
    co_return co_await answer_unread(std::move(request), std::move(error));
  }
  Push push = *std::move(wanted);
  push.bytes = *std::move(body);
  HttpAnswer words = co_await push_outcome(std::move(push));
  share.reset();
  const bool closes = !request.keeps_alive || request.is_http_10 || stopping_;
  co_return co_await answer(std::move(words), closes, false);
}

/// What is asked with one short line: a consumer's acknowledgement, a file to be read again.
net::awaitable<bool> HttpConnection::take_line(HttpRequest request, LineTaker taker) {
  if (!co_await send_continue(request.expects_continue)) co_return false;
  arm(terms_.timing.body_timeout);
  Result<std::string> body = co_await reader_.body(kRequestBytes);
  disarm();
  if (!body) {
    Error error = body.error();
    co_return co_await answer_unread(std::move(request), std::move(error));
  }
  std::string line = *std::move(body);
  HttpAnswer words = co_await taker(std::move(line));
  const bool closes = !request.keeps_alive || request.is_http_10 || stopping_;
  co_return co_await answer(std::move(words), closes, false);
}

/// Hands the push to its source and waits until it is durable.
net::awaitable<HttpAnswer> HttpConnection::push_outcome(Push push) {
  auto wait = std::make_shared<PushWait>(terms_.context.io);
  push_wait_ = wait;
  const Result<void> taken = terms_.push->deliver(
      std::move(push), [wait](const Outcome& outcome, bool is_repeat) { wait->tell(outcome, is_repeat); });
  if (!taken) {
    HttpAnswer words = push_refusal(taken.error());
    co_return words;
  }
  const auto until = SteadyClock::now() + terms_.timing.commit_timeout;
  while (!wait->outcome && !gone_ && SteadyClock::now() < until) co_await wait->wakeup.wait(until);
  HttpAnswer words;
  if (wait->outcome) {
    words = push_answer(*wait->outcome, wait->is_repeat, terms_);
  } else {
    words = push_refusal(Error(PushFault::NotDurableYet,
                               "it was taken and is not durable yet: ask again with the same Idempotency-Key"));
  }
  co_return words;
}

}  // namespace newsd
