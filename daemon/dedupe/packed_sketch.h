// What the index keeps of a remembered text, in as few bits as it can: about 500 bytes of a text of 450 words with its
// sixty shingles, twenty-five names and twenty numbers. Pure.
#pragma once

#include "daemon/dedupe/sketch.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace newsd {

/// Shingles, limit, names, title, names and numbers in their places; nothing else of a sketch.
class PackedSketch {
 public:
  PackedSketch() = default;
  explicit PackedSketch(const Sketch& sketch);
  /// Into one that is used again; what is not packed stays as it is there.
  void unpack(Sketch& into) const;
  std::size_t bytes() const { return words_ * sizeof(std::uint64_t); }

 private:
  std::unique_ptr<std::uint64_t[]> bits_;
  std::uint32_t words_ = 0;
  std::uint32_t limit_ = 0;
};

}  // namespace newsd
