#include "daemon/serve/event_frames.h"

#include <fmt/format.h>

namespace newsd {
namespace {

constexpr std::string_view kRetry = "retry: 2000\n\n";  // milliseconds; browsers differ otherwise, up to a minute

Frame framed(bool in_chunks, std::string text) {
  if (in_chunks) text = fmt::format("{:x}\r\n{}\r\n", text.size(), text);
  return {std::move(text), nullptr, {}};
}

}  // namespace

std::string_view media_type_of(StreamShape shape) {
  return shape == StreamShape::Sse ? "text/event-stream" : "application/x-ndjson";
}

Frame first_frame(StreamShape shape, bool in_chunks) {
  return shape == StreamShape::Sse ? framed(in_chunks, std::string(kRetry)) : Frame{};
}

Frame event_frame(StreamShape shape, bool in_chunks, Sequence sequence, SharedLine line) {
  const bool is_sse = shape == StreamShape::Sse;
  std::string head = is_sse ? fmt::format("id: {}\ndata: ", digits_of(sequence)) : std::string();
  const std::string_view tail = is_sse ? "\n" : "";
  if (!in_chunks) return {std::move(head), std::move(line), tail};
  head = fmt::format("{:x}\r\n{}", head.size() + line->size() + tail.size(), head);
  return {std::move(head), std::move(line), is_sse ? "\n\r\n" : "\r\n"};
}

Frame notice_frame(StreamShape shape, bool in_chunks, std::string_view name, std::string_view json, Sequence position) {
  if (shape != StreamShape::Sse) return framed(in_chunks, fmt::format("{}\n", json));
  if (name.empty()) return framed(in_chunks, fmt::format(":\nid: {}\n\n", digits_of(position)));
  return framed(in_chunks, fmt::format("event: {}\ndata: {}\n\n", name, json));
}

std::string_view last_chunk() { return "0\r\n\r\n"; }

}  // namespace newsd
