// Where in the stream a request begins. I/O thread.
#pragma once

#include "daemon/emit/request.h"
#include "daemon/emit/session_terms.h"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace newsd {

/// The event behind which the stream is to begin. live: the last event when the client came. FutureSequence,
/// JournalUnreadable.
boost::asio::awaitable<Result<Sequence>> place_of(From from, Sequence live, TypeFilter filter,
                                                  std::shared_ptr<const SessionTerms> terms);

}  // namespace newsd
