// Polling in virtual time: thousands of feeds for a month, adaptive and at a fixed interval.
//   polling_simulation [FEEDS [DAYS [SEED]]]
// "as often" is the fixed interval that makes as many polls as the adaptive pace. polling_world.h says what the world
// is like.
#include "tests/support/polling_world.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

namespace newsd {
namespace {

void print(std::string_view name, PollingFigures figures, std::size_t feeds, double days) {
  std::sort(figures.delays.begin(), figures.delays.end());
  const auto at = [&](double share) {
    return figures.delays.empty()
               ? 0
               : figures.delays[static_cast<std::size_t>(share * static_cast<double>(figures.delays.size() - 1))];
  };
  fmt::print(
      "{:<10} {:>11} polls ({:.1f} a feed and day), {:.0f} % unchanged, {:.2f} GB, {} found, {} missed, delay mean "
      "{:.1f} min, median {:.1f}, p90 {:.1f}, p99 {:.1f}\n",
      name, figures.polls, static_cast<double>(figures.polls) / static_cast<double>(feeds) / days,
      100.0 * static_cast<double>(figures.unchanged) / static_cast<double>(figures.polls), figures.bytes / 1e9,
      figures.found, figures.missed, figures.mean_delay(), at(0.5), at(0.9), at(0.99));
}

}  // namespace
}  // namespace newsd

int main(int argc, char** argv) {
  const std::size_t feeds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
  const double days = argc > 2 ? std::strtod(argv[2], nullptr) : 30;
  const std::uint64_t seed = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1;
  newsd::PollingWorld world(feeds, days, seed);
  fmt::print("{} feeds, {} days, seed {}\n", feeds, days, seed);
  const newsd::PollingFigures adaptive = world.run(std::nullopt);
  const double as_often = days * 86'400'000 * static_cast<double>(feeds) / static_cast<double>(adaptive.polls);
  newsd::print("adaptive", adaptive, feeds, days);
  newsd::print("15 minutes", world.run(std::chrono::minutes(15)), feeds, days);
  newsd::print("as often", world.run(std::chrono::milliseconds(static_cast<std::int64_t>(as_often))), feeds, days);
  return 0;
}
