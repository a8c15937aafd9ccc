// A flat multimap from 32-bit hashes to time-ordered ids: open addressing, six bytes a slot, in 1024 parts that grow by
// themselves, so that no growth stops the daemon. Slots are in the order of their hashes (ordered linear probing, Amble
// and Knuth 1974): who looks for a hash stops at the first greater one. Ids only ever increase, and what is older than
// the oldest live id is an empty place to whoever inserts: expiry needs no scan. Up to 2^25 ids live at once; they wrap
// around. One thread.
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
    for (const Slot* slot = part.lower_bound(place.tag); slot->tag() == place.tag && slot->id() != kEmpty; ++slot)
      if (is_live(slot->id())) visit(slot->id());
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
  static constexpr std::size_t kSmallest = 4, kBehind = 8;  // slots behind the homes
  static constexpr unsigned kTagBits = 22, kIdBits = 26;

  /// 26 bits of the id and its mark, 22 of the tag, which is the greatest in an empty slot; bytes, so that slots need
  /// no alignment.
  class Slot {
   public:
    Slot() { bytes_.fill(0xFF); }
    Slot(std::uint32_t tag, Id id) {
      const std::uint32_t low = id | tag << kIdBits;
      const auto high = static_cast<std::uint16_t>(tag >> (32 - kIdBits));
      std::memcpy(bytes_.data(), &low, sizeof low);
      std::memcpy(bytes_.data() + sizeof low, &high, sizeof high);
    }
    Id id() const { return static_cast<Id>(value()) & kEmpty; }
    std::uint32_t tag() const { return static_cast<std::uint32_t>(value() >> kIdBits); }

   private:
    std::uint64_t value() const {
      std::uint32_t low = 0;
      std::uint16_t high = 0;
      std::memcpy(&low, bytes_.data(), sizeof low);
      std::memcpy(&high, bytes_.data() + sizeof low, sizeof high);
      return std::uint64_t{high} << 32 | low;
    }
    std::array<unsigned char, 6> bytes_;
  };
  /// homes: slots that tags are at home in; behind them there are some for those that found no place there, the last
  /// always empty.
  struct Part {
    std::vector<Slot> slots;
    std::size_t homes = 0;
    std::size_t used = 0;  // slots that are not empty, what has expired included
    std::size_t home(std::uint32_t tag) const {
      return static_cast<std::size_t>(std::uint64_t{tag} * homes >> kTagBits);
    }
    /// The first slot of this tag or a greater one, or an empty one.
    const Slot* lower_bound(std::uint32_t tag) const {
      const Slot* slot = slots.data() + home(tag);
      while (slot->tag() < tag) ++slot;
      return slot;
    }
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
