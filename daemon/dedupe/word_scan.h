// scan_words(): a text → its folded words as hashes with where they stand and how they were written. The tokeniser
// behind sketches: ASCII byte by byte, other scripts through the folding of feeds/text. Pure, any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace newsd {

struct ScannedWord {
  std::uint64_t hash = 0;
  std::uint32_t at = 0;     ///< of its first byte in the text
  std::uint16_t bytes = 0;  ///< up to 65535
  bool is_number = false;   ///< begins with a digit and holds nothing but digits, points and commas
  bool is_clock = false;    ///< a part of a time of day ("9:22")
  bool is_capital = false;  ///< begins with a capital
  bool begins_sentence = false;
};

/// Appends the words of well-formed UTF-8. base: added to `at`. A character of a script written without spaces is a
/// word.
void scan_words(std::string_view text, std::uint32_t base, std::vector<ScannedWord>& words);

/// The hash of the word without a possessive 's. text: what was scanned, from offset 0.
std::uint64_t plain_hash(std::string_view text, const ScannedWord& word);

/// 32 well-mixed bits of a hash, never 0: how sketches keep words.
std::uint32_t short_hash(std::uint64_t hash);

/// The hash of one word, folded as the scan does.
std::uint64_t word_hash(std::string_view word);

}  // namespace newsd
