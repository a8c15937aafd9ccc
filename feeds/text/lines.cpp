#include "feeds/text/lines.h"

#include "feeds/text/plain_bytes.h"

namespace newsd {
namespace {

unsigned byte_at(std::string_view s, std::size_t at) { return static_cast<unsigned char>(s[at]); }

/// Length of the line end at `at`, 0 when none stands there.
std::size_t line_end(std::string_view s, std::size_t at) {
  switch (byte_at(s, at)) {
    case '\n': return 1;
    case '\r': return at + 1 < s.size() && s[at + 1] == '\n' ? 2 : 1;
    case 0xC2: return at + 1 < s.size() && byte_at(s, at + 1) == 0x85 ? 2 : 0;
    case 0xE2: return s.substr(at, 3) == "\xE2\x80\xA8" || s.substr(at, 3) == "\xE2\x80\xA9" ? 3 : 0;
    default: return 0;
  }
}

/// Length of the white space character that `s` begins with, 0 for none.
std::size_t leading_space(std::string_view s) {
  const unsigned first = byte_at(s, 0);
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  if (first < 0xC2) return 0;
  if (first == 0xC2) return s.size() > 1 && (byte_at(s, 1) == 0xA0 || byte_at(s, 1) == 0x85) ? 2 : 0;
  if (s.size() < 3) return 0;
  const unsigned second = byte_at(s, 1), third = byte_at(s, 2);
  const bool general =
      first == 0xE2 && second == 0x80 && (third <= 0x8D || third == 0xA8 || third == 0xA9 || third == 0xAF);
  const bool other = (first == 0xE2 && second == 0x81 && (third == 0x9F || third == 0xA0)) ||
                     (first == 0xE3 && second == 0x80 && third == 0x80) ||
                     (first == 0xEF && second == 0xBB && third == 0xBF);
  return general || other ? 3 : 0;
}

std::size_t trailing_space(std::string_view s) {
  const unsigned last = byte_at(s, s.size() - 1);
  if (last < 0x80) return last == ' ' || (last >= '\t' && last <= '\r') ? 1 : 0;
  for (std::size_t length = 1; length <= 3 && length <= s.size(); ++length) {
    if (leading_space(s.substr(s.size() - length)) == length) return length;
  }
  return 0;
}

}  // namespace

Lines split_lines(std::string_view text, std::uint32_t first, std::size_t max_lines) {
  Lines out;
  std::size_t begin = 0;
  for (std::size_t at = 0; (at = plain_end(text, at)) < text.size();) {
    const unsigned byte = byte_at(text, at);
    const std::size_t end = byte == '\n' || byte == '\r' || byte == 0xC2 || byte == 0xE2 ? line_end(text, at) : 0;
    if (end == 0) {
      ++at;
      continue;
    }
    if (out.lines.size() == max_lines) return out.cut = true, out;
    out.lines.push_back({text.substr(begin, at - begin), first++});
    begin = at += end;
  }
  if (begin < text.size()) {
    if (out.lines.size() == max_lines) return out.cut = true, out;
    out.lines.push_back({text.substr(begin), first});
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    const std::size_t space = leading_space(text);
    if (space == 0) break;
    text.remove_prefix(space);
  }
  while (!text.empty()) {
    const std::size_t space = trailing_space(text);
    if (space == 0) break;
    text.remove_suffix(space);
  }
  return text;
}

}  // namespace newsd
