// A table from a few words to values, made at compile time: what a chain of comparisons would find, in one look. Words
// must be literals. Plain, any thread.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <utility>

namespace newsd {

/// Open addressing over twice as many slots as words. Of equal words the first stands.
template <class V, std::size_t N>
class WordTable {
 public:
  using Entry = std::pair<std::string_view, V>;

  constexpr explicit WordTable(const std::array<Entry, N>& entries) : entries_(entries) {
    for (std::size_t i = 0; i < N; ++i) {
      std::size_t slot = slot_of(entries_[i].first);
      while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint16_t>(i + 1);
      longest_ = std::max(longest_, entries_[i].first.size());
    }
  }

  constexpr V find(std::string_view word, V none) const {
    if (word.empty() || word.size() > longest_) return none;
    for (std::size_t slot = slot_of(word); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
      const Entry& entry = entries_[slots_[slot] - 1u];
      if (entry.first == word) return entry.second;
    }
    return none;
  }

  constexpr const std::array<Entry, N>& entries() const { return entries_; }

 private:
  static constexpr std::size_t kSlots = std::bit_ceil(2 * N);
  static_assert(N < 0xFFFF);

  /// The length and the first and last letters tell words of grammar well enough apart.
  static constexpr std::size_t slot_of(std::string_view word) {
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(word[i])); };
    const std::size_t n = word.size();
    return ((at(0) * 31 + at(n / 2)) * 31 + at(n - 1) + n * 131) % kSlots;
  }

  std::array<Entry, N> entries_;
  std::array<std::uint16_t, kSlots> slots_{};
  std::size_t longest_ = 0;
};

template <class V, std::size_t N>
WordTable(const std::array<std::pair<std::string_view, V>, N>&) -> WordTable<V, N>;

}  // namespace newsd
