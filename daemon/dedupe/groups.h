// Groups of texts that are about the same thing, found while they come in: each text joins the group it is most like,
// or starts its own. Stories and topics are two of them, with other measures of "most". Knows no articles but by name;
// one thread.
#pragma once

#include "daemon/dedupe/posting_table.h"
#include "daemon/dedupe/word_weights.h"
#include "feeds/article/ids.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

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
  };

  struct Group {
    Uuid id;
    TextVectors sum;  ///< of its members' vectors, length 1 each
    double body_length = 0, names_length = 0, title_length = 0;
    std::int64_t first = 0, last = 0;  ///< milliseconds, when its texts are from
    std::uint32_t size = 0;
  };
  struct Choice {
    GroupId best = kNone, next = kNone;
    double likeness = 0, next_likeness = 0;  ///< of 1
  };

  explicit Groups(const Measure& measure) : measure_(measure) {}

  /// The likeliest groups; best is kNone when none is like enough to join, next is the likeliest beside it.
  /// caution: times as much likeness is asked for, where the text's time is not known.
  Choice choose(const TextVectors& text, std::int64_t time, double caution = 1) const;
  double likeness(const TextVectors& text, std::int64_t time, const Group& group) const;
  /// Of one of its members and the others.
  double likeness_without(GroupId id, const TextVectors& member, std::int64_t time) const;
  double threshold(std::uint32_t size) const;

  GroupId find(const Uuid& id) const;
  const Group& at(GroupId id) const { return groups_.at(id); }
  GroupId start(const Uuid& id, std::int64_t time);
  void add(GroupId id, const TextVectors& text, std::int64_t time);
  void merge(GroupId from, GroupId into);
  void drop(GroupId id);
  /// Takes a member's vectors out again, as far as they are still there.
  void take_out(GroupId id, const TextVectors& text);

  std::size_t size() const { return groups_.size(); }
  std::size_t bytes() const { return bytes_ + index_.bytes(); }

 private:
  class Tally;
  /// Likeness from the three cosines and the time between.
  double closeness(const Group& group, std::int64_t time, double body, double names, double title) const;
  static std::size_t bytes_of(const Group& group);
  static void measure(Group& group);
  static void subtract(Group& group, const TextVectors& text);
  void move_oldest();
  void index(GroupId id, const TextVectors& text);

  Measure measure_;
  std::unordered_map<GroupId, Group> groups_;
  std::unordered_map<Uuid, GroupId> by_id_;
  PostingTable index_;  // word → groups
  GroupId oldest_ = 0, next_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace newsd
