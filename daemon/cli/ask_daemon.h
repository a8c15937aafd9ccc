// One question to the HTTP server of the running daemon, at its address or unix socket: a path → the body of the
// answer. Plain blocking POSIX, bounded in bytes and time; one thread.
#pragma once

#include "daemon/config/config.h"

#include <string>
#include <string_view>

namespace newsd {

/// Codes: "no-daemon" (nobody answers there), "permission" (the socket or the token may not be used), "refused" (the
/// daemon answered, in words), "broken".
enum class AskError { NoDaemon, Permission, Refused, Broken };
std::string_view code_of(AskError e);

/// config: where the server listens; its token is read when there is one.
Result<std::string> ask_daemon(const HttpConfig& config, std::string_view path);

}  // namespace newsd
