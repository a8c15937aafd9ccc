#include "daemon/classify/vocabulary.h"

#include <array>
#include <utility>

namespace newsd {
namespace {

/// FNV-1a, 64 bits, folded to 32: the words are short, and ours but for the look-ups.
std::uint32_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

std::size_t Vocabulary::slot_of(std::string_view word, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].entry != kNoWord && !(slots_[slot].hash == hash && at(slots_[slot].entry) == word))
    slot = (slot + 1) & mask;
  return slot;
}

void Vocabulary::grow() {
  const std::vector<Slot> old = std::move(slots_);
  slots_.assign(old.empty() ? 1024 : old.size() * 2, {});
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& taken : old) {
    if (taken.entry == kNoWord) continue;
    std::size_t slot = taken.hash & mask;
    while (slots_[slot].entry != kNoWord) slot = (slot + 1) & mask;
    slots_[slot] = taken;
  }
}

std::uint32_t Vocabulary::add(std::string_view word) {
  if (entries_.size() * 2 >= slots_.size()) grow();
  const std::uint32_t hash = hash_of(word);
  Slot& slot = slots_[slot_of(word, hash)];
  if (slot.entry == kNoWord) {
    slot = {hash, static_cast<std::uint32_t>(entries_.size())};
    entries_.push_back({static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(word.size())});
    pool_ += word;
  }
  return slot.entry;
}

std::uint32_t Vocabulary::find(std::string_view word) const {
  return slots_.empty() ? kNoWord : slots_[slot_of(word, hash_of(word))].entry;
}

void Vocabulary::find_all(TokenText& text) const {
  if (slots_.empty()) return;
  constexpr std::size_t kAhead = 16;
  const std::size_t count = text.tokens.size();
  std::array<std::uint32_t, kAhead> hashes{};
  const auto fetch = [&](std::size_t token) {
    if (token >= count) return;
    const std::uint32_t hash = hash_of(text.folded(token));
    hashes[token % kAhead] = hash;
    __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  };
  for (std::size_t token = 0; token < kAhead; ++token) fetch(token);
  for (std::size_t token = 0; token < count; ++token) {
    const std::uint32_t hash = hashes[token % kAhead];
    fetch(token + kAhead);
    const std::string_view folded = text.folded(token);
    if (!folded.empty()) text.tokens[token].word = slots_[slot_of(folded, hash)].entry;
  }
}

}  // namespace newsd
