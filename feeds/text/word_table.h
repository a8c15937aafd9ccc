// A table from words to values, made by the compiler: what a list, of which every word of a text is asked, would be
// gone through for. Words must be literals. Pure, any thread.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace newsd {

/// Open addressing over eight times as many slots as words: of a word that is not in it, nearly always one slot and no
/// word is looked at. Of equal words the first stands. No word is empty.
template <class V, std::size_t N>
class WordTable {
 public:
  using Entry = std::pair<std::string_view, V>;

  consteval explicit WordTable(const std::array<Entry, N>& entries) : entries_(entries) {
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
  static constexpr std::size_t kSlots = std::bit_ceil(8 * N);
  static_assert(N < 0xFFFF);

  /// The length and four of the letters tell most words apart.
  static constexpr std::size_t slot_of(std::string_view word) {
    const auto at = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(word[i])}; };
    const std::size_t size = word.size();
    const std::uint32_t letters = at(0) | at(size / 3) << 8 | at(size / 2) << 16 | at(size - 1) << 24;
    const std::uint32_t mixed = (letters ^ static_cast<std::uint32_t>(size) * 0x85EBCA6Bu) * 0x9E3779B1u;
    return (mixed ^ mixed >> 15) % kSlots;
  }

  std::array<Entry, N> entries_;
  std::array<std::uint16_t, kSlots> slots_{};  ///< an entry's number and one; 0: none
  std::size_t longest_ = 0;
};

template <class V, std::size_t N>
WordTable(const std::array<std::pair<std::string_view, V>, N>&) -> WordTable<V, N>;

/// A list alone.
template <std::size_t N>
class WordSet {
 public:
  consteval explicit WordSet(const std::string_view (&words)[N]) : table_(entries_of(words)) {}
  constexpr bool contains(std::string_view word) const { return table_.find(word, false); }

 private:
  static consteval auto entries_of(const std::string_view (&words)[N]) {
    std::array<std::pair<std::string_view, bool>, N> entries;
    for (std::size_t i = 0; i < N; ++i) entries[i] = {words[i], true};
    return entries;
  }
  WordTable<bool, N> table_;
};

}  // namespace newsd
