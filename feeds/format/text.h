// Plain text → its lines that hold something, numbered, in blocks; hard-wrapped lines joined to paragraphs again. Pure,
// any thread. It does not judge what a line is: feeds/extract does.
#pragma once

#include "feeds/article/article.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace newsd {

struct TextLimits {
  std::size_t max_lines = 200'000;
  std::size_t max_line_bytes = 1 << 20;
  std::uint32_t first_line = 1;  ///< the number of the first line
};

/// A line as it stands, or a paragraph joined from hard-wrapped lines.
struct TextUnit {
  std::string text;  ///< trimmed, inner white space kept; joined lines are parted by one space
  LineRange lines;
  std::uint32_t block = 0;  ///< lines with no blank line between them share a block; counted from 0
};

struct TextUnits {
  std::vector<TextUnit> units;
  bool blank_separated = false;  ///< more than half of the neighbouring units have a blank line between them
  bool hard_wrapped = false;
  bool truncated = false;  ///< lines were cut or dropped because of the limits
};

/// text: well-formed UTF-8 without control characters.
TextUnits read_text(std::string_view text, const TextLimits& limits = {});

}  // namespace newsd
