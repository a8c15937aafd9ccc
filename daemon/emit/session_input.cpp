// The half of a session that listens: lines from the client, its end, its acknowledgements.
#include "daemon/emit/session.h"
#include "daemon/stream/stream_error.h"

#include <boost/asio/buffer.hpp>

#include <array>

namespace newsd {
namespace {

namespace net = boost::asio;
}  // namespace

net::awaitable<void> Session::read_loop() {
  std::array<char, 4096> block{};
  boost::system::error_code ec;
  while (!refused_ && !gone_) {
    const std::size_t n =
        co_await socket_.async_read_some(net::buffer(block), net::redirect_error(net::use_awaitable, ec));
    if (ec == net::error::operation_aborted) continue;  // a write that waited too long was called back; gone_ says more
    if (ec) break;
    take_input({block.data(), n});
  }
  if (refused_ || gone_) co_return;
  if (ec == net::error::eof && !input_.empty()) take_line(std::exchange(input_, {}));
  input_ended_ = true;
  wakeup_.notify();
  // the end of the input is a client that will write no more (`nc -U` with stdin closed), not one that has gone: that
  // is a hang-up
  const bool may_listen = ec == net::error::eof;
  while (may_listen && !gone_) {
    co_await socket_.async_hang_up(net::redirect_error(net::use_awaitable, ec));
    if (ec != net::error::operation_aborted) break;
  }
  client_gone();
}

void Session::take_input(std::string_view bytes) {
  while (!bytes.empty() && !refused_) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    if (input_.size() + part.size() > kRequestBytes)
      return refuse(Error(StreamError::RequestTooLong, "a line has at most 64 KiB"));
    input_ += part;
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(end + 1);
    take_line(std::exchange(input_, {}));
  }
}

void Session::take_line(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  auto parsed = parse_client_line(line);
  if (!parsed) return refuse(parsed.error());
  if (const auto* ack = std::get_if<Acknowledgement>(&*parsed)) return acknowledge(ack->sequence);
  if (asked_ || sent_)
    return refuse(Error(StreamError::LateRequest,
                        asked_ ? "a second request" : "the live stream has begun; a request comes first"));
  request_ = std::get<Request>(std::move(*parsed));
  asked_ = true;
  taken_up_ = false;
  wakeup_.notify();
}

void Session::acknowledge(Sequence sequence) {
  const Sequence sent = taken_up_ ? cursor_.position() : Sequence(0);
  if (auto taken = acknowledged_.take(request_.name, sequence, sent); !taken) refuse(taken.error());
}

void Session::refuse(Error error) {
  if (!refused_) refused_ = std::move(error);
  wakeup_.notify();
}

void Session::client_gone() {
  gone_ = true;
  stall_timer_.cancel();
  wakeup_.notify();
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

}  // namespace newsd
