// WebSocketSession: the events of an EventStream as WebSocket messages, one a message. What the client says is heard by
// the stream; one that does not answer pings is let go. I/O thread only.
#pragma once

#include "daemon/serve/event_stream.h"
#include "daemon/serve/http_reader.h"

#include <chrono>
#include <memory>
#include <string>

namespace newsd {

class WebSocketSession : public EventSink, public std::enable_shared_from_this<WebSocketSession> {
 public:
  /// patience: a client from which nothing comes for so long, not even the answer to a ping, is let go.
  WebSocketSession(ClientSocket socket, std::shared_ptr<EventStream> stream, std::chrono::milliseconds patience);
  ~WebSocketSession() override;

  /// Accepts the upgrade that was asked for and streams until the end. rest: bytes that came behind the request.
  boost::asio::awaitable<void> run(HttpRequest request, std::string rest);
  void close_now();

 private:
  boost::asio::awaitable<bool> events(std::vector<Sequence> sequences, std::vector<SharedLine> lines) override;
  boost::asio::awaitable<bool> notice(std::string name, std::string json, Sequence position) override;
  boost::asio::awaitable<void> watch_client();

  struct Peer;  // Beast stays in the .cpp
  std::unique_ptr<Peer> peer_;
  std::shared_ptr<EventStream> stream_;
};

}  // namespace newsd
