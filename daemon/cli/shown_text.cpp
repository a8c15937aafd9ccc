#include "daemon/cli/shown_text.h"

#include "feeds/text/utf8.h"

#include <fmt/format.h>

namespace newsd {
namespace {

bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string shown(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (steers(c))
      out += ' ';
    else
      append_utf8(out, c);
  }
  return out;
}

std::string shown(const LineRange& lines) {
  return lines.first == lines.last ? fmt::format("{}", lines.first) : fmt::format("{}–{}", lines.first, lines.last);
}

}  // namespace newsd
