// A flat multimap from 32-bit hashes to time-ordered ids: open addressing, eight bytes a slot, in 256 parts that grow
// by themselves, so that no growth stops the daemon. Ids only ever increase, and what is older than the oldest live id
// is an empty place to whoever inserts: expiry needs no scan. Up to 2^31 ids live at once; they wrap around. One
// thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace newsd {

class PostingTable {
 public:
  /// 31 bits; the highest is a mark the caller may set.
  using Id = std::uint32_t;
  static constexpr Id kMark = 1u << 31, kIds = kMark - 2;  ///< ids are below kIds

  /// Ids from `oldest` on, before `next`, are live.
  void set_live(Id oldest, Id next) {
    oldest_ = oldest;
    count_ = distance(oldest, next);
  }
  bool is_live(Id id) const { return id < kGone && distance(oldest_, id & ~kMark) < count_; }

  void add(std::uint32_t hash, Id id);
  /// Calls visit(id) for the live ids of the hash, marked ones with their mark.
  template <class Visit>
  void each(std::uint32_t hash, Visit visit) const {
    const Place place = place_of(hash);
    const Part& part = parts_[place.part];
    if (part.slots.empty()) return;
    for (std::size_t at = part.home(place.tag); part.slots[at].id != kEmpty; at = part.after(at)) {
      const Slot& slot = part.slots[at];
      if (slot.tag == place.tag && is_live(slot.id)) visit(slot.id);
    }
  }
  /// Takes out one id of the hash, as it is stored; false when it is not there.
  bool remove(std::uint32_t hash, Id id);
  void prefetch(std::uint32_t hash) const {
    const Place place = place_of(hash);
    const Part& part = parts_[place.part];
    if (!part.slots.empty()) __builtin_prefetch(part.slots.data() + part.home(place.tag));
  }

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr Id kEmpty = UINT32_MAX, kGone = UINT32_MAX - 1;
  static constexpr std::size_t kSmallest = 16;

  struct Slot {
    std::uint32_t tag = 0;
    Id id = kEmpty;
  };
  struct Part {
    std::vector<Slot> slots;
    std::size_t used = 0;  // slots that are not empty, what has expired included
    std::size_t home(std::uint32_t tag) const {
      return static_cast<std::size_t>(std::uint64_t{tag} * slots.size() >> 32);
    }
    std::size_t after(std::size_t at) const { return at + 1 == slots.size() ? 0 : at + 1; }
  };
  struct Place {
    std::size_t part;
    std::uint32_t tag;
  };

  /// 40 bits of a product, so that the small hashes of a sample spread: two hashes of one place are one in 10^12.
  static Place place_of(std::uint32_t hash) {
    std::uint64_t x = hash * 0x9E3779B97F4A7C15u;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93u;
    return {static_cast<std::size_t>(x >> 56), static_cast<std::uint32_t>(x >> 24)};
  }
  static Id distance(Id from, Id to) { return to >= from ? to - from : to + kIds - from; }
  void rebuild(Part& part);

  std::array<Part, 256> parts_;
  Id oldest_ = 0, count_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace newsd
