// Letters and words of any script, as far as counting and matching need them. Pure, any thread. It does not segment
// Chinese or Thai into words.
#pragma once

#include <cstddef>
#include <string_view>

namespace newsd {

/// Han, kana, Thai, Burmese, Khmer: scripts written without spaces between words, where a character counts as a word.
bool is_unspaced(char32_t c);

/// Letters and digits of any script; beyond the blocks of punctuation and symbols every character counts as a letter.
bool is_word_character(char32_t c);

/// Runs of word characters (apostrophes and hyphens inside a word do not end it); a character of an unspaced script
/// counts as one word.
std::size_t count_words(std::string_view text);

}  // namespace newsd
