#include "daemon/dedupe/posting_table.h"

#include <algorithm>

namespace newsd {

/// Before the first slot of a greater tag; from there on all move up to the next that is empty or has expired.
void PostingTable::add(std::uint32_t hash, Id id) {
  const Place place = place_of(hash);
  Part& part = parts_[place.part];
  if ((part.used + 1) * 20 > part.homes * 17) rebuild(part);
  const auto is_free = [this](const Slot& slot) { return !is_live(slot.id()); };
  Slot* const home = part.slots.data() + part.home(place.tag);
  Slot* at = home;
  while (at->tag() <= place.tag && at->id() != kEmpty) ++at;
  if (at != home && is_free(at[-1])) {
    at[-1] = {place.tag, id};
    return;
  }
  Slot* free = at;
  while (!is_free(*free)) ++free;  // an empty one at the latest
  if (free == &part.slots.back()) {
    rebuild(part);
    return add(hash, id);
  }
  part.used += free->id() == kEmpty;
  std::copy_backward(at, free, free + 1);
  *at = {place.tag, id};
}

bool PostingTable::replace(std::uint32_t hash, Id id, Id with) {
  const Place place = place_of(hash);
  Part& part = parts_[place.part];
  if (part.slots.empty()) return false;
  for (const Slot* slot = part.lower_bound(place.tag); slot->tag() == place.tag && slot->id() != kEmpty; ++slot) {
    if (slot->id() != id) continue;
    part.slots[static_cast<std::size_t>(slot - part.slots.data())] = {place.tag, with};
    return true;
  }
  return false;
}

/// Leaves what has expired behind; between two rebuilds a part fills from seven tenths to seventeen twentieths.
void PostingTable::rebuild(Part& part) {
  const auto is_kept = [this](const Slot& slot) { return is_live(slot.id()); };
  part.used = static_cast<std::size_t>(std::count_if(part.slots.begin(), part.slots.end(), is_kept));
  part.homes = std::max(kSmallest, part.used * 10 / 7 + 2);
  thread_local std::vector<Slot> made;
  made.assign(part.homes + part.used + kBehind, Slot());
  Slot* end = made.data();  // behind the last
  for (const Slot& slot : part.slots) {
    if (!is_kept(slot)) continue;
    end = std::max(end, made.data() + part.home(slot.tag()));
    *end++ = slot;
  }
  made.resize(std::max(static_cast<std::size_t>(end - made.data()), part.homes) + kBehind);
  bytes_ -= part.slots.size() * sizeof(Slot);
  part.slots = std::vector<Slot>(made.begin(), made.end());  // no more room than it has
  bytes_ += part.slots.size() * sizeof(Slot);
}

}  // namespace newsd
