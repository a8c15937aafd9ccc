// Progress: how far long work is, how fast and how long still, as one line on the terminal that goes again. It says
// nothing where stderr is no terminal, or the user wants quiet. One thread.
#pragma once

#include "daemon/cli/console.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace newsd {

/// "replay: 1200 of 4500, 400 a second, 9 s left"; without the last part before anything is done.
std::string progress_words(std::string_view what, std::uint64_t done, std::uint64_t of,
                           std::chrono::duration<double> time);

class Progress {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kEvery{200};
  static constexpr std::chrono::milliseconds kFirst{1000};  ///< work that is done by then is not worth a line

  /// what: a word or two. of: how much there is, in the same measure as at(). The console outlives it.
  Progress(Console& console, std::string what, std::uint64_t of, bool is_quiet, Clock::time_point now = Clock::now());
  /// Takes the line away.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// So much is done. Costs a look at the clock.
  void at(std::uint64_t done, Clock::time_point now = Clock::now());

 private:
  Console& console_;
  const std::string what_;
  const std::uint64_t of_;
  const bool is_shown_;
  const Clock::time_point began_;
  Clock::time_point next_;
};

}  // namespace newsd
