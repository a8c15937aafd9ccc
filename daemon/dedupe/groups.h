// Groups of texts that are about the same thing, found while they come in: each text joins the group it is most like,
// or starts its own. Stories and topics are two of them, with other measures of "most". Knows no articles but by name;
// one thread.
#pragma once

#include "daemon/dedupe/packed_text.h"
#include "daemon/dedupe/posting_table.h"
#include "daemon/dedupe/slot_table.h"
#include "daemon/dedupe/tally.h"
#include "daemon/dedupe/word_index.h"
#include "feeds/article/ids.h"

#include <cstdint>
#include <deque>
#include <span>
#include <utility>

namespace newsd {

class Groups {
 public:
  using GroupId = PostingTable::Id;
  static constexpr GroupId kNone = UINT32_MAX;

  /// How alike a text and a group are: shares of body, names and headline, times one half for every half_life between
  /// them. join: the least likeness to join a group of one; it rises by `rise` with every doubling, so that no group
  /// swallows the rest (as snowballs do).
  struct Measure {
    double body = 0.55, names = 0.25, title = 0.2;
    double join = 0.17, rise = 0.01;
    std::chrono::milliseconds half_life = std::chrono::hours(60);
    std::chrono::milliseconds reach = std::chrono::days(14);  ///< further from its first or last text none joins
    std::size_t compared = 12;                                ///< groups, after a rough count of shared words
    /// of a text, the heaviest: what it is found by; it looks for twice as many, SoughtText's most
    std::size_t indexed_words = 14, indexed_names = 8;
    std::size_t body_words = 160, names_words = 64, title_words = 32;  ///< kept of a group, the heaviest
  };

  /// number: they are numbered as they start. first, last: milliseconds, when its texts are from.
  struct Group {
    Uuid id;
    PackedText sum;  ///< of its members' vectors, length 1 each
    std::int64_t first = 0, last = 0, touched = 0;
    std::uint32_t size = 0;
    GroupId number = kNone;
    std::uint32_t before = UINT32_MAX, after = UINT32_MAX;  ///< in the order of touching
  };
  struct Choice {
    GroupId best = kNone, next = kNone;
    double likeness = 0, next_likeness = 0;  ///< of 1
  };

  /// spill: for the sums; outlives the groups.
  Groups(const Measure& measure, Spill& spill);
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;

  /// The likeliest groups; best is kNone when none is like enough to join, next is the likeliest beside it.
  /// caution: times as much likeness is asked for, where the text's time is not known.
  Choice choose(const SoughtText& text, std::int64_t time, double caution = 1) const;
  double likeness(const TextVectors& text, std::int64_t time, const Group& group) const;
  /// Of one of its members and the others.
  double likeness_without(GroupId id, const PackedText& member, std::int64_t time) const;
  double threshold(std::uint32_t size) const;

  GroupId find(const Uuid& id) const;
  const Group& at(GroupId id) const { return pool_[place_of(id)]; }
  GroupId start(const Uuid& id, std::int64_t time);
  /// packed: text as Groups keeps it.
  void add(GroupId id, const SoughtText& text, const PackedText& packed, std::int64_t time);
  void merge(GroupId from, GroupId into);
  void drop(GroupId id);
  /// Takes a member's vectors out again, as far as they are still there.
  void take_out(GroupId id, const PackedText& text);

  /// Puts a group behind all others, at the time `now` or the latest known.
  void touch(GroupId id, std::int64_t now);
  /// Calls visit(group) for those not touched since `before`, the longest untouched first.
  template <class Visit>
  void each_untouched(std::int64_t before, Visit visit) const {
    for (std::uint32_t at = oldest_touched_; at != kNoPlace && pool_[at].touched < before; at = pool_[at].after)
      visit(pool_[at]);
  }

  std::size_t size() const { return by_id_.size(); }
  /// Without the sums.
  std::size_t bytes() const { return pool_.size() * (sizeof(Group) + kTableBytes) + index_.bytes(); }

 private:
  static constexpr std::uint32_t kNoPlace = UINT32_MAX;
  static constexpr std::size_t kTableBytes = 2 * 8;  // of the two tables, which are half full
  struct HashOfId {
    const std::deque<Group>* pool;
    std::uint64_t operator()(std::uint32_t place) const { return std::hash<Uuid>{}((*pool)[place].id); }
  };
  struct HashOfNumber {
    const std::deque<Group>* pool;
    std::uint64_t operator()(std::uint32_t place) const { return (*pool)[place].number; }
  };
  std::span<const Tally::Entry> likeliest(const SoughtText& text) const;
  std::uint32_t find_place(GroupId id) const;
  std::uint32_t place_of(GroupId id) const;
  Group& group(GroupId id) { return pool_[place_of(id)]; }
  /// The same as of the text itself, for many groups.
  double likeness(const SoughtText& text, std::int64_t time, const Group& group) const;
  /// Likeness from the three cosines and the time between.
  double closeness(const Group& group, std::int64_t time, const ThreeWays& cosines) const;
  void gather(Group& group, const TextVectors& text, double factor);
  void unlink(std::uint32_t place);
  void link_last(std::uint32_t place);
  void index(GroupId id, const SoughtText& text);

  Measure measure_;
  Spill& spill_;
  std::deque<Group> pool_;
  std::uint32_t free_ = kNoPlace;  // chained through `after`
  SlotTable<HashOfId> by_id_;
  SlotTable<HashOfNumber> by_number_;
  std::uint32_t oldest_touched_ = kNoPlace, newest_touched_ = kNoPlace;
  WordIndex index_;
  GroupId oldest_ = 0, next_ = 0;
};

}  // namespace newsd
