// An open-addressing hash table of 32-bit indexes into a pool that its owner keeps: 4 bytes a slot, no keys of its own.
// The owner gives hashes and equality; linear probing, erased by shifting back, so there are no tombstones. In 256
// parts that grow by themselves, so that no growth stops the daemon. One thread.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace newsd {

/// HashOf: std::uint64_t(std::uint32_t index), the hash of a pool entry.
template <class HashOf>
class SlotTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  explicit SlotTable(HashOf hash_of) : hash_of_(hash_of) {}

  /// The index of an entry with this hash for which equal(index) holds, or kNone.
  template <class Equal>
  std::uint32_t find(std::uint64_t hash, Equal equal) const {
    const Part& part = parts_.data()[part_of(hash)];
    if (part.slots.empty()) return kNone;
    const std::uint32_t* const slots = part.slots.data();
    for (std::size_t at = part.home(hash); slots[at] != kNone; at = part.after(at))
      if (equal(slots[at])) return slots[at];
    return kNone;
  }

  void prefetch(std::uint64_t hash) const {
    const Part& part = parts_.data()[part_of(hash)];
    if (!part.slots.empty()) __builtin_prefetch(part.slots.data() + part.home(hash));
  }

  /// The entry must not be in the table yet.
  void insert(std::uint32_t index) {
    const std::uint64_t hash = hash_of_(index);
    Part& part = parts_[part_of(hash)];
    if ((part.used + 1) * 4 > part.slots.size() * 3) grow(part);
    part.put(index, hash);
    ++part.used;
    ++used_;
  }

  /// The entry must be in the table and still have its hash.
  void erase(std::uint32_t index) {
    const std::uint64_t hash = hash_of_(index);
    Part& part = parts_[part_of(hash)];
    std::vector<std::uint32_t>& slots = part.slots;
    std::size_t hole = part.home(hash);
    while (slots[hole] != index) {
      assert(slots[hole] != kNone);
      hole = part.after(hole);
    }
    // what follows moves back into the hole unless that would put it before its home
    for (std::size_t at = part.after(hole); slots[at] != kNone; at = part.after(at)) {
      const std::size_t wanted = part.home(hash_of_(slots[at]));
      if (((at - wanted) & (slots.size() - 1)) >= ((at - hole) & (slots.size() - 1))) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = kNone;
    --part.used;
    --used_;
  }

  std::size_t size() const { return used_; }

 private:
  static constexpr std::size_t kSmallest = 4;
  static constexpr unsigned kPartBits = 8;

  struct Part {
    std::vector<std::uint32_t> slots;  // a power of two
    std::size_t used = 0;
    std::size_t home(std::uint64_t hash) const {
      return static_cast<std::size_t>(mixed(hash) >> 20) & (slots.size() - 1);
    }
    std::size_t after(std::size_t at) const { return (at + 1) & (slots.size() - 1); }
    void put(std::uint32_t index, std::uint64_t hash) {
      std::size_t at = home(hash);
      while (slots[at] != kNone) at = after(at);
      slots[at] = index;
    }
  };

  static std::uint64_t mixed(std::uint64_t hash) { return hash * 0x9E3779B97F4A7C15u; }
  static std::size_t part_of(std::uint64_t hash) { return static_cast<std::size_t>(mixed(hash) >> (64 - kPartBits)); }
  void grow(Part& part) {
    const std::vector<std::uint32_t> old = std::move(part.slots);
    part.slots.assign(old.empty() ? kSmallest : old.size() * 2, kNone);
    for (const std::uint32_t index : old)
      if (index != kNone) part.put(index, hash_of_(index));
  }

  HashOf hash_of_;
  std::array<Part, std::size_t{1} << kPartBits> parts_;
  std::size_t used_ = 0;
};

}  // namespace newsd
