// HttpConnection's share in WebSub: takes what a hub sends, within bounds, and answers when it is durable.
#include "daemon/ops/log.h"
#include "daemon/serve/http_connection.h"
#include "daemon/serve/hub_answer.h"
#include "daemon/serve/push_wait.h"

#include <boost/asio/use_awaitable.hpp>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
using SteadyClock = std::chrono::steady_clock;

Error no_room() { return {HubError::NoRoom, "newsd has more to read than it may hold"}; }

}  // namespace

net::awaitable<bool> HttpConnection::take_content(HttpRequest request, Target target) {
  HubCallbacks& hubs = *terms_.view.hubs();
  HubContent content = hub_content(request, target);
  std::optional<Error> refused;
  if (auto admitted = hubs.admits(content.token); !admitted) refused = admitted.error();
  BodyBudget::Share share;
  if (!refused) {
    share = terms_.bodies->reserve(std::min(request.content_length.value_or(hubs.max_content()), hubs.max_content()));
    if (share == nullptr) refused = no_room();
  }
  Result<std::string> body = std::string();
  if (!refused) {
    if (!co_await send_continue(request.expects_continue)) co_return false;
    arm(terms_.timing.body_timeout);
    body = co_await reader_.body(hubs.max_content());
    disarm();
    if (!body) refused = body.error();
  }
  if (refused) {
    log_info("serve", "what a hub sent was refused", {{"code", refused->code}});
    HttpAnswer words = hub_refusal(*refused);
    co_return co_await answer(std::move(words), closes_behind(request), false);
  }
  content.body = *std::move(body);
  HttpAnswer words = co_await content_outcome(std::move(content));
  share.reset();
  const bool closes = !request.keeps_alive || request.is_http_10 || stopping_;
  co_return co_await answer(std::move(words), closes, false);
}

/// Hands the content over and waits until what came of it is durable.
net::awaitable<HttpAnswer> HttpConnection::content_outcome(HubContent content) {
  auto wait = std::make_shared<ContentWait>(terms_.context.io);
  content_wait_ = wait;
  HubCallbacks* hubs = terms_.view.hubs();  // it may have gone while the body came
  Result<void> admitted = Error(HubError::Stopped, "newsd is stopping");
  if (hubs != nullptr) admitted = hubs->take_content(std::move(content), [wait](bool taken) { wait->tell(taken); });
  if (!admitted) {
    HttpAnswer words = hub_refusal(admitted.error());
    co_return words;
  }
  const auto until = SteadyClock::now() + terms_.timing.commit_timeout;
  while (!wait->taken && !gone_ && SteadyClock::now() < until) co_await wait->wakeup.wait(until);
  HttpAnswer words = hub_thanks();
  if (!wait->taken.value_or(false)) words = hub_refusal(no_room());
  co_return words;
}

}  // namespace newsd
