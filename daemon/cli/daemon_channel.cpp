#include "daemon/cli/daemon_channel.h"

#include "daemon/cli/ask_daemon.h"
#include "daemon/stream/tls.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace newsd {
namespace {

Error broken(int error, const std::string& where) {
  const int reason = error == EAGAIN || error == 0 ? ETIMEDOUT : error;
  return Error(AskError::Broken, fmt::format("no connection to the daemon: {}", std::strerror(reason)), where);
}

}  // namespace

void DaemonChannel::TlsDeleter::operator()(SSL* tls) const { SSL_free(tls); }

Result<DaemonChannel> DaemonChannel::over(UniqueFd fd, const HttpConfig& config) {
  DaemonChannel channel(std::move(fd), config.listen);
  if (config.certificate.empty()) return channel;
  if (Result<void> begun = channel.begin_tls(config); !begun) return begun.error();
  return channel;
}

/// Trusts the configured certificate itself and nothing else, so that no name need be compared.
Result<void> DaemonChannel::begin_tls(const HttpConfig& config) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  ERR_clear_error();
  const TlsContext context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (!context) return Error(AskError::Broken, tls_words(), where_);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  if (SSL_CTX_load_verify_locations(context.get(), config.certificate.c_str(), nullptr) != 1)
    return Error(AskError::Broken, "no certificate can be read from it: " + tls_words(), config.certificate.string());
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context.get()), X509_V_FLAG_PARTIAL_CHAIN);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  tls_.reset(SSL_new(context.get()));
  if (!tls_ || SSL_set_fd(tls_.get(), fd_.get()) != 1) return Error(AskError::Broken, tls_words(), where_);
  errno = 0;
  if (SSL_connect(tls_.get()) == 1) return {};
  const int failed_with = errno;
  if (ERR_peek_error() == 0) return broken(failed_with, where_);
  return Error(AskError::Broken, "there is no TLS with what answers here: " + tls_words(), where_);
}

Result<void> DaemonChannel::send(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t written = 0;
    errno = 0;
    if (tls_) {
      if (SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &written) != 1) return broken(errno, where_);
    } else if (const ssize_t n = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); n >= 0) {
      written = static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      return broken(errno, where_);
    }
    bytes.remove_prefix(written);
  }
  return {};
}

Result<std::size_t> DaemonChannel::receive(std::span<char> block) {
  if (!tls_) {
    for (;;) {
      const ssize_t n = ::recv(fd_.get(), block.data(), block.size(), 0);
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) return broken(errno, where_);
    }
  }
  std::size_t n = 0;
  ERR_clear_error();
  errno = 0;
  const int done = SSL_read_ex(tls_.get(), block.data(), block.size(), &n);
  if (done == 1) return n;
  const int failed_with = errno;
  const int why = SSL_get_error(tls_.get(), done);
  if (why == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
  if (why == SSL_ERROR_SSL) return Error(AskError::Broken, "the daemon's answer broke off: " + tls_words(), where_);
  return broken(failed_with, where_);
}

}  // namespace newsd
