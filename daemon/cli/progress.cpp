#include "daemon/cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace newsd {
namespace {

std::string time_words(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::ceil(seconds));
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min", (whole + 59) / 60);
  return fmt::format("{} h", (whole + 3599) / 3600);
}

}  // namespace

std::string progress_words(std::string_view what, std::uint64_t done, std::uint64_t of,
                           std::chrono::duration<double> time) {
  std::string words = fmt::format("{}: {} of {}", what, done, of);
  if (done == 0 || time.count() <= 0) return words;
  const double rate = static_cast<double>(done) / time.count();
  const double left = static_cast<double>(of - std::min(done, of)) / rate;
  words += rate >= 10 ? fmt::format(", {:.0f} a second", rate) : fmt::format(", {:.1f} a second", rate);
  return words + fmt::format(", {} left", time_words(left));
}

Progress::Progress(Console& console, std::string what, std::uint64_t of, bool is_quiet, Clock::time_point now)
    : console_(console),
      what_(std::move(what)),
      of_(of),
      is_shown_(!is_quiet && console.err_is_terminal()),
      began_(now),
      next_(now + kFirst) {}

Progress::~Progress() {
  if (is_shown_) console_.show_passing({});
}

void Progress::at(std::uint64_t done, Clock::time_point now) {
  if (!is_shown_ || now < next_) return;
  next_ = now + kEvery;
  console_.show_passing(progress_words(what_, done, of_, now - began_));
}

}  // namespace newsd
