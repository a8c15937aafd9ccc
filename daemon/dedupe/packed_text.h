// What a text or a group of texts is about, in four bytes a word: 22 bits of the word, 10 of its weight, of the
// heaviest word's in each of the three vectors. Never changes once made, so a story, its topic and its first member
// share one. Made and read on one thread.
#pragma once

#include "daemon/dedupe/word_weights.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace newsd {

/// Three cosines, each 0 to 1, or the products they are made of.
struct ThreeWays {
  double body = 0, names = 0, title = 0;
};

class PackedText {
 public:
  PackedText() = default;
  /// bytes: counts what is allocated until the last copy is gone; outlives it. At most kMostWords a vector count.
  PackedText(const TextVectors& text, std::size_t& bytes);
  static constexpr std::size_t kMostWords = 255;

  TextVectors unpacked() const;
  /// The products of its vectors with those of another text, and the lengths of its own.
  ThreeWays products(const TextVectors& other) const;
  ThreeWays lengths() const;

 private:
  std::shared_ptr<const std::uint32_t[]> words_;
};

}  // namespace newsd
