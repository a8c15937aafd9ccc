// Where in the stream a request begins. I/O thread.
#pragma once

#include "daemon/stream/request.h"
#include "daemon/stream/stream_context.h"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace newsd {

/// The event behind which the stream is to begin. live: the last event when the client came. FutureSequence,
/// JournalUnreadable.
boost::asio::awaitable<Result<Sequence>> place_of(From from, Sequence live, EventFilter filter,
                                                  std::shared_ptr<const StreamContext> context);

}  // namespace newsd
