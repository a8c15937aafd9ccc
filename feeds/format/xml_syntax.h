// The characters and names of XML as newsd takes them where it reads text before a parser does: ASCII names only. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace newsd::xml_syntax {

inline constexpr std::size_t kLongestName = 200;
/// "&#x0010FFFF;" with some more zeros.
inline constexpr std::size_t kLongestReference = 32;

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
inline bool is_name_start(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_'; }
inline bool is_name_part(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

inline bool same_folded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

inline bool is_xml_reference(std::string_view name) {
  return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
}

/// Between & and ; at the front of the text; empty when no name stands there.
inline std::string_view reference_name(std::string_view text) {
  std::size_t end = 1;
  while (end < std::min(text.size(), kLongestName) && is_name_part(text[end])) ++end;
  return end > 1 && end < text.size() && text[end] == ';' ? text.substr(1, end - 1) : std::string_view();
}

}  // namespace newsd::xml_syntax
