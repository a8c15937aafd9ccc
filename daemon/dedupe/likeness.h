// How alike two texts are, by their sketches: what their shingles share, which numbers changed, whether other names
// stand in the same words. Pure, any thread. It decides nothing.
#pragma once

#include "daemon/dedupe/sketch.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace newsd {

/// What two sketches share, counted in shingles below the smaller limit that both sides could have kept.
struct Likeness {
  std::uint32_t shared = 0, of_new = 0, of_known = 0;
  double jaccard() const { return share(shared, of_new + of_known - shared); }
  /// How much of the new text stands in the known one, and the other way round.
  double new_in_known() const { return share(shared, of_new); }
  double known_in_new() const { return share(shared, of_known); }
  double containment() const { return new_in_known() > known_in_new() ? new_in_known() : known_in_new(); }
  bool operator==(const Likeness&) const = default;

 private:
  static double share(std::uint32_t part, std::uint32_t whole) { return whole == 0 ? 0 : double{1} * part / whole; }
};

/// counts_new(i): whether the i-th shingle of `fresh` counts; counts_known(hash): the same of one that only `known`
/// has. Those that do not are in too many texts to tell anything.
template <class CountsNew, class CountsKnown>
Likeness likeness_of(const Sketch& fresh, const Sketch& known, CountsNew counts_new, CountsKnown counts_known) {
  const std::uint32_t limit = fresh.limit < known.limit ? fresh.limit : known.limit;
  Likeness like;
  std::size_t n = 0, k = 0;
  const auto& a = fresh.shingles;
  const auto& b = known.shingles;
  for (;;) {
    const bool more_new = n < a.size() && a[n] < limit, more_known = k < b.size() && b[k] < limit;
    if (!more_new && !more_known) return like;
    if (more_new && more_known && a[n] == b[k]) {
      const std::uint32_t counted = counts_new(n) ? 1 : 0;
      like.shared += counted;
      like.of_new += counted;
      like.of_known += counted;
      ++n, ++k;
    } else if (more_new && (!more_known || a[n] < b[k])) {
      like.of_new += counts_new(n) ? 1 : 0;
      ++n;
    } else {
      like.of_known += counts_known(b[k]) ? 1 : 0;
      ++k;
    }
  }
}

/// A number of the known text that another one stands in the place of: indexes into the two lists.
struct ChangedNumber {
  std::size_t fresh = 0, known = 0;
};
/// Numbers are in the same place when the words before and after them are the same. common: how many places both have.
struct NumbersCompared {
  std::vector<ChangedNumber> changed;
  std::size_t common = 0;
};
NumbersCompared compare_numbers(std::span<const Number> fresh, std::span<const Number> known);

/// The same of names: how many places both have, and how many of them another name.
struct NamesCompared {
  std::size_t common = 0, changed = 0;
};
NamesCompared compare_names(std::span<const PlacedName> fresh, std::span<const PlacedName> known);

/// What two ascending lists of words share.
struct WordsCompared {
  std::size_t common = 0, least = 0;  ///< least: the length of the shorter list
  std::size_t replaced() const { return least - common; }
};
WordsCompared compare_words(std::span<const std::uint32_t> fresh, std::span<const std::uint32_t> known);

}  // namespace newsd
