// How many clients an output serves at one time. That others are turned away is said once, and once when there is room
// again; a flood of them writes two lines. I/O thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace newsd {

class ClientLimit {
 public:
  /// part: of the log; output: its name there, may be empty. Both outlive this.
  ClientLimit(std::string_view part, std::string_view output) : part_(part), output_(output) {}

  /// Whether one more is served beside `clients`. There is room again when a tenth of the places is free.
  bool admits(std::size_t clients, std::size_t most);
  /// Since it was last said that there is room.
  std::uint64_t turned_away() const { return turned_away_; }

 private:
  std::string_view part_, output_;
  std::uint64_t turned_away_ = 0;
};

}  // namespace newsd
