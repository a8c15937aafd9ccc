#include "daemon/serve/event_frames.h"

#include <fmt/format.h>

#include <iterator>

namespace newsd {
namespace {

constexpr std::string_view kRetry = "retry: 2000\n\n";  // milliseconds; browsers differ otherwise, up to a minute
constexpr std::size_t kHeadBytes = 40;                  // before an event, about

/// Before an event's line; its line's newline ends the data, another the event.
constexpr std::string_view kSseHead = "id: {:020}\ndata: ";
constexpr std::size_t kSseHeadBytes = 4 + 20 + 7;

std::string framed(bool in_chunks, std::string text) {
  if (in_chunks && !text.empty()) text = fmt::format("{:x}\r\n{}\r\n", text.size(), text);
  return text;
}

/// The head of a text message that is one frame: FIN and opcode 1, then the length in 7, 7 + 16 or 7 + 64 bits.
void append_message_head(std::string& out, std::size_t size) {
  constexpr std::size_t kShort = 125, kWide = 0xffff;
  const unsigned bytes = size <= kShort ? 0 : size <= kWide ? 2 : 8;
  out += '\x81';
  out += static_cast<char>(bytes == 0 ? size : bytes == 2 ? 126 : 127);
  for (unsigned i = bytes; i > 0; --i) out += static_cast<char>(size >> (8 * (i - 1)) & 0xff);
}

/// Bytes of SSE or NDJSON that a batch comes to.
std::size_t body_bytes(bool is_sse, const std::vector<SharedLine>& lines) {
  std::size_t bytes = 0;
  for (const SharedLine& line : lines) bytes += line->size() + (is_sse ? kSseHeadBytes + 1 : 0);
  return bytes;
}

}  // namespace

std::string_view media_type_of(StreamShape shape) {
  return shape == StreamShape::Sse ? "text/event-stream" : "application/x-ndjson";
}

std::string first_frame(StreamShape shape, bool in_chunks) {
  return shape == StreamShape::Sse ? framed(in_chunks, std::string(kRetry)) : std::string();
}

EventBatch::EventBatch(StreamShape shape, bool in_chunks, std::span<const Sequence> sequences,
                       std::vector<SharedLine> lines)
    : lines_(std::move(lines)), cut_(shape == StreamShape::WebSocket ? 1 : 0) {
  const bool is_sse = shape == StreamShape::Sse, is_chunk = in_chunks && shape != StreamShape::WebSocket;
  between_.reserve((lines_.size() + 1) * kHeadBytes);
  ends_.reserve(lines_.size() + 1);
  if (is_chunk) fmt::format_to(std::back_inserter(between_), "{:x}\r\n", body_bytes(is_sse, lines_));
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (is_sse && i > 0) between_ += '\n';
    if (is_sse) fmt::format_to(std::back_inserter(between_), kSseHead, sequences[i].value());
    if (shape == StreamShape::WebSocket) append_message_head(between_, lines_[i]->size() - cut_);
    ends_.push_back(between_.size());
  }
  if (is_sse && !lines_.empty()) between_ += '\n';
  if (is_chunk) between_ += "\r\n";
  ends_.push_back(between_.size());
}

std::vector<boost::asio::const_buffer> EventBatch::buffers() const {
  std::vector<boost::asio::const_buffer> buffers;
  buffers.reserve(ends_.size() + lines_.size());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (ends_[i] > begin) buffers.emplace_back(between_.data() + begin, ends_[i] - begin);
    begin = ends_[i];
    if (i < lines_.size()) buffers.emplace_back(lines_[i]->data(), lines_[i]->size() - cut_);
  }
  return buffers;
}

std::string notice_frame(StreamShape shape, bool in_chunks, std::string_view name, std::string_view json,
                         Sequence position) {
  if (shape != StreamShape::Sse) return framed(in_chunks, fmt::format("{}\n", json));
  if (name.empty()) return framed(in_chunks, fmt::format(":\nid: {}\n\n", digits_of(position)));
  return framed(in_chunks, fmt::format("event: {}\ndata: {}\n\n", name, json));
}

std::string_view last_chunk() { return "0\r\n\r\n"; }

}  // namespace newsd
