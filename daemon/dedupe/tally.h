// Sums weights by id in an open table that is used again from text to text, and tells the heaviest. One thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace newsd {

/// Ids are below kNone.
class Tally {
 public:
  using Id = std::uint32_t;
  using Entry = std::pair<Id, float>;
  static constexpr Id kNone = UINT32_MAX;

  /// For so many calls of add() before the next take(); nothing must have been added yet.
  void make_room(std::size_t count) {
    used_.resize(std::max(used_.size(), count));
    std::size_t size = std::max(slots_.size(), kSmallest);
    while (size < 2 * count) size *= 2;
    if (size > slots_.size()) slots_.assign(size, Slot{});
  }

  void add(Id id, float weight) {
    Slot* const slots = slots_.data();
    const std::size_t last = slots_.size() - 1;
    std::size_t at = (id * 0x9E3779B1u >> 8) & last;
    while (slots[at].id != id) {
      if (slots[at].id == kNone) {
        slots[at].id = id;
        used_.data()[count_++] = static_cast<std::uint32_t>(at);
        break;
      }
      at = (at + 1) & last;
    }
    slots[at].weight += weight;
  }

  /// Calls visit(id, weight) for all, in no order that tells anything, and forgets them.
  template <class Visit>
  void drain(Visit visit) {
    for (const std::uint32_t at : std::span(used_).first(count_)) {
      const Slot slot = std::exchange(slots_.data()[at], Slot{});
      visit(slot.id, slot.weight);
    }
    count_ = 0;
  }

  /// The heaviest `most`, heaviest first, of equal ones the lowest id; until the next call. Forgets all.
  std::span<const Entry> take(std::size_t most) {
    found_.clear();
    drain([&](Id id, float weight) {
      const Entry entry{id, weight};
      if (found_.size() < most)
        found_.push_back(entry);
      else if (most == 0 || !is_before(entry, found_.back()))
        return;
      else
        found_.back() = entry;
      for (auto place = found_.end() - 1; place != found_.begin() && is_before(*place, *(place - 1)); --place)
        std::iter_swap(place, place - 1);
    });
    return found_;
  }

 private:
  static constexpr std::size_t kSmallest = 4096;
  struct Slot {
    Id id = kNone;
    float weight = 0;
  };
  static bool is_before(const Entry& a, const Entry& b) {
    return a.second > b.second || (a.second == b.second && a.first < b.first);
  }
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> used_;  // the first count_: slots that are not empty
  std::size_t count_ = 0;
  std::vector<Entry> found_;
};

}  // namespace newsd
