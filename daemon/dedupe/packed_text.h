// What a text or a group of texts is about, in four bytes a word: 22 bits of the word, 10 of its weight, of the
// heaviest word's in each of the three vectors. Never changes once made, so a story, its topic and its first member
// share one; kept in a Spill. Made and read on one thread.
#pragma once

#include "daemon/dedupe/spill.h"
#include "daemon/dedupe/word_weights.h"

#include <cstddef>

namespace newsd {

/// Three cosines, each 0 to 1, or the products they are made of.
struct ThreeWays {
  double body = 0, names = 0, title = 0;
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

 private:
  Spilled words_;
};

}  // namespace newsd
