// HttpServer: the socket at which newsd answers HTTP, and its clients. A client costs one batch of shared lines at most
// and never waits for another; who comes when all places are taken is told so. I/O thread only.
#pragma once

#include "daemon/serve/serve_terms.h"

#include <memory>
#include <optional>

namespace newsd {

class HttpServer {
 public:
  /// inherited: a listening descriptor from the service manager, which is then used instead of config.listen; owned
  /// from here on. push: where articles that are sent here go, may be null; it outlives the server.
  HttpServer(const HttpConfig& config, StreamContext context, std::optional<int> inherited, DaemonView view,
             PushSource* push = nullptr, ServeTiming timing = {});
  ~HttpServer();

  /// InUse when another process serves the path or address; CannotCreate; ConfigError when the token cannot be read,
  /// TlsError when the certificate is of no use.
  Result<void> start();
  /// Reads the certificate and its key again: for connections from now on. On an error the old ones stay in force.
  Result<void> reload_certificate();
  /// Takes no new clients, answers what was asked, hands on what is committed up to now, and calls `done` once, later;
  /// after `within` at the latest.
  void stop(std::chrono::milliseconds within, std::function<void()> done);
  std::size_t clients() const;
  /// The TCP port, once started; 0 of a unix socket.
  std::uint16_t port() const;

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

}  // namespace newsd
