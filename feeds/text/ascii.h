// Letters of ASCII, whatever the locale. Pure, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace newsd {

constexpr char lower_ascii(char c) {
  return static_cast<char>(c + (static_cast<unsigned char>(c - 'A') < 26) * ('a' - 'A'));
}

/// Other bytes are appended as they are.
inline void append_lower_ascii(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  out.append(text);
  char* const first = out.data() + begin;
  for (std::size_t i = 0; i < text.size(); ++i) first[i] = lower_ascii(first[i]);
}

}  // namespace newsd
