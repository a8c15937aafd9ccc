// UTF-8: is it well-formed, make it so, walk over its characters. Pure, any thread. Which character set bytes are in is
// charset.h's question.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace newsd {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms, nothing above
/// U+10FFFF).
bool is_valid_utf8(std::string_view bytes);

/// Where the run of ASCII that begins at `at` ends.
std::size_t ascii_end(std::string_view text, std::size_t at);

struct RepairedUtf8 {
  std::string text;             ///< well-formed
  std::uint32_t replaced = 0;   ///< how many U+FFFD were put in
  std::uint32_t multibyte = 0;  ///< well-formed characters beyond ASCII
};
/// Each maximal subpart of an ill-formed sequence becomes one U+FFFD, as the WHATWG decoder does it.
RepairedUtf8 repair_utf8(std::string_view bytes);

/// The character at `at`, which must lie before the end of the well-formed `text`; moves `at` behind it.
inline char32_t next_character(std::string_view text, std::size_t& at);

void append_utf8(std::string& out, char32_t c);

std::size_t count_characters(std::string_view text);

/// The longest beginning of at most `max_bytes` bytes that ends at a character's end.
std::string_view shortened(std::string_view text, std::size_t max_bytes);

/// next_character() where it is not ASCII.
char32_t next_long_character(std::string_view text, std::size_t& at);

inline char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0x80) return next_long_character(text, at);
  ++at;
  return byte;
}

}  // namespace newsd
