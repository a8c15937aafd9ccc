// Eight bytes of a text as one number, so that a scan asks one question of all of them (Warren, Hacker's Delight, 6-1).
// Of what is said of single bytes the order in memory is that of the text on any machine. Pure, any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace newsd {

struct EightBytes {
  static constexpr std::size_t kSize = 8;
  static constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x80 * kOnes;

  std::uint64_t word = 0;

  static EightBytes at(const char* bytes) {
    EightBytes eight;
    std::memcpy(&eight.word, bytes, kSize);
    return eight;
  }
  void put(char* to) const { std::memcpy(to, &word, kSize); }

  bool are_ascii() const { return (word & kHighs) == 0; }
  /// From space to tilde.
  bool are_printable() const {
    // a byte's high bit is set where it is below space, is DEL, or is beyond ASCII
    return (((word - 0x20 * kOnes) | (word + kOnes) | word) & kHighs) == 0;
  }
  bool have(char c) const {
    // a byte is zero where the word minus 01…01 borrows (Mycroft's test)
    const std::uint64_t same = word ^ kOnes * static_cast<unsigned char>(c);
    return ((same - kOnes) & ~same & kHighs) != 0;
  }

  std::size_t count(char c) const { return static_cast<std::size_t>(std::popcount(places_of(c))); }
  /// Whether two of c stand side by side.
  bool have_twice(char c) const { return (places_of(c) & places_of(c) << 8) != 0; }
  /// How many begin a character of well-formed UTF-8.
  std::size_t characters() const {
    const std::uint64_t inside =
        word & ~(word << 1) & kHighs;  // a byte's own bits: nothing is shifted into the highest
    return inside == 0 ? kSize : kSize - static_cast<std::size_t>(std::popcount(inside));
  }
  /// Of ASCII only.
  EightBytes lower() const {
    const std::uint64_t from_a = word + (0x80 - 'A') * kOnes, beyond_z = word + (0x80 - 'Z' - 1) * kOnes;
    return {word | (from_a & ~beyond_z & kHighs) >> 2};
  }

 private:
  /// The high bit of each byte that is c.
  std::uint64_t places_of(char c) const {
    constexpr std::uint64_t kLows = 0x7F * kOnes;
    const std::uint64_t same = word ^ kOnes * static_cast<unsigned char>(c);
    return ~(((same & kLows) + kLows) | same | kLows);
  }
};

}  // namespace newsd
