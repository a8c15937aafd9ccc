// ClientSocket: a connection that was accepted, plain or with TLS, as sessions see it: bytes are read when they come,
// written as far as there is room. Whoever uses it need not know which it is. Models Asio's AsyncReadStream and
// AsyncWriteStream, so that Beast reads and writes over it. I/O thread only.
#pragma once

#include "daemon/stream/tls.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace newsd {

class ClientSocket {
 public:
  using Plain = boost::asio::generic::stream_protocol::socket;  ///< unix or TCP
  using executor_type = Plain::executor_type;

  explicit ClientSocket(Plain socket) : socket_(std::move(socket)) {}
  ~ClientSocket();
  ClientSocket(ClientSocket&&) noexcept = default;
  ClientSocket& operator=(ClientSocket&&) noexcept = default;

  /// Everything from here on is TLS; handshake() comes first. False: there is no memory for it.
  bool begin_tls(const TlsContext& context);
  bool has_tls() const { return tls_ != nullptr; }
  /// Nothing to do when plain. NoHandshake: the client speaks no TLS, or none that is allowed, or went, or cancel() was
  /// called.
  boost::asio::awaitable<Result<void>> handshake();

  executor_type get_executor() { return socket_.get_executor(); }
  void non_blocking(boost::system::error_code& ec) { socket_.non_blocking(true, ec); }
  void cancel(boost::system::error_code& ec) { socket_.cancel(ec); }
  void close(boost::system::error_code& ec) { socket_.close(ec); }
  /// We write no more, and the client is told so.
  void end_writing(boost::system::error_code& ec);

  /// Writes what there is room for: bytes written, or would_block. After would_block the same bytes must come again,
  /// once async_writable() ended.
  std::size_t write_some(std::span<const boost::asio::const_buffer> buffers, boost::system::error_code& ec);
  template <class Token>
  auto async_writable(Token&& token) {
    return socket_.async_wait(write_waits_for_, std::forward<Token>(token));
  }
  /// Ends when the client has gone, not when it only says nothing more.
  template <class Token>
  auto async_hang_up(Token&& token) {
    return socket_.async_wait(Plain::wait_error, std::forward<Token>(token));
  }
  /// Reads what is there; would_block when nothing is.
  std::size_t read_now(boost::asio::mutable_buffer buffer, boost::system::error_code& ec);

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_compose<Token, void(boost::system::error_code, std::size_t)>(
        Reading{*this, first_of<boost::asio::mutable_buffer>(buffers)}, token, socket_);
  }
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_compose<Token, void(boost::system::error_code, std::size_t)>(
        Writing{*this, first_of<boost::asio::const_buffer>(buffers)}, token, socket_);
  }

 private:
  /// The first of several buffers that is not empty: what "some" of them is.
  template <class Buffer, class Buffers>
  static Buffer first_of(const Buffers& buffers) {
    for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers); ++it) {
      const Buffer buffer = *it;
      if (buffer.size() > 0) return buffer;
    }
    return Buffer();
  }

  /// Both end later than they began, as Asio wants it.
  struct Reading {
    ClientSocket& socket;
    boost::asio::mutable_buffer buffer;
    bool has_begun = false;
    template <class Self>
    void operator()(Self& self, boost::system::error_code ec = {}, std::size_t n = 0) {
      const bool is_first = !std::exchange(has_begun, true);
      if (is_first && socket.holds_read_bytes()) return boost::asio::post(socket.get_executor(), std::move(self));
      if (!is_first && !ec) n = socket.read_now(buffer, ec);
      if (is_first || ec == boost::asio::error::would_block)
        return socket.socket_.async_wait(socket.read_waits_for_, std::move(self));
      self.complete(ec, n);
    }
  };
  struct Writing {
    ClientSocket& socket;
    boost::asio::const_buffer buffer;
    bool has_begun = false, is_done = false;
    boost::system::error_code outcome{};
    std::size_t written = 0;
    template <class Self>
    void operator()(Self& self, boost::system::error_code ec = {}, std::size_t = 0) {
      if (is_done) return self.complete(outcome, written);
      const bool is_first = !std::exchange(has_begun, true);
      outcome = ec;
      if (!ec) written = socket.write_some(std::span(&buffer, 1), outcome);
      if (outcome == boost::asio::error::would_block)
        return socket.socket_.async_wait(socket.write_waits_for_, std::move(self));
      is_done = true;
      if (is_first) return boost::asio::post(socket.get_executor(), std::move(self));
      self.complete(outcome, written);
    }
  };

  struct TlsDeleter {
    void operator()(SSL* tls) const;
  };
  bool holds_read_bytes() const;
  boost::system::error_code error_of(int result, Plain::wait_type& waits_for);

  Plain socket_;
  std::unique_ptr<SSL, TlsDeleter> tls_;  ///< null: plain
  std::string unsent_;                    ///< what TLS has begun to write and wants to have again
  Plain::wait_type read_waits_for_ = Plain::wait_read, write_waits_for_ = Plain::wait_write;
};

}  // namespace newsd
