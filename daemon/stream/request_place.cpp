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
constexpr std::uint64_t kLookInto = 20'000;   ///< the same when a `where` has to read them

/// The sequences of the events in (after, upper] that pass, by the types alone. JournalUnreadable.
Result<std::vector<std::uint64_t>> fitting_types(Sequence after, Sequence upper, const EventFilter& filter,
                                                 History& history) {
  std::vector<std::uint64_t> fitting;
  for (Sequence at = after; at < upper;) {
    auto types = history.types_behind(at);
    if (!types) return types.error();
    if (types->empty()) break;
    for (const auto& [sequence, type] : *types)
      if (sequence <= upper && filter.types.passes(type)) fitting.push_back(sequence.value());
    at = types->back().first;
  }
  return fitting;
}

/// The same by all that the filter asks for.
Result<std::vector<std::uint64_t>> fitting_events(Sequence after, Sequence upper, const EventFilter& filter,
                                                  History& history) {
  std::vector<std::uint64_t> fitting;
  for (Sequence at = after; at < upper;) {
    auto page = history.page_behind(at);
    if (!page) return page.error();
    if (!(*page)->gap && (*page)->events.empty()) break;
    for (const SharedEvent& event : (*page)->events)
      if (event->sequence() > at && event->sequence() <= upper && filter.passes(*event))
        fitting.push_back(event->sequence().value());
    at = (*page)->gap ? (*page)->gap->to : (*page)->events.back()->sequence();
  }
  return fitting;
}

/// The place behind which the last so many events of the types asked for stand, looking back page by page.
net::awaitable<Result<Sequence>> place_of_last(std::uint64_t events, EventFilter filter,
                                               std::shared_ptr<const StreamContext> context) {
  Result<Sequence> oldest = context->history.oldest();
  if (!oldest) co_return oldest.error();
  const Sequence last = context->tail.last();
  const std::uint64_t floor = std::max(oldest->value() == 0 ? 0 : oldest->value() - 1,
                                       last.value() - std::min(last.value(), filter.where ? kLookInto : kLookBack));
  std::uint64_t upper = last.value();
  while (events > 0 && upper > floor) {
    const std::uint64_t lower = std::max(floor, upper - std::min<std::uint64_t>(upper, History::kPageEvents));
    auto fitting = filter.where ? fitting_events(Sequence(lower), Sequence(upper), filter, context->history)
                                : fitting_types(Sequence(lower), Sequence(upper), filter, context->history);
    if (!fitting) co_return fitting.error();
    if (fitting->size() >= events) co_return Sequence((*fitting)[fitting->size() - events] - 1);
    events -= fitting->size();
    upper = lower;
    co_await net::post(net::use_awaitable);
  }
  co_return Sequence(upper);
}

}  // namespace

net::awaitable<Result<Sequence>> place_of(From from, Sequence live, EventFilter filter,
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
