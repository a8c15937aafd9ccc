// The quarantines of all drop directories over HTTP: what lies there and why, and having a file read again. Values in,
// answers out; the disk is looked at on the thread for that, everything else happens on the I/O thread.
#pragma once

#include "daemon/serve/http_message.h"
#include "daemon/serve/serve_terms.h"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace newsd {

/// NotThere: no file of this name is in quarantine. NotALine: what was sent says something else. Unreadable: a
/// directory cannot be used.
enum class RetryError { NotThere, NotALine, Unreadable };
std::string_view code_of(RetryError e);

inline constexpr std::string_view kQuarantinePath = "/quarantine";
inline constexpr std::size_t kQuarantinedTold = 200;  ///< files of each drop directory, the latest

/// {"files":[…],"total"}: each as write_quarantined() has it, of one directory after the other, the latest first.
boost::asio::awaitable<HttpAnswer> quarantine_answer(std::shared_ptr<const ServeTerms> terms);
/// line: {"retry":"<name>"}, with "drop" where only that directory is meant: the file goes back to where it was
/// dropped, to be read like a new one. {"retried":[{"name","drop","as"}]}; 404 when there is none.
boost::asio::awaitable<HttpAnswer> retry_answer(std::string line, std::shared_ptr<const ServeTerms> terms);

}  // namespace newsd
