// MessageSocket: a client's socket below a WebSocket stream. Two write to it: the stream above writes its handshake and
// control frames, one at a time; we write batches of messages as frames made ready, many in one write. Neither gets
// into the middle of the other's frame, and no message follows a close. Models Asio's AsyncReadStream and
// AsyncWriteStream. I/O thread only.
#pragma once

#include "daemon/serve/event_frames.h"
#include "daemon/stream/client_socket.h"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>
#include <utility>

namespace newsd {

class MessageSocket {
 public:
  using executor_type = ClientSocket::executor_type;

  explicit MessageSocket(ClientSocket socket);
  ~MessageSocket();
  MessageSocket(const MessageSocket&) = delete;
  MessageSocket& operator=(const MessageSocket&) = delete;

  /// Writes whole messages, one batch at a time. False: the client is gone, or the stream above has begun to close.
  boost::asio::awaitable<bool> send(EventBatch messages);

  executor_type get_executor() { return shared_->socket.get_executor(); }
  /// We write no more, and the client is told so.
  void end_writing(boost::system::error_code& ec) { shared_->socket.end_writing(ec); }
  void close();

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return shared_->socket.async_read_some(buffers, std::forward<Token>(token));
  }
  /// All of the buffers, which hold whole frames: the stream above has no other write under way.
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    std::string bytes(boost::asio::buffer_size(buffers), '\0');
    boost::asio::buffer_copy(boost::asio::buffer(bytes), buffers);
    return boost::asio::async_compose<Token, void(boost::system::error_code, std::size_t)>(
        Writing{shared_, std::move(bytes)}, token, shared_->socket);
  }

 private:
  /// Outlives the MessageSocket as long as a write of the stream above waits.
  struct Shared {
    explicit Shared(ClientSocket client);
    /// Writes what there is room for and takes it from `bytes`; would_block when something is left.
    void write(std::string& bytes, boost::system::error_code& ec);
    /// The stream above has written what it had, or cannot.
    void end_control(bool was_close);

    ClientSocket socket;
    boost::asio::steady_timer turn;  ///< never over; cancelled when either has written what it had
    bool is_sending = false;         ///< messages: the stream above waits
    bool is_control_due = false;     ///< from above: the next batch waits
    bool is_closing = false;         ///< a close went out
  };

  /// A write of the stream above. It ends later than it began, as Asio wants it.
  struct Writing {
    std::shared_ptr<Shared> shared;
    std::string bytes;
    std::size_t size = bytes.size();
    bool is_close = bytes.starts_with('\x88');
    bool has_begun = false;
    template <class Self>
    void operator()(Self& self, boost::system::error_code ec = {}, std::size_t = 0) {
      if (!std::exchange(has_begun, true)) {
        shared->is_control_due = true;
        return boost::asio::post(shared->socket.get_executor(), std::move(self));
      }
      if (shared->is_sending) return shared->turn.async_wait(std::move(self));
      shared->write(bytes, ec);  // whatever a wait ended with: a socket that is closed says so here
      if (ec == boost::asio::error::would_block) return shared->socket.async_writable(std::move(self));
      shared->end_control(is_close);
      self.complete(ec, ec ? 0 : size);
    }
  };

  static boost::asio::awaitable<bool> write_all(std::shared_ptr<Shared> shared, EventBatch messages);

  std::shared_ptr<Shared> shared_;
};

}  // namespace newsd
