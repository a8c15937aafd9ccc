#include "daemon/serve/message_socket.h"

#include "daemon/stream/buffer_run.h"
#include "daemon/stream/turns.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <span>

// g++ 12 at -O1 inlines only one half of the pair by which Asio keeps coroutine frames, and takes them for mismatched
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace newsd {
namespace {

namespace net = boost::asio;

}  // namespace

MessageSocket::Shared::Shared(ClientSocket client)
    : socket(std::move(client)), turn(socket.get_executor(), net::steady_timer::time_point::max()) {}

void MessageSocket::Shared::write(std::string& bytes, boost::system::error_code& ec) {
  ec = {};
  while (!ec && !bytes.empty()) {
    const net::const_buffer buffer = net::buffer(bytes);
    bytes.erase(0, socket.write_some(std::span(&buffer, 1), ec));
  }
}

void MessageSocket::Shared::end_control(bool was_close) {
  is_control_due = false;
  is_closing = is_closing || was_close;
  turn.cancel();
}

MessageSocket::MessageSocket(ClientSocket socket) : shared_(std::make_shared<Shared>(std::move(socket))) {}

MessageSocket::~MessageSocket() { close(); }

void MessageSocket::close() {
  boost::system::error_code ignored;
  shared_->socket.close(ignored);
}

net::awaitable<bool> MessageSocket::send(EventBatch messages) {
  const std::shared_ptr<Shared> shared = shared_;
  boost::system::error_code ignored;  // the wait ends by being cancelled
  while (shared->is_control_due) co_await shared->turn.async_wait(net::redirect_error(net::use_awaitable, ignored));
  if (shared->is_closing) co_return false;
  shared->is_sending = true;
  const bool sent = co_await write_all(shared, std::move(messages));
  shared->is_sending = false;
  shared->turn.cancel();
  co_return sent;
}

net::awaitable<bool> MessageSocket::write_all(std::shared_ptr<Shared> shared, EventBatch messages) {
  Turns& turns = Turns::of(net::query(shared->socket.get_executor(), net::execution::context));
  BufferRun run(messages.buffers());
  while (!run.empty()) {
    boost::system::error_code ec;
    run.consume(shared->socket.write_some(run.next(), ec));
    if (ec == net::error::would_block) {
      co_await shared->socket.async_writable(net::redirect_error(net::use_awaitable, ec));
      co_await turns.take(net::use_awaitable);  // room comes to many at once
    }
    if (ec) co_return false;
  }
  co_return true;
}

}  // namespace newsd
