// A stream of bytes → pieces that can be read on their own: of NDJSON whole lines, of anything else the whole. Pure;
// bounded memory: it never holds more than one document's bytes and what was just added.
//
// With no format forced, a stream whose first line is one object ("{…}") is NDJSON. One such line that is all there is,
// is left to detection.
#pragma once

#include "feeds/article/document.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// bytes: whole lines, the last one's line feed with them, or the whole stream. too_large: it had more bytes than a
/// document may have, which were dropped.
struct StreamPiece {
  std::string bytes;
  std::uint32_t first_line = 1;
  Format forced = Format::Unknown;
  bool too_large = false;
};

class StreamPieces {
 public:
  static constexpr std::size_t kPieceBytes = 256 << 10;
  static constexpr std::size_t kPieceLines = 64;

  StreamPieces(std::size_t max_bytes, Format forced) : max_bytes_(max_bytes), forced_(forced) {}

  void add(std::string_view bytes) { buffer_ += bytes; }
  /// Nothing more will be added.
  void end() { ended_ = true; }
  /// The next piece, if one is complete. Call it until there is none after each add and end.
  std::optional<StreamPiece> next();
  /// Whether nothing that could be added would be looked at: a whole document was too large.
  bool full() const { return full_; }

 private:
  enum class Shape { Undecided, Lines, Whole };

  void decide();
  std::optional<StreamPiece> next_lines();
  std::optional<StreamPiece> next_whole();
  std::optional<StreamPiece> drop_long_line();
  std::size_t find_line_end(std::size_t from);
  void skip_line_end();
  StreamPiece cut(std::size_t bytes, std::uint32_t lines);

  std::size_t max_bytes_;
  Format forced_;
  Shape shape_ = Shape::Undecided;
  std::string buffer_;
  std::size_t begin_ = 0;     ///< of what was not yet given out
  std::size_t searched_ = 0;  ///< no line ends between the last one found and here
  std::uint32_t line_ = 1;
  bool skipping_ = false;  ///< the rest of a line that was too long
  bool ended_ = false;
  bool full_ = false;
};

}  // namespace newsd
