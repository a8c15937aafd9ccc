// Letters and words of any script, as far as counting and matching need them. Pure, any thread. It does not segment
// Chinese or Thai into words.
#pragma once

#include <cstddef>
#include <string_view>

namespace newsd {

/// Han, kana, Thai, Burmese, Khmer: scripts written without spaces between words, where a character counts as a word.
bool is_unspaced_beyond_latin(char32_t c);
inline bool is_unspaced(char32_t c) { return c >= 0x0E00 && is_unspaced_beyond_latin(c); }

/// Letters and digits of any script; beyond the blocks of punctuation and symbols every character counts as a letter.
bool is_word_character_beyond_ascii(char32_t c);
constexpr bool is_word_character(char32_t c) {
  if (c >= 0x80) return is_word_character_beyond_ascii(c);
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/// Runs of word characters (apostrophes and hyphens inside a word do not end it); a character of an unspaced script
/// counts as one word.
std::size_t count_words(std::string_view text);

}  // namespace newsd
