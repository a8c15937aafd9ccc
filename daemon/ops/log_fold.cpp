#include "daemon/ops/log_fold.h"

#include <functional>
#include <utility>

namespace newsd {

std::optional<LogFold::Owed> LogFold::settle(Slot& slot) {
  if (slot.folded == 0) return std::nullopt;
  return Owed{slot.part, slot.text, std::exchange(slot.folded, 0)};
}

LogFold::Verdict LogFold::seen(std::string_view part, std::string_view text, Time now) {
  const std::size_t hash = std::hash<std::string_view>{}(text) ^ (std::hash<std::string_view>{}(part) << 1);
  Slot& slot = slots_[hash % slots_.size()];
  Verdict verdict;
  const bool same = slot.written > 0 && slot.text == text && slot.part == part;
  if (!same || now - slot.began >= kWindow) {
    verdict.owed = settle(slot);
    slot.part.assign(part);
    slot.text.assign(text);
    slot.began = now;
    slot.written = 0;
  }
  verdict.write = slot.written < kBurst;
  if (verdict.write) {
    ++slot.written;
  } else {
    ++slot.folded;
  }
  return verdict;
}

std::vector<LogFold::Owed> LogFold::drain() {
  std::vector<Owed> owed;
  for (Slot& slot : slots_) {
    if (auto one = settle(slot)) owed.push_back(std::move(*one));
    slot.written = 0;
  }
  return owed;
}

}  // namespace newsd
