// Which articles were seen, as a Bloom filter (B. H. Bloom 1970; double hashing after Kirsch and Mitzenmacher 2006):
// never denies an article that was added, claims about one in a hundred that were not. Pure.
#pragma once

#include "feeds/article/ids.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace newsd {

class SightingFilter {
 public:
  explicit SightingFilter(std::uint64_t expected)
      : words_(std::bit_ceil(std::clamp<std::uint64_t>(expected * kBitsEach, kLeastBits, kMostBits)) / 64) {}

  void add(const ArticleId& article) {
    visit(article, [&](std::uint64_t bit) {
      words_[bit / 64] |= mask(bit);
      return true;
    });
  }
  bool may_contain(const ArticleId& article) const {
    return visit(article, [&](std::uint64_t bit) { return (words_[bit / 64] & mask(bit)) != 0; });
  }

 private:
  static constexpr std::uint64_t kBitsEach = 10;  // 0.8 % false claims with 7 probes
  static constexpr int kProbes = 7;
  static constexpr std::uint64_t kLeastBits = 1 << 13;  // 1 KiB
  static constexpr std::uint64_t kMostBits = 1 << 26;   // 8 MiB: 6.7 million articles; beyond, more false claims

  static std::uint64_t mask(std::uint64_t bit) { return std::uint64_t{1} << bit % 64; }

  /// Article ids are UUIDv5, so their halves are hashes already. Stops when `probe` says false, and says so.
  template <class Probe>
  bool visit(const ArticleId& article, Probe probe) const {
    std::uint64_t first = 0, second = 0;
    std::memcpy(&first, article.value().bytes.data(), 8);
    std::memcpy(&second, article.value().bytes.data() + 8, 8);
    const std::uint64_t bits = words_.size() * 64;
    for (int i = 0; i < kProbes; ++i, first += second | 1) {
      if (!probe(first % bits)) return false;
    }
    return true;
  }

  std::vector<std::uint64_t> words_;
};

}  // namespace newsd
