#include "daemon/dedupe/posting_table.h"

#include <algorithm>
#include <utility>

namespace newsd {

void PostingTable::add(std::uint32_t hash, Id id) {
  const Place place = place_of(hash);
  Part& part = parts_[place.part];
  if ((part.used + 1) * 20 > part.slots.size() * 17) rebuild(part);
  std::size_t at = part.home(place.tag);
  while (part.slots[at].id() != kEmpty && is_live(part.slots[at].id())) at = part.after(at);
  part.used += part.slots[at].id() == kEmpty;
  part.slots[at] = {place.tag, id};
}

bool PostingTable::replace(std::uint32_t hash, Id id, Id with) {
  const Place place = place_of(hash);
  Part& part = parts_[place.part];
  if (part.slots.empty()) return false;
  for (std::size_t at = part.home(place.tag); part.slots[at].id() != kEmpty; at = part.after(at)) {
    if (part.slots[at].tag() != place.tag || part.slots[at].id() != id) continue;
    part.slots[at] = {place.tag, with};
    return true;
  }
  return false;
}

/// Leaves what has expired behind; between two rebuilds a part fills from seven tenths to seventeen twentieths.
void PostingTable::rebuild(Part& part) {
  std::vector<Slot> old = std::exchange(part.slots, {});
  const auto live = static_cast<std::size_t>(
      std::count_if(old.begin(), old.end(), [this](const Slot& slot) { return is_live(slot.id()); }));
  bytes_ -= old.size() * sizeof(Slot);
  part.slots.resize(std::max(kSmallest, live * 10 / 7 + 2));
  bytes_ += part.slots.size() * sizeof(Slot);
  part.used = live;
  for (const Slot& slot : old) {
    if (!is_live(slot.id())) continue;
    std::size_t at = part.home(slot.tag());
    while (part.slots[at].id() != kEmpty) at = part.after(at);
    part.slots[at] = slot;
  }
}

}  // namespace newsd
