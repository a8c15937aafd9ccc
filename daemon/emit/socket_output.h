// SocketOutput: a unix or TCP stream socket; whoever connects gets the stream, from the moment of connecting on or from
// where the one-line request says (request.h). Clients cost one batch of shared lines each at most and never wait for
// one another.
#pragma once

#include "daemon/emit/session_terms.h"

#include <memory>
#include <optional>

namespace newsd {

class SocketOutput : public Output {
 public:
  /// inherited: a listening descriptor from the service manager, which is then used instead of config.path or
  /// config.listen; owned from here on. Error of wanted_by().
  static Result<std::unique_ptr<SocketOutput>> create(const OutputConfig& config, StreamContext context,
                                                      std::optional<int> inherited, SessionTiming timing = {});
  ~SocketOutput() override;

  /// InUse when another process serves the path or address; CannotCreate; ConfigError when the token cannot be read,
  /// TlsError when the certificate is of no use.
  Result<void> start() override;
  void stop(std::chrono::milliseconds within, std::function<void()> done) override;
  Result<void> renew_certificate() override;
  const std::string& name() const override;
  Sequence cursor() const override;
  std::uint64_t lag() const override;
  std::size_t clients() const;
  /// The TCP port, once started; 0 of a unix socket.
  std::uint16_t port() const;

 private:
  struct Work;
  explicit SocketOutput(std::shared_ptr<Work> work);
  std::shared_ptr<Work> work_;
};

}  // namespace newsd
