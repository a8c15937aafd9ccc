// Events over a WebSocket, with a client that knows just enough of RFC 6455 to tell frames apart.
#include "tests/daemon/serve/http_client.h"

namespace newsd {
namespace {

/// The key and the answer to it are those of RFC 6455, 1.3.
std::string upgrade(std::string_view target, std::string_view more = {}) {
  return HttpStream::get(target,
                         std::string("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") +
                             std::string(more));
}

struct Frames {
  std::vector<std::string> messages, pongs;
  bool closed = false;
  bool are_sound = true;  ///< only what a server may send: whole messages, pings, pongs, and at last a close
};

/// The server's frames behind the header.
Frames frames_in(const std::string& text) {
  Frames frames;
  std::size_t at = text.find("\r\n\r\n");
  if (at == std::string::npos) return frames;
  at += 4;
  while (at + 2 <= text.size()) {
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(text[i])); };
    const std::size_t opcode = byte(at) & 15;
    std::size_t size = byte(at + 1) & 127, head = 2;
    const std::size_t wide = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (at + head + wide > text.size()) break;
    if (wide > 0) size = 0;
    for (std::size_t i = 0; i < wide; ++i) size = size << 8 | byte(at + 2 + i);
    head += wide;
    if (at + head + size > text.size()) break;
    const std::size_t head_byte = byte(at);
    frames.are_sound &=
        !frames.closed && (head_byte == 0x81 || head_byte == 0x88 || head_byte == 0x89 || head_byte == 0x8a);
    if (opcode == 1) frames.messages.push_back(text.substr(at + head, size));
    if (opcode == 8) frames.closed = true;
    if (opcode == 10) frames.pongs.push_back(text.substr(at + head, size));
    at += head + size;
  }
  return frames;
}

/// A frame as a client sends it, masked with zeros. is_last: of its message.
std::string client_frame(unsigned char opcode, std::string_view payload, bool is_last = true) {
  std::string frame{static_cast<char>((is_last ? 0x80 : 0) | opcode), static_cast<char>(0x80 | payload.size())};
  return frame.append(4, '\0').append(payload);
}

bool hears_messages(HttpStream& stream, HttpClient& client, std::size_t messages) {
  return stream.run_until([&] { return client.read(), frames_in(client.text).messages.size() >= messages; });
}

}  // namespace

TEST_CASE("a WebSocket gets a message an event, without the newline") {
  HttpStream stream(2);
  HttpClient client(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, client, 2));
  CHECK(client.status() == 101);
  CHECK(client.was_told("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  stream.commit(1, 200'000);
  REQUIRE(hears_messages(stream, client, 3));
  const auto messages = frames_in(client.text).messages;
  CHECK(sequences_in(messages) == range(1, 3));
  CHECK(messages[0].ends_with("}"));
}

TEST_CASE("messages of every size come whole and in order, also to a WebSocket client that reads late") {
  HttpStream stream(3);
  HttpClient client(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, client, 3));
  for (const std::size_t size : {10, 70'000, 900'000, 700}) stream.commit(20, size);
  for (int turn = 0; turn < 50; ++turn) stream.run_ready();
  REQUIRE(hears_messages(stream, client, 83));
  CHECK(sequences_in(frames_in(client.text).messages) == range(1, 83));
  CHECK(frames_in(client.text).are_sound);
}

TEST_CASE("a ping that comes while messages wait to be read is answered between two of them") {
  HttpStream stream(1);
  HttpClient client(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, client, 1));
  stream.commit(60, 900'000);  // more than the sockets' buffers hold
  for (int turn = 0; turn < 50; ++turn) stream.run_ready();
  client.say(client_frame(9, "one"));
  for (int turn = 0; turn < 50; ++turn) stream.run_ready();
  client.say(client_frame(9, "two") + client_frame(10, "unasked"));
  REQUIRE(hears_messages(stream, client, 61));
  const auto pongs = [&] { return frames_in(client.text).pongs; };
  REQUIRE(stream.run_until([&] { return client.read(), pongs().size() == 2; }));
  CHECK(pongs() == std::vector<std::string>{"one", "two"});
  CHECK(sequences_in(frames_in(client.text).messages) == range(1, 61));
  CHECK(frames_in(client.text).are_sound);
}

TEST_CASE("a client that closes while messages wait is answered with a close, behind which nothing comes") {
  HttpStream stream(1);
  HttpClient client(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, client, 1));
  stream.commit(60, 900'000);
  for (int turn = 0; turn < 50; ++turn) stream.run_ready();
  client.say(client_frame(8, std::string("\x03\xe8", 2)));
  REQUIRE(stream.hears_end(client));
  const Frames frames = frames_in(client.text);
  CHECK(frames.closed);
  CHECK(frames.are_sound);
  CHECK(frames.messages.size() < 61);
  CHECK(sequences_in(frames.messages) == range(1, frames.messages.size()));
  REQUIRE(stream.serves(0));
}

TEST_CASE("a WebSocket client that stops reading in the middle of a batch is let go") {
  HttpStream stream(1, [](HttpConfig& config) { config.write_timeout = std::chrono::milliseconds(50); });
  HttpClient client(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, client, 1));
  stream.commit(60, 900'000);
  REQUIRE(stream.serves(0));
}

TEST_CASE("what a client says in pieces is heard whole, also around a ping") {
  HttpStream stream(20);
  HttpClient client(stream.server->port(), upgrade("/events?name=indexer&from=earliest"));
  REQUIRE(hears_messages(stream, client, 20));
  client.say(client_frame(1, "{\"ac", false) + client_frame(9, "hello") + client_frame(0, "k\":", false));
  stream.run_ready();
  client.say(client_frame(0, "7}"));
  REQUIRE(stream.run_until([&] { return client.read(), stream.book.find("consumer:indexer").has_value(); }));
  CHECK(stream.book.find("consumer:indexer")->sequence == Sequence(7));
  CHECK(frames_in(client.text).pongs == std::vector<std::string>{"hello"});
}

TEST_CASE("a WebSocket's wishes are checked before it is opened") {
  HttpStream stream(2);
  HttpClient future(stream.server->port(), upgrade("/events?from=99")),
      foreign(stream.server->port(), upgrade("/events", "Origin: https://evil.example\r\n")),
      elsewhere(stream.server->port(), upgrade("/status"));
  REQUIRE(stream.hears(future, "future-sequence"));
  REQUIRE(stream.hears(foreign, "wrong-origin"));
  CHECK(foreign.status() == 403);
  REQUIRE(stream.hears(elsewhere, "\"version\""));
}

TEST_CASE("a WebSocket ends with a close when the daemon stops, after the last word") {
  HttpStream stream(1);
  HttpClient client(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, client, 1));
  bool done = false;
  stream.server->stop(std::chrono::seconds(5), [&] { done = true; });
  REQUIRE(stream.run_until([&] { return client.read(), frames_in(client.text).closed; }));
  CHECK(frames_in(client.text).messages.back().starts_with("{\"stopping\""));
  client.say(client_frame(8, std::string("\x03\xe9", 2)));
  REQUIRE(stream.hears_end(client));
  client.leave();
  REQUIRE(stream.run_until([&] { return done; }));
}

TEST_CASE("a WebSocket client that breaks the protocol, says too much or goes is let go") {
  HttpStream stream(1);
  const std::string oversized =
      std::string("\x81\xff", 2) + std::string("\0\0\0\0\0\x10\0\0", 8) + std::string(4, '\0');
  for (const std::string& bytes : {std::string(14, '\xff'), std::string("\x81\x05hello", 7), oversized}) {
    HttpClient client(stream.server->port(), upgrade("/events?from=earliest"));
    REQUIRE(hears_messages(stream, client, 1));
    client.say(bytes);
    REQUIRE(stream.hears_end(client));
  }
  HttpClient gone(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, gone, 1));
  gone.leave();
  REQUIRE(stream.serves(0));
}

TEST_CASE("a named WebSocket consumer goes on behind what it acknowledged") {
  HttpStream stream(20);
  {
    HttpClient client(stream.server->port(), upgrade("/events?name=indexer&from=earliest"));
    REQUIRE(hears_messages(stream, client, 20));
    client.say(client_frame(1, "{\"ack\":\"00000000000000000007\"}"));
    client.say(client_frame(1, "{\"ack\":9}") + client_frame(1, "{\"ack\":4}") + client_frame(1, " "));
    REQUIRE(stream.run_until([&] {
      const auto row = stream.book.find("consumer:indexer");
      return row && row->sequence == Sequence(9);
    }));
    stream.commit(1);
    REQUIRE(hears_messages(stream, client, 21));  // it is served on
  }
  HttpClient again(stream.server->port(), upgrade("/events?name=indexer"));
  REQUIRE(hears_messages(stream, again, 12));
  CHECK(sequences_in(frames_in(again.text).messages) == range(10, 21));
}

TEST_CASE("an acknowledgement that was not saved yet is saved when the client goes") {
  HttpStream stream(20);
  HttpClient client(stream.server->port(), upgrade("/events?name=indexer&from=earliest"));
  REQUIRE(hears_messages(stream, client, 20));
  for (int n = 1; n <= 12; ++n) client.say(client_frame(1, "{\"ack\":" + std::to_string(n) + "}"));
  client.leave();
  REQUIRE(stream.serves(0));
  CHECK(stream.book.find("consumer:indexer")->sequence == Sequence(12));
  CHECK(stream.saved.size() <= 3);
}

TEST_CASE("what is no acknowledgement, or not this client's, ends a WebSocket with words") {
  const std::pair<std::string, std::string> said[] = {{"hello", "bad-request"},
                                                      {"{\"ack\":99}", "bad-ack"},
                                                      {"{\"ack\":\"x\"}", "bad-request"},
                                                      {"{\"from\":\"earliest\"}", "late-request"}};
  for (const auto& [words, code] : said) {
    CAPTURE(words);
    HttpStream stream(2);
    HttpClient client(stream.server->port(), upgrade("/events?name=indexer&from=earliest"));
    REQUIRE(hears_messages(stream, client, 2));
    client.say(client_frame(1, words));
    REQUIRE(stream.run_until([&] { return client.read(), frames_in(client.text).closed; }));
    CHECK(frames_in(client.text).messages.back().starts_with("{\"error\":{\"code\":\"" + code));
    CHECK_FALSE(stream.book.find("consumer:indexer"));
  }
  HttpStream stream(2);
  HttpClient nameless(stream.server->port(), upgrade("/events?from=earliest"));
  REQUIRE(hears_messages(stream, nameless, 2));
  nameless.say(client_frame(1, "{\"ack\":1}"));
  REQUIRE(stream.run_until([&] { return nameless.read(), frames_in(nameless.text).closed; }));
  CHECK(frames_in(nameless.text).messages.back().find("bad-ack") != std::string::npos);
}

}  // namespace newsd
