#include "daemon/stream/request_place.h"

#include "daemon/stream/stream_error.h"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <vector>

namespace newsd {
namespace {

namespace net = boost::asio;

constexpr std::uint64_t kLookBack = 100'000;  ///< how far "last" looks for events of its types

/// The place behind which the last so many events of the types asked for stand, looking back page by page.
net::awaitable<Result<Sequence>> place_of_last(std::uint64_t events, TypeFilter filter,
                                               std::shared_ptr<const StreamContext> context) {
  Result<Sequence> oldest = context->history.oldest();
  if (!oldest) co_return oldest.error();
  const Sequence last = context->tail.last();
  const std::uint64_t floor =
      std::max(oldest->value() == 0 ? 0 : oldest->value() - 1, last.value() - std::min(last.value(), kLookBack));
  std::uint64_t upper = last.value();
  while (events > 0 && upper > floor) {
    const std::uint64_t lower = std::max(floor, upper - std::min<std::uint64_t>(upper, History::kPageEvents));
    std::vector<std::uint64_t> fitting;
    for (std::uint64_t at = lower; at < upper;) {
      auto types = context->history.types_behind(Sequence(at));
      if (!types) co_return types.error();
      if (types->empty()) break;
      for (const auto& [sequence, type] : *types)
        if (sequence.value() <= upper && filter.passes(type)) fitting.push_back(sequence.value());
      at = types->back().first.value();
    }
    if (fitting.size() >= events) co_return Sequence(fitting[fitting.size() - events] - 1);
    events -= fitting.size();
    upper = lower;
    co_await net::post(net::use_awaitable);
  }
  co_return Sequence(upper);
}

}  // namespace

net::awaitable<Result<Sequence>> place_of(From from, Sequence live, TypeFilter filter,
                                          std::shared_ptr<const StreamContext> context) {
  const Sequence last = context->tail.last();
  if (const auto* after = std::get_if<FromAfter>(&from)) {
    if (after->sequence <= last) co_return after->sequence;
    co_return Error(StreamError::FutureSequence, "the stream has not come to " + digits_of(after->sequence) +
                                                     "; its last event is " + digits_of(last));
  }
  if (const auto* since = std::get_if<FromTime>(&from)) {
    if (since->time <= context->now()) co_return context->history.before(since->time);
    co_return Error(StreamError::FutureSequence, to_rfc3339(since->time) + " is still to come");
  }
  if (const auto* latest = std::get_if<FromLast>(&from)) {
    const std::uint64_t events = latest->events;
    Result<Sequence> place = co_await place_of_last(events, filter, context);
    co_return place;
  }
  if (std::holds_alternative<FromLatest>(from)) co_return live;
  Result<Sequence> oldest = context->history.oldest();
  if (!oldest) co_return oldest.error();
  if (oldest->value() == 0) co_return last;  // the journal is empty
  co_return Sequence(oldest->value() - 1);
}

}  // namespace newsd
