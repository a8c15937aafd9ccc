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

/// Of a word that ends in 's.
std::uint64_t hash_without_ending(std::string_view word);

/// The hash of the word without a possessive 's. text: what was scanned, from offset 0.
inline std::uint64_t plain_hash(std::string_view text, const ScannedWord& word) {
  const std::string_view plain(text.data() + word.at, word.bytes);
  if (plain.size() <= 3) return word.hash;
  // two bytes tell nearly always that it is none
  const char* const end = plain.data() + plain.size();
  if (((end[-1] | 0x20) == 's') & ((end[-2] == '\'') | (end[-2] == '\x99'))) {
    if (end[-2] == '\'' || plain.substr(0, plain.size() - 1).ends_with("’")) return hash_without_ending(plain);
  }
  return word.hash;
}

/// 32 well-mixed bits of a hash, never 0: how sketches keep words.
inline std::uint32_t short_hash(std::uint64_t hash) {
  hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9u;  // splitmix64's last step
  hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBu;
  const auto top = static_cast<std::uint32_t>((hash ^ (hash >> 31)) >> 32);
  return top == 0 ? 1 : top;
}

/// The hash of one word, folded as the scan does.
std::uint64_t word_hash(std::string_view word);

}  // namespace newsd
