#include "feeds/source/stream_pieces.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSpace = " \t\r\n";

std::string_view without_space(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

void StreamPieces::decide() {
  if (forced_ == Format::ArticleNdjson) shape_ = Shape::Lines;
  if (forced_ != Format::Unknown && forced_ != Format::ArticleNdjson) shape_ = Shape::Whole;
  if (shape_ != Shape::Undecided) return;
  if (buffer_.size() < kByteOrderMark.size() && !ended_) return;
  const std::size_t start = buffer_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const std::size_t first = buffer_.find_first_not_of(kSpace, start);
  const bool blank = first == std::string::npos;
  if (blank && !ended_ && buffer_.size() <= max_bytes_) return;
  if (blank || buffer_[first] != '{') {
    shape_ = Shape::Whole;
    return;
  }
  const std::size_t line_end = find_line_end(first);
  if (line_end == std::string::npos) {
    if (ended_ || buffer_.size() > max_bytes_) shape_ = Shape::Whole;
    return;
  }
  const std::string_view text = buffer_;
  const bool only_line = ended_ && without_space(text.substr(line_end)).empty();
  const bool whole_object = without_space(text.substr(first, line_end - first)).ends_with('}');
  shape_ = whole_object && !only_line ? Shape::Lines : Shape::Whole;
  if (shape_ == Shape::Lines) forced_ = Format::ArticleNdjson;
}

std::optional<StreamPiece> StreamPieces::next() {
  if (shape_ == Shape::Undecided) decide();
  switch (shape_) {
    case Shape::Undecided: return std::nullopt;
    case Shape::Lines: break;
    case Shape::Whole: return next_whole();
  }
  std::optional<StreamPiece> piece = next_lines();
  while (piece && !piece->too_large && without_space(piece->bytes).empty()) piece = next_lines();
  return piece;
}

std::optional<StreamPiece> StreamPieces::next_whole() {
  if (full_) return std::nullopt;
  StreamPiece piece;
  piece.forced = forced_;
  piece.too_large = buffer_.size() > max_bytes_;
  if (!piece.too_large && !ended_) return std::nullopt;
  full_ = true;
  if (buffer_.empty()) return std::nullopt;
  if (!piece.too_large) piece.bytes = std::move(buffer_);
  buffer_ = {};
  return piece;
}

StreamPiece StreamPieces::cut(std::size_t bytes, std::uint32_t lines) {
  StreamPiece piece;
  piece.bytes = buffer_.substr(begin_, bytes);
  piece.first_line = line_;
  piece.forced = forced_;
  begin_ += bytes;
  line_ += lines;
  return piece;
}

/// Looks at each byte once, however often it is asked while a long line comes in.
std::size_t StreamPieces::find_line_end(std::size_t from) {
  const std::size_t found = buffer_.find('\n', std::max(from, searched_));
  if (found == std::string::npos) searched_ = buffer_.size();
  return found;
}

void StreamPieces::skip_line_end() {
  const std::size_t line_end = find_line_end(begin_);
  if (line_end == std::string::npos) {
    begin_ = buffer_.size();
    return;
  }
  begin_ = line_end + 1;
  ++line_;
  skipping_ = false;
}

std::optional<StreamPiece> StreamPieces::drop_long_line() {
  StreamPiece piece;
  piece.first_line = line_;
  piece.forced = forced_;
  piece.too_large = true;
  skipping_ = true;
  return piece;
}

std::optional<StreamPiece> StreamPieces::next_lines() {
  if (skipping_) skip_line_end();
  std::size_t end = begin_;
  std::uint32_t lines = 0;
  while (lines < kPieceLines) {
    std::size_t line_end = find_line_end(end);
    const bool complete = line_end != std::string::npos;
    const std::size_t length = (complete ? line_end : buffer_.size()) - end;
    if (length > max_bytes_) {
      if (lines == 0) return drop_long_line();
      break;
    }
    if (!complete && (!ended_ || length == 0)) break;
    line_end = complete ? line_end + 1 : buffer_.size();
    if (lines > 0 && line_end - begin_ > kPieceBytes) break;
    end = line_end;
    ++lines;
  }
  if (lines > 0) return cut(end - begin_, lines);
  searched_ -= std::min(searched_, begin_);
  buffer_.erase(0, std::exchange(begin_, 0));
  return std::nullopt;
}

}  // namespace newsd
