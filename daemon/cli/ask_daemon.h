// One question to the HTTP server of the running daemon, at its address or unix socket: what is asked → the body
// of the answer. Plain blocking POSIX, bounded in bytes and time; one thread.
#pragma once

#include "daemon/config/config.h"
#include "feeds/format/json.h"

#include <string>
#include <string_view>

namespace newsd {

/// Codes: "no-daemon" (nobody answers there), "permission" (the socket or the token may not be used), "refused" (the
/// daemon answered, in words), "not-found", "broken".
enum class AskError { NoDaemon, Permission, NotFound, Refused, Broken };
std::string_view code_of(AskError e);

struct Question {
  std::string path;
  std::string method = "GET";
  std::string body{};
};

/// config: where the server listens; its token is read when there is one. NotFound: the daemon knows no such thing.
Result<std::string> ask_daemon(const HttpConfig& config, const Question& question);

/// A member of an answer in words: a text, or a number as it is written; empty when there is none.
std::string text_at(const JsonValue& object, std::string_view key);

}  // namespace newsd
