// An open-addressing hash table of 32-bit indexes into a pool that its owner keeps: 4 bytes a slot, no keys of its own.
// The owner gives hashes and equality; linear probing, erased by shifting back, so there are no tombstones. One thread.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace newsd {

/// HashOf: std::uint64_t(std::uint32_t index), the hash of a pool entry.
template <class HashOf>
class SlotTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  explicit SlotTable(HashOf hash_of) : hash_of_(hash_of), slots_(kSmallest, kNone) {}

  /// The index of an entry with this hash for which equal(index) holds, or kNone.
  template <class Equal>
  std::uint32_t find(std::uint64_t hash, Equal equal) const {
    for (std::size_t at = home(hash); slots_[at] != kNone; at = after(at))
      if (equal(slots_[at])) return slots_[at];
    return kNone;
  }

  void prefetch(std::uint64_t hash) const { __builtin_prefetch(slots_.data() + home(hash)); }

  /// The entry must not be in the table yet.
  void insert(std::uint32_t index) {
    if ((used_ + 1) * 4 > slots_.size() * 3) grow();
    put(index);
    ++used_;
  }

  /// The entry must be in the table and still have its hash.
  void erase(std::uint32_t index) {
    std::size_t hole = home(hash_of_(index));
    while (slots_[hole] != index) {
      assert(slots_[hole] != kNone);
      hole = after(hole);
    }
    // what follows moves back into the hole unless that would put it before its home
    for (std::size_t at = after(hole); slots_[at] != kNone; at = after(at)) {
      const std::size_t wanted = home(hash_of_(slots_[at]));
      if (((at - wanted) & (slots_.size() - 1)) >= ((at - hole) & (slots_.size() - 1))) {
        slots_[hole] = slots_[at];
        hole = at;
      }
    }
    slots_[hole] = kNone;
    --used_;
  }

  std::size_t size() const { return used_; }

 private:
  static constexpr std::size_t kSmallest = 64;

  std::size_t home(std::uint64_t hash) const {
    return static_cast<std::size_t>((hash * 0x9E3779B97F4A7C15u) >> 20) & (slots_.size() - 1);
  }
  std::size_t after(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  void put(std::uint32_t index) {
    std::size_t at = home(hash_of_(index));
    while (slots_[at] != kNone) at = after(at);
    slots_[at] = index;
  }
  void grow() {
    std::vector<std::uint32_t> old(slots_.size() * 2, kNone);
    old.swap(slots_);
    for (const std::uint32_t index : old)
      if (index != kNone) put(index);
  }

  HashOf hash_of_;
  std::vector<std::uint32_t> slots_;
  std::size_t used_ = 0;
};

}  // namespace newsd
