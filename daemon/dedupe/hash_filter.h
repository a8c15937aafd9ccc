// Whether a hash may be among many, by one bit of it: two tables, of which the older is emptied when all that was put
// into it is over. It spares most looks into a far larger table. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace newsd {

class HashFilter {
 public:
  void put(std::uint32_t hash) {
    std::vector<std::uint64_t>& bits = bits_[0];
    if (bits.empty()) bits.resize(kWords);
    bits[word_of(hash)] |= bit_of(hash);
  }
  /// False: it was not put, or its generation is over.
  bool may_have(std::uint32_t hash) const {
    for (const auto& bits : bits_)
      if (!bits.empty() && (bits.data()[word_of(hash)] & bit_of(hash)) != 0) return true;
    return false;
  }
  /// Begins a generation: what was put before the last one is forgotten.
  void next_generation() {
    std::swap(bits_[0], bits_[1]);
    bits_[0].clear();
  }

 private:
  static constexpr unsigned kBits = 21;  // of a hash, the lower ones: sampled hashes are all low
  static constexpr std::size_t kWords = (std::size_t{1} << kBits) / 64;
  static std::size_t word_of(std::uint32_t hash) { return (hash & ((1u << kBits) - 1)) / 64; }
  static std::uint64_t bit_of(std::uint32_t hash) { return std::uint64_t{1} << (hash % 64); }
  std::array<std::vector<std::uint64_t>, 2> bits_;  // of this generation and of the one before
};

}  // namespace newsd
