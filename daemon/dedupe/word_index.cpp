#include "daemon/dedupe/word_index.h"

#include <utility>

namespace newsd {

/// Where the word is, or the empty slot in which it would be. There is always one.
std::size_t WordIndex::Part::find(std::uint32_t word) const {
  const Slot* const begin = slots.data();
  std::size_t at = home(word);
  while (!begin[at].is_empty() && begin[at].word() != word)
    if (++at == slots.size()) at = 0;
  return at;
}

std::size_t WordIndex::bytes_of(const Part& part) {
  return part.slots.capacity() * sizeof(Slot) + part.ids.capacity() * sizeof(Id);
}

WordIndex::List WordIndex::look_up(std::uint32_t word) const {
  constexpr std::size_t kLine = 16;  // ids of a line of the cache
  const Part& part = parts_[part_of(word)];
  if (part.slots.empty()) return {};
  const Slot& slot = part.slots.data()[part.find(word)];
  if (slot.is_empty()) return {};
  const List list{part.list(slot), slot.count()};
  for (std::size_t at = 0; at < list.size; at += kLine) __builtin_prefetch(list.ids + at);
  return list;
}

void WordIndex::enter(std::uint32_t word, Id id) {
  Part& part = parts_[part_of(word)];
  if ((part.used + 1) * 5 > part.slots.size() * 4) rebuild(part, 0);
  Slot& slot = part.slots[part.find(word)];
  if (slot.is_empty()) {
    slot = {word, 0, 1, id};
    ++part.used;
    return;
  }
  if (!slot.is_full() || slot.count() == kMostIds) return insert(part, slot, id);
  const Id* const list = part.list(slot);
  if (list[slot.count() - 1] == id) return;
  const std::size_t larger = slot.size_class() + 1;
  if (part.ids.size() + kSizes[larger] > part.ids.capacity()) {
    if (part.left * 4 > part.ids.size()) {
      rebuild(part, kSizes[larger]);
      return enter(word, id);
    }
    bytes_ -= bytes_of(part);
    part.ids.reserve(part.ids.size() + part.ids.size() / 8 + 2 * kSizes[larger]);
    bytes_ += bytes_of(part);
  }
  part.left += slot.size_class() == 0 ? 0 : kSizes[slot.size_class()];
  const auto at = static_cast<std::uint32_t>(part.ids.size());
  part.ids.resize(part.ids.size() + kSizes[larger]);
  std::copy_n(part.list(slot), slot.count(), part.ids.data() + at);
  slot = {word, larger, slot.count(), at};
  insert(part, slot, id);
}

/// Into a list that has room, or into one that is as long as any; nearly always the id is the newest.
void WordIndex::insert(Part& part, Slot& slot, Id id) const {
  Id* const ids = part.list(slot);
  std::size_t place = slot.count();
  while (place > 0 && age(ids[place - 1]) < age(id)) --place;
  if (place > 0 && ids[place - 1] == id) return;
  if (slot.count() < kMostIds) {
    std::copy_backward(ids + place, ids + slot.count(), ids + slot.count() + 1);
    ids[place] = id;
    slot.count_one();
  } else {
    if (place > 0) --place;
    std::copy(ids + 1, ids + 1 + place, ids);
    ids[place] = id;
  }
}

/// Leaves behind what is dead and what lists grew out of, and makes room for `room` more ids; between two rebuilds the
/// slots fill from seven tenths to four fifths.
void WordIndex::rebuild(Part& part, std::size_t room) {
  constexpr std::size_t kSmallest = 4;
  Part made;
  std::size_t words = 0, ids = 0;
  const auto size_class_of = [](std::size_t count) {
    return static_cast<std::size_t>(std::lower_bound(kSizes.begin(), kSizes.end(), count) - kSizes.begin());
  };
  const auto each = [&](auto visit) {
    for (const Slot& slot : part.slots) {
      const std::span<const Id> list = live({part.list(slot), slot.count()});
      if (!list.empty()) visit(slot.word(), list, size_class_of(list.size()));
    }
  };
  each([&](std::uint32_t, std::span<const Id>, std::size_t size_class) {
    ++words;
    if (size_class > 0) ids += kSizes[size_class];
  });
  made.slots.resize(std::max(kSmallest, words * 10 / 7 + 2));
  made.ids.reserve(ids + ids / 8 + 2 * room);
  made.used = words;
  each([&](std::uint32_t word, std::span<const Id> list, std::size_t size_class) {
    Slot& slot = made.slots[made.find(word)];
    const auto at = static_cast<std::uint32_t>(made.ids.size());
    if (size_class > 0) made.ids.resize(made.ids.size() + kSizes[size_class]);
    slot = {word, size_class, list.size(), at};
    std::copy(list.begin(), list.end(), made.list(slot));
  });
  bytes_ += bytes_of(made);
  bytes_ -= bytes_of(part);
  part = std::move(made);
}

}  // namespace newsd
