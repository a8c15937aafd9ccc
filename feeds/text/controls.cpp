#include "feeds/text/controls.h"

#include "feeds/text/lines.h"
#include "feeds/text/plain_bytes.h"

#include <algorithm>

namespace newsd {
namespace {

unsigned byte_at(const std::string& s, std::size_t at) { return static_cast<unsigned char>(s[at]); }

bool is_kept(unsigned byte) { return (byte >= 0x20 && byte != 0x7F) || byte == '\t' || byte == '\n' || byte == '\r'; }

/// Whether a C1 control other than NEL begins at `at`.
bool is_c1(const std::string& s, std::size_t at) {
  return byte_at(s, at) == 0xC2 && at + 1 < s.size() && byte_at(s, at + 1) < 0xA0 && byte_at(s, at + 1) != 0x85;
}

}  // namespace

std::string without_controls(std::string text) {
  std::size_t first = 0;
  while ((first = plain_end(text, first)) < text.size() && is_kept(byte_at(text, first)) && !is_c1(text, first))
    ++first;
  std::size_t to = first;
  for (std::size_t at = first; at < text.size(); ++at) {
    const unsigned byte = byte_at(text, at);
    if (is_c1(text, at)) {
      ++at;
    } else if (byte == '\f' || byte == '\v') {
      text[to++] = ' ';
    } else if (is_kept(byte)) {
      text[to++] = text[at];
    }
  }
  text.resize(to);
  return text;
}

std::string on_one_line(std::string_view text) {
  std::string out = without_controls(std::string(text));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return std::string(trimmed(out));
}

}  // namespace newsd
