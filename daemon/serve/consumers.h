// Named consumers over HTTP: where each stands, moved by the same lines that a client of a socket writes, forgotten on
// request. Values in, answers out; I/O thread.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace newsd {

/// NoConsumer: nobody of this name has acknowledged anything. NotAPlace: the line says something else than where to
/// stand.
enum class ConsumerError { NoConsumer, NotAPlace };
std::string_view code_of(ConsumerError e);

inline constexpr std::string_view kConsumersPath = "/consumers/";

/// {"consumers":[{"name","position","lag"}]}, in the order of the names.
HttpAnswer consumers_answer(const HttpRequest& request, std::string_view rest, const ServeTerms& terms);
/// GET: {"name","position","lag"}; DELETE: the same, and it is forgotten. 404 when there is none.
HttpAnswer consumer_answer(const HttpRequest& request, std::string_view name, const ServeTerms& terms);
/// line: {"ack":"<sequence>"}, which never goes back, or {"from":…}, which goes anywhere; a consumer that was not known
/// is made. A client that is connected under this name goes on where it is. Answers as consumer_answer().
boost::asio::awaitable<HttpAnswer> move_consumer(std::string name, std::string line,
                                                 std::shared_ptr<const ServeTerms> terms);

}  // namespace newsd
