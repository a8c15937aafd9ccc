// An answer that waits for a disk: made on the thread for that, given on the I/O thread, so that no stream waits.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>

namespace newsd {

/// The job runs on that thread, one at a time, and keeps alive what it needs.
boost::asio::awaitable<HttpAnswer> on_disk(std::function<HttpAnswer()> job, std::shared_ptr<const ServeTerms> terms);

}  // namespace newsd
