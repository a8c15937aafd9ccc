// Totals: what became of everything that was ever recorded, in numbers. They commit with what they count, so that they
// agree with the journal through restarts and crashes, and stay when retention takes the events. Plain values.
#pragma once

#include "daemon/dedupe/place.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace newsd {

/// How many duplicates of each DuplicateKind, in its order.
using DuplicateCounts = std::array<std::uint64_t, static_cast<std::size_t>(DuplicateKind::Contained) + 1>;

struct Totals {
  std::uint64_t done = 0, quarantined = 0;  ///< inputs
  std::uint64_t articles_new = 0, updated = 0, duplicate = 0, rejected = 0, withdrawn = 0;
  std::uint64_t unchanged = 0;   ///< entries that feeds showed again as they were: no events
  DuplicateCounts duplicates{};  ///< the same as `duplicate`, by kind
  bool operator==(const Totals&) const = default;

  Totals& operator+=(const Totals& more) {
    done += more.done, quarantined += more.quarantined;
    articles_new += more.articles_new, updated += more.updated, duplicate += more.duplicate;
    rejected += more.rejected, withdrawn += more.withdrawn, unchanged += more.unchanged;
    for (std::size_t kind = 0; kind < duplicates.size(); ++kind) duplicates[kind] += more.duplicates[kind];
    return *this;
  }
};

/// Calls visit(name, count) for each, under the name by which the journal keeps it.
template <class T, class Visit>
void each_total(T& totals, Visit&& visit) {
  visit("inputs done", totals.done);
  visit("inputs quarantined", totals.quarantined);
  visit("articles new", totals.articles_new);
  visit("articles updated", totals.updated);
  visit("articles duplicate", totals.duplicate);
  visit("articles rejected", totals.rejected);
  visit("articles withdrawn", totals.withdrawn);
  visit("entries unchanged", totals.unchanged);
  for (std::size_t kind = 0; kind < totals.duplicates.size(); ++kind)
    visit("duplicates " + std::string(to_string(static_cast<DuplicateKind>(kind))), totals.duplicates[kind]);
}

}  // namespace newsd
