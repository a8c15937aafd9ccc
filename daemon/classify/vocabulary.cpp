#include "daemon/classify/vocabulary.h"

namespace newsd {
namespace {

/// FNV-1a, 64 bits: the words are short, and ours but for the look-ups.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash ^ (hash >> 29);
}

}  // namespace

std::size_t Vocabulary::slot_of(std::string_view word, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != kNoWord) {
    const std::uint32_t entry = slots_[slot];
    if (entries_[entry].hash == hash && at(entry) == word) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void Vocabulary::grow() {
  slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, kNoWord);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    std::size_t slot = entries_[i].hash & mask;
    while (slots_[slot] != kNoWord) slot = (slot + 1) & mask;
    slots_[slot] = i;
  }
}

std::uint32_t Vocabulary::add(std::string_view word) {
  if (entries_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(word);
  const std::size_t slot = slot_of(word, hash);
  if (slots_[slot] == kNoWord) {
    slots_[slot] = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back({hash, static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(word.size())});
    pool_ += word;
  }
  return slots_[slot];
}

std::uint32_t Vocabulary::find(std::string_view word) const {
  return slots_.empty() ? kNoWord : slots_[slot_of(word, hash_of(word))];
}

}  // namespace newsd
