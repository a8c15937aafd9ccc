#include "daemon/serve/event_frames.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string text_of(const EventBatch& batch) {
  std::string text;
  for (const boost::asio::const_buffer& buffer : batch.buffers())
    text.append(static_cast<const char*>(buffer.data()), buffer.size());
  return text;
}

EventBatch batch_of(StreamShape shape, bool in_chunks, std::vector<SharedLine> lines, std::uint64_t first = 41) {
  std::vector<Sequence> sequences;
  for (std::size_t i = 0; i < lines.size(); ++i) sequences.emplace_back(first + i);
  return {shape, in_chunks, sequences, std::move(lines)};
}

/// A body in chunks → the body; "broken" when the chunks are not what they say.
std::string unchunked(std::string text) {
  std::string body;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    if (end == std::string::npos) return "broken";
    const std::size_t size = std::stoul(text.substr(0, end), nullptr, 16);
    if (text.size() < end + 2 + size + 2 || text.substr(end + 2 + size, 2) != "\r\n") return "broken";
    body += text.substr(end + 2, size);
    text.erase(0, end + 2 + size + 2);
  }
  return body;
}

const SharedLine kLine = std::make_shared<const std::string>("{\"type\":\"newsd.article.new\"}\n");

}  // namespace

TEST_CASE("events are lines, or server-sent events whose ids are their sequences") {
  const std::string line = *kLine;
  CHECK(text_of(batch_of(StreamShape::Ndjson, false, {kLine, kLine})) == line + line);
  CHECK(text_of(batch_of(StreamShape::Sse, false, {kLine, kLine})) ==
        "id: 00000000000000000041\ndata: " + line + "\nid: 00000000000000000042\ndata: " + line + "\n");
}

TEST_CASE("in chunks every batch and every notice is a whole chunk") {
  for (const StreamShape shape : {StreamShape::Sse, StreamShape::Ndjson}) {
    for (const std::size_t events : {1, 2, 64}) {
      const std::vector<SharedLine> lines(events, kLine);
      const std::string text = text_of(batch_of(shape, true, lines));
      CHECK(unchunked(text) == text_of(batch_of(shape, false, lines)));
      CHECK(std::stoul(text, nullptr, 16) == unchunked(text).size());  // one chunk
    }
    CHECK(unchunked(notice_frame(shape, true, "stopping", "{}", Sequence(4))) ==
          notice_frame(shape, false, "stopping", "{}", Sequence(4)));
    CHECK(unchunked(first_frame(shape, true)) == first_frame(shape, false));
  }
}

TEST_CASE("a WebSocket message is one frame whose length takes as few bytes as it can") {
  const auto frame = [](std::size_t size) {
    return text_of(batch_of(StreamShape::WebSocket, true, {std::make_shared<const std::string>(size, 'x')}));
  };
  const auto head = [](std::string bytes, std::size_t size) { return bytes + std::string(size, 'x'); };
  CHECK(frame(1) == std::string("\x81\0", 2));  // all but the newline
  CHECK(frame(126) == head("\x81\x7d", 125));
  CHECK(frame(127) == head(std::string("\x81\x7e\0\x7e", 4), 126));
  CHECK(frame(65'536) == head("\x81\x7e\xff\xff", 65'535));
  CHECK(frame(65'537) == head(std::string("\x81\x7f\0\0\0\0\0\x01\0\0", 10), 65'536));
  CHECK(text_of(batch_of(StreamShape::WebSocket, false, {kLine, kLine})) ==
        "\x81\x1c{\"type\":\"newsd.article.new\"}\x81\x1c{\"type\":\"newsd.article.new\"}");
}

TEST_CASE("a heartbeat of server-sent events is no event, but moves the reader's place") {
  CHECK(notice_frame(StreamShape::Sse, false, "", "{\"heartbeat\":{}}", Sequence(7)) ==
        ":\nid: 00000000000000000007\n\n");
  CHECK(notice_frame(StreamShape::Ndjson, false, "", "{\"heartbeat\":{}}", Sequence(7)) == "{\"heartbeat\":{}}\n");
}

TEST_CASE("the lines are shared, not copied") {
  const auto before = kLine.use_count();
  for (const StreamShape shape : {StreamShape::Sse, StreamShape::Ndjson, StreamShape::WebSocket}) {
    const EventBatch batch = batch_of(shape, true, {kLine});
    CHECK(kLine.use_count() == before + 1);
    bool is_there = false;
    for (const boost::asio::const_buffer& buffer : batch.buffers()) is_there |= buffer.data() == kLine->data();
    CHECK(is_there);
  }
}
