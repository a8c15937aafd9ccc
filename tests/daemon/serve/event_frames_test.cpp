#include "daemon/serve/event_frames.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

std::string text_of(const Frame& frame) {
  return frame.head + (frame.line ? *frame.line : std::string()) + std::string(frame.tail);
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

TEST_CASE("an event is a line, or a server-sent event whose id is its sequence") {
  CHECK(text_of(event_frame(StreamShape::Ndjson, false, Sequence(41), kLine)) == "{\"type\":\"newsd.article.new\"}\n");
  CHECK(text_of(event_frame(StreamShape::Sse, false, Sequence(41), kLine)) ==
        "id: 00000000000000000041\ndata: {\"type\":\"newsd.article.new\"}\n\n");
}

TEST_CASE("in chunks every frame is a whole chunk") {
  for (const StreamShape shape : {StreamShape::Sse, StreamShape::Ndjson}) {
    CHECK(unchunked(text_of(event_frame(shape, true, Sequence(41), kLine))) ==
          text_of(event_frame(shape, false, Sequence(41), kLine)));
    CHECK(unchunked(text_of(notice_frame(shape, true, "stopping", "{}", Sequence(4)))) ==
          text_of(notice_frame(shape, false, "stopping", "{}", Sequence(4))));
    CHECK(unchunked(text_of(first_frame(shape, true))) == text_of(first_frame(shape, false)));
  }
}

TEST_CASE("a heartbeat of server-sent events is no event, but moves the reader's place") {
  CHECK(text_of(notice_frame(StreamShape::Sse, false, "", "{\"heartbeat\":{}}", Sequence(7))) ==
        ":\nid: 00000000000000000007\n\n");
  CHECK(text_of(notice_frame(StreamShape::Ndjson, false, "", "{\"heartbeat\":{}}", Sequence(7))) ==
        "{\"heartbeat\":{}}\n");
}

TEST_CASE("the line is shared, not copied") {
  const auto before = kLine.use_count();
  const Frame frame = event_frame(StreamShape::Sse, true, Sequence(1), kLine);
  CHECK(frame.line.get() == kLine.get());
  CHECK(kLine.use_count() == before + 1);
}
