// Text → its numbered lines. Pure, any thread. Views into the text: it must outlive them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace newsd {

struct Line {
  std::string_view text;  ///< without its line end
  std::uint32_t number = 1;
};

struct Lines {
  std::vector<Line> lines;
  bool cut = false;  ///< the text has more lines than were asked for
};

/// Lines end with LF, CRLF, CR, NEL (U+0085), LINE SEPARATOR or PARAGRAPH SEPARATOR, the last may end with none. The
/// first is numbered `first`.
Lines split_lines(std::string_view text, std::uint32_t first = 1, std::size_t max_lines = static_cast<std::size_t>(-1));

/// Without white space of any kind (no-break and zero-width spaces, byte order marks) at both ends. text: well-formed
/// UTF-8.
std::string_view trimmed(std::string_view text);

}  // namespace newsd
