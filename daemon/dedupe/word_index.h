// Which groups a word leads to: for every word the latest of them, side by side and in the order in which they started,
// so that a word costs a line or two of the cache. Small open-addressing tables, 1024 of them, each with the lists of
// its words in one array; they grow by themselves, so that no growth stops the daemon. What is older than the oldest
// live id is left behind when a table grows: expiry needs no scan. One thread.
#pragma once

#include "daemon/dedupe/posting_table.h"
#include "daemon/dedupe/word_weights.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace newsd {

class WordIndex {
 public:
  using Id = PostingTable::Id;                 ///< below PostingTable::kIds; they wrap around
  static constexpr std::size_t kMostIds = 48;  ///< a word leads to, the latest

  /// Ids from `oldest` on, before `next`, are live.
  void set_live(Id oldest, Id next) {
    next_ = next;
    live_ = oldest == next ? 0 : age(oldest);
  }

  /// Enters a live id once; of too many the oldest leaves. word: as vectors have them, WordWeights::kWordBits of it.
  void enter(std::uint32_t word, Id id);

  /// What a word leads to, dead ids first; until the next change.
  struct List {
    const Id* ids = nullptr;
    std::size_t size = 0;
  };
  void prefetch(std::uint32_t word) const {
    const Part& part = parts_[part_of(word)];
    if (!part.slots.empty()) __builtin_prefetch(part.slots.data() + part.home(word));
  }
  /// Finds the list and has it fetched into the cache, but does not look at it yet.
  List look_up(std::uint32_t word) const;
  /// The live ids of a list, the oldest first.
  std::span<const Id> live(List list) const {
    while (list.size > 0 && age(*list.ids) > live_) ++list.ids, --list.size;
    return {list.ids, list.size};
  }

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr unsigned kPartBits = 10, kCountBits = 6, kSizeBits = 32 - WordWeights::kWordBits - kCountBits;
  static constexpr std::uint32_t kOfWord = ~(UINT32_MAX >> WordWeights::kWordBits);
  /// Of lists; that of one id lies in the slot itself.
  static constexpr std::array<std::uint32_t, 12> kSizes{1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40, kMostIds};
  static_assert(kMostIds < (1u << kCountBits) && kSizes.size() <= (1u << kSizeBits));

  /// A word with how many ids it leads to and how many have room; no word without an id. at: of the list in the part's
  /// array, or the only id.
  class Slot {
   public:
    Slot() = default;
    Slot(std::uint32_t word, std::size_t size_class, std::size_t count, std::uint32_t at)
        : packed_(word | static_cast<std::uint32_t>(size_class << kCountBits | count)), at_(at) {}
    bool is_empty() const { return count() == 0; }
    std::uint32_t word() const { return packed_ & kOfWord; }
    std::size_t count() const { return packed_ & ((1u << kCountBits) - 1); }
    std::size_t size_class() const { return packed_ >> kCountBits & ((1u << kSizeBits) - 1); }
    bool is_full() const { return count() == kSizes[size_class()]; }
    void count_one() { ++packed_; }
    std::uint32_t& at() { return at_; }
    const std::uint32_t& at() const { return at_; }

   private:
    std::uint32_t packed_ = 0, at_ = 0;
  };
  struct Part {
    std::vector<Slot> slots;
    std::vector<Id> ids;   // its capacity is what was made room for
    std::size_t used = 0;  // slots that are not empty
    std::size_t left = 0;  // ids of the array that lists grew out of
    std::size_t home(std::uint32_t word) const {
      return static_cast<std::size_t>(std::uint64_t{mixed(word) << kPartBits} * slots.size() >> 32);
    }
    std::size_t find(std::uint32_t word) const;
    const Id* list(const Slot& slot) const { return slot.size_class() == 0 ? &slot.at() : ids.data() + slot.at(); }
    Id* list(Slot& slot) { return slot.size_class() == 0 ? &slot.at() : ids.data() + slot.at(); }
  };

  /// Knuth's multiplicative hash: the words' bits come out in the upper bits, none lost.
  static std::uint32_t mixed(std::uint32_t word) { return word * 0x9E3779B1u; }
  static std::size_t part_of(std::uint32_t word) { return mixed(word) >> (32 - kPartBits); }
  /// How many ids were given out since, about.
  Id age(Id id) const { return id < next_ ? next_ - id : next_ + PostingTable::kIds - id; }
  static std::size_t bytes_of(const Part& part);
  void insert(Part& part, Slot& slot, Id id) const;
  void rebuild(Part& part, std::size_t room);

  std::array<Part, std::size_t{1} << kPartBits> parts_;
  Id next_ = 0, live_ = 0;  // live_: how many
  std::size_t bytes_ = sizeof(parts_);
};

}  // namespace newsd
