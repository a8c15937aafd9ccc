// What a text or a group of texts is about, in four bytes a word: 22 bits of the word, 10 of its weight, of the
// heaviest word's in each of the three vectors. Never changes once made, so a story, its topic and its first member
// share one; kept in a Spill. Made and read on one thread.
#pragma once

#include "daemon/dedupe/spill.h"
#include "daemon/dedupe/word_weights.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace newsd {

/// Three cosines, each 0 to 1, or the products they are made of.
struct ThreeWays {
  double body = 0, names = 0, title = 0;
};

/// A text made ready to be compared with many: its heaviest words, which it is found by, and a filter that most words
/// of the others do not pass.
class SoughtText {
 public:
  static constexpr std::size_t kFoundByWords = 28, kFoundByNames = 16;
  /// text outlives it.
  explicit SoughtText(const TextVectors& text);
  const TextVectors& text() const { return text_; }
  /// The heaviest `most` words, at most kFoundByWords; names, at most kFoundByNames.
  WordVector words(std::size_t most) const { return heaviest(words_, most); }
  WordVector names(std::size_t most) const { return heaviest(names_, most); }

 private:
  friend class PackedText;
  static constexpr std::size_t kPlaces = 2048;
  static std::size_t place_of(std::uint32_t word) { return word >> (32 - WordWeights::kWordBits) & (kPlaces - 1); }
  using Filter = std::array<std::uint8_t, kPlaces>;  // 1: one of the text's words has this place
  const TextVectors& text_;
  WordVector words_, names_;
  std::array<Filter, 3> filters_{};
};

class PackedText {
 public:
  PackedText() = default;
  /// At most kMostWords a vector count.
  PackedText(const TextVectors& text, Spill& spill);
  static constexpr std::size_t kMostWords = 255;

  TextVectors unpacked() const;
  /// products: of its vectors with those of another text; lengths: of its own.
  struct Compared {
    ThreeWays products, lengths;
  };
  Compared compared_with(const TextVectors& other) const;
  /// The same, faster.
  Compared compared_with(const SoughtText& other) const;
  void prefetch() const { words_.prefetch(); }
  void prefetch_place() const { words_.prefetch_place(); }

 private:
  Spilled words_;
};

}  // namespace newsd
