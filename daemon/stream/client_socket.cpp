#include "daemon/stream/client_socket.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>

#include <sys/socket.h>

namespace newsd {
namespace {

namespace net = boost::asio;

constexpr std::size_t kRecord =
    SSL3_RT_MAX_PLAIN_LENGTH;  // bytes that travel as one piece: small ones are put together

}  // namespace

void ClientSocket::TlsDeleter::operator()(SSL* tls) const { SSL_free(tls); }

ClientSocket::~ClientSocket() = default;

bool ClientSocket::begin_tls(const TlsContext& context) {
  tls_.reset(SSL_new(context.get()));
  if (!tls_ || SSL_set_fd(tls_.get(), socket_.native_handle()) != 1) return false;
  SSL_set_accept_state(tls_.get());
  return true;
}

net::awaitable<Result<void>> ClientSocket::handshake() {
  boost::system::error_code ec;
  while (tls_) {
    ERR_clear_error();
    errno = 0;
    const int done = SSL_do_handshake(tls_.get());
    if (done == 1) break;
    Plain::wait_type waits_for = Plain::wait_read;
    const std::string words = ERR_peek_error() != 0 ? tls_words() : std::string();
    ec = error_of(done, waits_for);
    if (ec == net::error::would_block)
      co_await socket_.async_wait(waits_for, net::redirect_error(net::use_awaitable, ec));
    if (ec) co_return Error(TlsError::NoHandshake, words.empty() ? ec.message() : words);
  }
  co_return Result<void>();
}

/// What SSL_read, SSL_write or the handshake came to, with what is to be waited for at would_block.
boost::system::error_code ClientSocket::error_of(int result, Plain::wait_type& waits_for) {
  const int failed_with = errno;
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_NONE: return {};
    case SSL_ERROR_WANT_READ: waits_for = Plain::wait_read; return net::error::would_block;
    case SSL_ERROR_WANT_WRITE: waits_for = Plain::wait_write; return net::error::would_block;
    case SSL_ERROR_ZERO_RETURN: return net::error::eof;
    case SSL_ERROR_SYSCALL:
      if (failed_with == 0) return net::error::eof;
      return {failed_with, boost::system::system_category()};
    default: return net::error::connection_reset;  // what came is no TLS any more; also an end without a goodbye
  }
}

bool ClientSocket::holds_read_bytes() const { return tls_ && SSL_pending(tls_.get()) > 0; }

std::size_t ClientSocket::read_now(net::mutable_buffer buffer, boost::system::error_code& ec) {
  if (!tls_) return socket_.read_some(net::buffer(buffer), ec);
  ERR_clear_error();
  errno = 0;
  std::size_t n = 0;
  const int done = SSL_read_ex(tls_.get(), buffer.data(), buffer.size(), &n);
  ec = done == 1 ? boost::system::error_code() : error_of(done, read_waits_for_);
  return done == 1 ? n : 0;
}

std::size_t ClientSocket::write_some(std::span<const net::const_buffer> buffers, boost::system::error_code& ec) {
  if (!tls_) return socket_.write_some(buffers, ec);
  if (unsent_.empty()) {
    for (const net::const_buffer& buffer : buffers) {
      const std::size_t part = std::min(buffer.size(), kRecord - unsent_.size());
      unsent_.append(static_cast<const char*>(buffer.data()), part);
    }
  }
  ERR_clear_error();
  errno = 0;
  std::size_t n = 0;
  const int done = SSL_write_ex(tls_.get(), unsent_.data(), unsent_.size(), &n);
  ec = done == 1 ? boost::system::error_code() : error_of(done, write_waits_for_);
  if (ec != net::error::would_block) unsent_.clear();
  return done == 1 ? n : 0;
}

void ClientSocket::end_writing(boost::system::error_code& ec) {
  if (tls_ && SSL_is_init_finished(tls_.get())) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());  // our goodbye; theirs is not waited for
  }
  socket_.shutdown(Plain::shutdown_send, ec);
}

}  // namespace newsd
