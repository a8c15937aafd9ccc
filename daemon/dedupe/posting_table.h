// A flat multimap from 32-bit hashes to time-ordered ids: open addressing, six bytes a slot, in 1024 parts that grow by
// themselves, so that no growth stops the daemon. Ids only ever increase, and what is older than the oldest live id is
// an empty place to whoever inserts: expiry needs no scan. Up to 2^25 ids live at once; they wrap around. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace newsd {

class PostingTable {
 public:
  /// 25 bits; the one above them is a mark the caller may set.
  using Id = std::uint32_t;
  static constexpr Id kMark = 1u << 25, kIds = kMark - 2;  ///< ids are below kIds

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
    for (std::size_t at = part.home(place.tag); part.slots[at].id() != kEmpty; at = part.after(at)) {
      const Slot& slot = part.slots[at];
      if (slot.tag() == place.tag && is_live(slot.id())) visit(slot.id());
    }
  }
  /// Takes out one id of the hash, as it is stored; false when it is not there.
  bool remove(std::uint32_t hash, Id id) { return replace(hash, id, kGone); }
  /// Puts another in its place.
  bool replace(std::uint32_t hash, Id id, Id with);
  void prefetch(std::uint32_t hash) const {
    const Place place = place_of(hash);
    const Part& part = parts_[place.part];
    if (!part.slots.empty()) __builtin_prefetch(part.slots.data() + part.home(place.tag));
  }

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr Id kEmpty = 2 * kMark - 1, kGone = kEmpty - 1;
  static constexpr std::size_t kSmallest = 4;
  static constexpr unsigned kTagBits = 22, kIdBits = 26;

  /// 26 bits of the id and its mark, 22 of the tag; bytes, so that slots need no alignment.
  class Slot {
   public:
    Slot() { bytes_.fill(0xFF); }
    Slot(std::uint32_t tag, Id id) {
      const std::uint32_t low = id | tag << kIdBits;
      const auto high = static_cast<std::uint16_t>(tag >> (32 - kIdBits));
      std::memcpy(bytes_.data(), &low, sizeof low);
      std::memcpy(bytes_.data() + sizeof low, &high, sizeof high);
    }
    Id id() const { return low() & kEmpty; }
    std::uint32_t tag() const { return low() >> kIdBits | std::uint32_t{high()} << (32 - kIdBits); }

   private:
    std::uint32_t low() const {
      std::uint32_t value = 0;
      std::memcpy(&value, bytes_.data(), sizeof value);
      return value;
    }
    std::uint16_t high() const {
      std::uint16_t value = 0;
      std::memcpy(&value, bytes_.data() + sizeof(std::uint32_t), sizeof value);
      return value;
    }
    std::array<unsigned char, 6> bytes_;
  };
  struct Part {
    std::vector<Slot> slots;
    std::size_t used = 0;  // slots that are not empty, what has expired included
    std::size_t home(std::uint32_t tag) const {
      return static_cast<std::size_t>(std::uint64_t{tag} * slots.size() >> kTagBits);
    }
    std::size_t after(std::size_t at) const { return at + 1 == slots.size() ? 0 : at + 1; }
  };
  struct Place {
    std::size_t part;
    std::uint32_t tag;
  };

  /// All 32 bits, well mixed (the last step of MurmurHash3, which loses nothing): a part and a tag are the hash itself.
  static Place place_of(std::uint32_t hash) {
    hash = (hash ^ hash >> 16) * 0x85EBCA6Bu;
    hash = (hash ^ hash >> 13) * 0xC2B2AE35u;
    hash ^= hash >> 16;
    return {hash >> kTagBits, hash & ((1u << kTagBits) - 1)};
  }
  static Id distance(Id from, Id to) { return to >= from ? to - from : to + kIds - from; }
  void rebuild(Part& part);

  std::array<Part, std::size_t{1} << (32 - kTagBits)> parts_;
  Id oldest_ = 0, count_ = 0;
  std::size_t bytes_ = sizeof(parts_);
};

}  // namespace newsd
