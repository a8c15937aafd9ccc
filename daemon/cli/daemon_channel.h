// DaemonChannel: the connection of a command to the daemon's HTTP server, plain or with TLS, whose certificate must be
// the one that the configuration names. Blocking, with a limit in time; any thread.
#pragma once

#include "daemon/config/config.h"
#include "feeds/article/result.h"
#include "feeds/source/unique_fd.h"

#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace newsd {

class DaemonChannel {
 public:
  /// fd: connected. AskError: what listens there speaks no TLS, or has another certificate.
  static Result<DaemonChannel> over(UniqueFd fd, const HttpConfig& config);

  /// All of it; AskError.
  Result<void> send(std::string_view bytes);
  /// 0 at the end; AskError.
  Result<std::size_t> receive(std::span<char> block);

 private:
  struct TlsDeleter {
    void operator()(SSL* tls) const;
  };
  DaemonChannel(UniqueFd fd, std::string where) : fd_(std::move(fd)), where_(std::move(where)) {}
  Result<void> begin_tls(const HttpConfig& config);

  UniqueFd fd_;
  std::string where_;
  std::unique_ptr<SSL, TlsDeleter> tls_;  ///< null: plain
};

}  // namespace newsd
