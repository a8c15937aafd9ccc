#include "daemon/serve/event_stream.h"

#include "daemon/event/json_text.h"
#include "daemon/event/notice.h"
#include "daemon/ops/log.h"
#include "daemon/stream/gap_notice.h"
#include "daemon/stream/request_place.h"
#include "daemon/stream/turns.h"

#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <limits>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kBatchEvents = 64;

std::string stopping_notice(Sequence position) {
  JsonText json;
  json.begin_object().key("stopping").begin_object().member("position", digits_of(position));
  return json.end_object().end_object().take();
}

}  // namespace

EventStream::EventStream(std::shared_ptr<const ServeTerms> terms, EventRequest wanted)
    : terms_(std::move(terms)),
      wanted_(std::move(wanted)),
      wakeup_(terms_->context.io),
      cursor_(terms_->context.tail, terms_->context.history, terms_->context.tail.last(), EventFilter{},
              encodings().front()),
      live_(terms_->context.tail.last()),
      left_(wanted_.limit.value_or(std::numeric_limits<std::uint64_t>::max())),
      last_sent_(SteadyClock::now()),
      acknowledged_(terms_->context) {}

net::awaitable<Result<void>> EventStream::take_place() {
  const Request& request = wanted_.request;
  EventFilter filter;
  if (request.types) filter.types = *request.types;
  auto where = terms_->context.wheres.compiled(request.where);
  if (!where) co_return where.error();
  filter.where = *std::move(where);
  cursor_.want(filter, request.format.empty() ? encodings().front() : *encoding_named(request.format));
  From from = request.from.value_or(From(FromLatest()));
  const std::optional<CursorRow> stored =
      request.name.empty() ? std::nullopt : terms_->context.cursors.find(consumer_row(request.name));
  if (!request.from && stored) from = FromAfter{stored->sequence};
  std::shared_ptr<const StreamContext> context(terms_, &terms_->context);
  Result<Sequence> place = co_await place_of(from, live_, std::move(filter), std::move(context));
  if (!place) co_return place.error();
  cursor_.move_to(*place);
  co_return Result<void>();
}

void EventStream::stop() {
  stopping_ = true;
  wakeup_.notify();
}

void EventStream::leave() {
  gone_ = true;
  wakeup_.notify();
}

void EventStream::hear(std::string_view line) {
  if (refused_ || line.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
  auto said = parse_client_line(line);
  if (!said) {
    refused_ = said.error();
  } else if (const auto* ack = std::get_if<Acknowledgement>(&*said)) {
    auto taken = acknowledged_.take(wanted_.request.name, ack->sequence, cursor_.position());
    if (!taken) refused_ = taken.error();
  } else {
    refused_ =
        Error(StreamError::LateRequest, "what is wanted stands in the URL; here only acknowledgements are heard");
  }
  if (refused_) wakeup_.notify();
}

net::awaitable<void> EventStream::run(EventSink* sink) {
  co_await serve(sink);
  acknowledged_.finish();
  if (!refused_ || gone_) co_return;
  std::string words = error_line(*refused_);
  co_await sink->notice("error", std::move(words), cursor_.position());
}

net::awaitable<void> EventStream::serve(EventSink* sink) {
  Turns& turns = Turns::of(terms_->context.io);
  bool good = true;
  while (good && !gone_ && !refused_ && left_ > 0) {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(left_, kBatchEvents));
    Result<Delivery> next = cursor_.next(most, Cursor::kClientBytes);
    if (!next) {
      log_warn("serve", "a client's events cannot be read", {{"error", next.error().message()}});
      std::string words = error_line(next.error());
      co_await sink->notice("error", std::move(words), cursor_.position());
      co_return;
    }
    if (next->advanced) {
      Delivery delivery = std::move(*next);
      good = co_await hand_on(std::move(delivery), sink);
    } else {
      good = co_await stand_by(sink);
    }
    co_await turns.take(net::use_awaitable);
  }
}

net::awaitable<bool> EventStream::hand_on(Delivery delivery, EventSink* sink) {
  if (delivery.gap) {
    std::string line =
        gap_notice(*delivery.gap, terms_->context.source, terms_->context.now(), cursor_.encoding()) + '\n';
    delivery.sequences = {delivery.gap->to};
    delivery.lines = {};
    delivery.lines.push_back(std::make_shared<const std::string>(std::move(line)));
  } else {
    left_ -= delivery.lines.size();
  }
  if (delivery.lines.empty()) co_return true;
  last_sent_ = SteadyClock::now();
  std::vector<Sequence> sequences = std::move(delivery.sequences);
  std::vector<SharedLine> lines = std::move(delivery.lines);
  const bool taken = co_await sink->events(std::move(sequences), std::move(lines));
  co_return taken;
}

/// Nothing is there to send: waits for events; false when the stream is over.
net::awaitable<bool> EventStream::stand_by(EventSink* sink) {
  if (stopping_) {
    std::string words = stopping_notice(cursor_.position());
    co_await sink->notice("stopping", std::move(words), cursor_.position());
    co_return false;
  }
  auto until = Wakeup::kNever;
  if (wanted_.request.heartbeat) until = last_sent_ + *wanted_.request.heartbeat;
  if (SteadyClock::now() < until) {
    const bool woken = co_await wakeup_.wait(until);
    if (woken) co_return true;
  }
  last_sent_ = SteadyClock::now();
  std::string words = heartbeat_line(cursor_.position(), terms_->context.now());
  const bool taken = co_await sink->notice("", std::move(words), cursor_.position());
  co_return taken;
}

}  // namespace newsd
