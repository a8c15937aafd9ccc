// A SpillSpace in memory whose reads and writes can be made to fail.
#pragma once

#include "daemon/dedupe/spill.h"

#include <algorithm>
#include <map>

namespace newsd {

enum class SpaceError { Full, Lost };
inline std::string_view code_of(SpaceError e) { return e == SpaceError::Full ? "full" : "lost"; }

class MemorySpace final : public SpillSpace {
 public:
  /// What a test looks at and sets while a Spill has the space.
  struct State {
    bool full = false, lost = false;
    std::size_t writes = 0, reads = 0;
    std::map<std::uint64_t, std::uint32_t> words;  ///< by offset
  };
  explicit MemorySpace(std::shared_ptr<State> state) : state_(std::move(state)) {}

  Result<void> write(std::uint64_t offset, std::span<const std::uint32_t> words) override {
    if (state_->full) return Error(SpaceError::Full, "the space is full");
    ++state_->writes;
    for (const std::uint32_t word : words) {
      state_->words[offset] = word;
      offset += sizeof word;
    }
    return {};
  }
  Result<void> read(std::uint64_t offset, std::span<std::uint32_t> words) const override {
    if (state_->lost) return Error(SpaceError::Lost, "the space is lost");
    ++state_->reads;
    for (std::uint32_t& word : words) {
      word = state_->words.at(offset);
      offset += sizeof word;
    }
    return {};
  }

 private:
  std::shared_ptr<State> state_;
};

}  // namespace newsd
