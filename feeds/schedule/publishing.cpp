#include "feeds/schedule/publishing.h"

#include <algorithm>
#include <cmath>

namespace newsd {
namespace {

using Hours = std::chrono::hours;
using FloatHours = std::chrono::duration<double, std::ratio<3600>>;

constexpr double kHalfLife = 24 * 7;  // hours
constexpr auto kLookBack = std::chrono::days(14);

// What is assumed of a feed before anything is known of it: one entry in eight hours, said with the weight of eight
// hours of watching.
constexpr double kPriorEntries = 1, kPriorHours = 8;
// How many days' worth of the daily mean is mixed into each hour: an hour in which nothing came on three days may still
// bring something on the fourth.
constexpr double kDaysOfMean = 1;

std::size_t hour_of(Instant t) {
  const auto since_midnight = t - std::chrono::floor<std::chrono::days>(t);
  return static_cast<std::size_t>(std::chrono::floor<Hours>(since_midnight).count());
}

double hours_between(Instant from, Instant to) { return std::max(0.0, FloatHours(to - from).count()); }

}  // namespace

Publishing Publishing::from_dates(const std::vector<Instant>& published, Instant now) {
  Publishing made;
  Instant oldest = now;
  double entries = 0;
  for (const Instant t : published) {
    if (t > now || t < now - kLookBack) continue;
    oldest = std::min(oldest, t);
    const double weight = std::exp2(-hours_between(t, now) / kHalfLife);
    made.counts[hour_of(t)] += static_cast<float>(weight);
    entries += 1;
  }
  if (published.empty()) return made;
  // when the oldest entry shown lies further back, the feed shows two weeks or all of its entries
  const bool all_recent = entries == static_cast<double>(published.size());
  const double watched = all_recent ? hours_between(oldest, now) : FloatHours(kLookBack).count();
  made.hours = static_cast<float>(kHalfLife / std::log(2) * (1 - std::exp2(-watched / kHalfLife)));
  return made;
}

void Publishing::observe(Instant since, Instant now, std::size_t entries) {
  const double watched = hours_between(since, now);
  const auto fade = static_cast<float>(std::exp2(-watched / kHalfLife));
  for (float& count : counts) count *= fade;
  hours = hours * fade + static_cast<float>(watched);
  if (entries == 0) return;
  // nobody knows when in between they came: spread over the hours, the last day at most
  const auto steps = static_cast<std::size_t>(std::clamp(std::ceil(watched), 1.0, 24.0));
  const auto share = static_cast<float>(static_cast<double>(entries) / static_cast<double>(steps));
  for (std::size_t i = 0; i < steps; ++i) counts[hour_of(now - Hours(static_cast<long>(i)))] += share;
}

double Publishing::rate() const {
  double entries = kPriorEntries;
  for (const float count : counts) entries += static_cast<double>(count);
  return entries / (static_cast<double>(hours) + kPriorHours);
}

double Publishing::rate_at(Instant t) const {
  const std::size_t hour = hour_of(t);
  const double around = 0.25 * static_cast<double>(counts[(hour + kHours - 1) % kHours]) +
                        0.5 * static_cast<double>(counts[hour]) +
                        0.25 * static_cast<double>(counts[(hour + 1) % kHours]);
  const double days = static_cast<double>(hours) / 24;
  return (around + kDaysOfMean * rate()) / (days + kDaysOfMean);
}

}  // namespace newsd
