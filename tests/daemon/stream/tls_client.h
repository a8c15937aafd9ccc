// TlsClient: a client of something on this machine that speaks TLS, on the test's own thread: it says what it is told
// to, and keeps what comes when it is asked to read.
#pragma once

#include "tests/daemon/stream/stream_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

/// A client whose bytes go through TLS; it takes any certificate and tells which it was shown.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, std::string request = {}, int version = 0)
      : unsaid_(std::move(request)), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    if (version != 0) {
      SSL_CTX_set_min_proto_version(context_.get(), version);
      SSL_CTX_set_max_proto_version(context_.get(), version);
      SSL_CTX_set_security_level(context_.get(), 0);  // would not even ask for what is too old
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    static_cast<void>(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address));
    ::fcntl(fd_, F_SETFL, O_NONBLOCK);
    tls_.reset(SSL_new(context_.get()));
    SSL_set_fd(tls_.get(), fd_);
    SSL_set_connect_state(tls_.get());
  }
  ~TlsClient() { ::close(fd_); }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  void say(std::string_view bytes) { unsaid_ += bytes; }
  /// Goes on with what is to be said and takes what is there.
  void read() {
    if (ended) return;
    if (!unsaid_.empty() && goes_on(SSL_write(tls_.get(), unsaid_.data(), static_cast<int>(unsaid_.size()))))
      unsaid_.clear();
    char block[16384];
    for (int n = 0; !ended && (n = SSL_read(tls_.get(), block, sizeof block)) != 0;) {
      if (!goes_on(n)) break;
      text.append(block, static_cast<std::size_t>(n));
    }
    if (SSL_get_shutdown(tls_.get()) != 0) ended = true;
  }
  int status() const { return text.starts_with("HTTP/1.1 ") ? std::stoi(text.substr(9, 3)) : 0; }
  std::vector<std::uint64_t> sequences() const { return sequences_in(lines_of(text)); }
  std::string version() const { return SSL_get_version(tls_.get()); }
  long serial() const {
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(tls_.get()), X509_free);
    return shown ? ASN1_INTEGER_get(X509_get0_serialNumber(shown.get())) : 0;
  }
  bool was_bidden_goodbye() const { return (SSL_get_shutdown(tls_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

  std::string text;
  bool ended = false;

 private:
  bool goes_on(int result) {
    if (result > 0) return true;
    const int why = SSL_get_error(tls_.get(), result);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) ended = true;
    return false;
  }

  int fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string unsaid_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
};

}  // namespace newsd
