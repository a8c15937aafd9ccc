// Decides which log entries are written when one repeats itself: the first ten within ten seconds are, the rest are
// counted. Pure: time is an argument; one thread at a time. It remembers 64 different entries; an older one makes room
// and its count is handed back.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class LogFold {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int kBurst = 10;
  static constexpr std::chrono::seconds kWindow{10};

  /// What was kept back of one entry.
  struct Owed {
    std::string part, text;
    std::uint64_t times = 0;
  };
  struct Verdict {
    bool write = true;
    std::optional<Owed> owed;  ///< to be told first
  };

  Verdict seen(std::string_view part, std::string_view text, Time now);
  /// Everything still owed; forgets all.
  std::vector<Owed> drain();

 private:
  struct Slot {
    std::string part, text;
    Time began;
    int written = 0;
    std::uint64_t folded = 0;
  };
  static std::optional<Owed> settle(Slot& slot);
  std::array<Slot, 64> slots_;
};

}  // namespace newsd
