#include "daemon/serve/websocket_session.h"

#include "daemon/ops/log.h"
#include "daemon/serve/message_socket.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <exception>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;
namespace websocket = boost::beast::websocket;

constexpr std::size_t kMessageBytes = 4096;  ///< longest message a client may send
constexpr std::chrono::seconds kHandshake{10};

}  // namespace

// How Beast ends a connection of this kind (found by the type of the socket).
void beast_close_socket(MessageSocket& socket) { socket.close(); }

void teardown(boost::beast::role_type, MessageSocket& socket, boost::system::error_code& ec) {
  socket.end_writing(ec);
  socket.close();
}

template <class Handler>
void async_teardown(boost::beast::role_type role, MessageSocket& socket, Handler&& handler) {
  boost::system::error_code ec;
  teardown(role, socket, ec);
  net::post(socket.get_executor(), [handler = std::forward<Handler>(handler), ec]() mutable { handler(ec); });
}

struct WebSocketSession::Peer {
  explicit Peer(ClientSocket socket) : stream(std::move(socket)) {}
  websocket::stream<MessageSocket, false> stream;  // false: no compression, it would cost memory a client
  bool is_open = false;
};

WebSocketSession::WebSocketSession(ClientSocket socket, std::shared_ptr<EventStream> stream,
                                   std::chrono::milliseconds patience)
    : peer_(std::make_unique<Peer>(std::move(socket))), stream_(std::move(stream)) {
  peer_->stream.set_option(websocket::stream_base::timeout{kHandshake, patience, true});
  peer_->stream.read_message_max(kMessageBytes);
}

WebSocketSession::~WebSocketSession() = default;

void WebSocketSession::close_now() { peer_->stream.next_layer().close(); }

net::awaitable<void> WebSocketSession::run(HttpRequest request, std::string rest) {
  // the request was parsed already; the handshake is made from the parts of it that count
  const std::string bytes =
      "GET " + request.target + " HTTP/1.1\r\nHost: " + request.host +
      "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: " + request.websocket_key +
      "\r\nSec-WebSocket-Version: " + request.websocket_version + "\r\n\r\n" + rest;
  boost::system::error_code ec;
  co_await peer_->stream.async_accept(net::buffer(bytes), net::redirect_error(net::use_awaitable, ec));
  if (ec) {
    log_info("serve", "a WebSocket could not be opened", {{"error", ec.message()}});
    co_return;
  }
  peer_->is_open = true;
  net::co_spawn(peer_->stream.get_executor(), watch_client(),
                [self = shared_from_this()](std::exception_ptr) { self->stream_->leave(); });
  co_await stream_->run(this);
  if (!peer_->is_open) co_return;
  const websocket::close_reason goodbye(websocket::close_code::going_away);
  co_await peer_->stream.async_close(goodbye, net::redirect_error(net::use_awaitable, ec));
}

/// Hears what the client says. Ends when it goes: closes, breaks the protocol, or answers no ping.
net::awaitable<void> WebSocketSession::watch_client() {
  boost::beast::flat_buffer buffer;
  boost::system::error_code ec;
  while (!ec) {
    co_await peer_->stream.async_read(buffer, net::redirect_error(net::use_awaitable, ec));
    if (!ec) stream_->hear({static_cast<const char*>(buffer.data().data()), buffer.size()});
    buffer.clear();
  }
  peer_->is_open = false;
}

/// Messages go past Beast, which writes one at a time: the socket below it takes a batch in one write.
net::awaitable<bool> WebSocketSession::events(std::vector<Sequence> sequences, std::vector<SharedLine> lines) {
  if (!peer_->is_open) co_return false;
  EventBatch messages(StreamShape::WebSocket, false, sequences, std::move(lines));
  const bool sent = co_await peer_->stream.next_layer().send(std::move(messages));
  co_return sent && peer_->is_open;
}

net::awaitable<bool> WebSocketSession::notice(std::string, std::string json, Sequence position) {
  json += '\n';
  std::vector<SharedLine> lines;
  lines.push_back(std::make_shared<const std::string>(std::move(json)));
  std::vector<Sequence> sequences;
  sequences.push_back(position);
  const bool sent = co_await events(std::move(sequences), std::move(lines));
  co_return sent;
}

}  // namespace newsd
