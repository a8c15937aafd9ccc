#include "daemon/dedupe/likeness.h"

#include <algorithm>

namespace newsd {
namespace {

template <class Placed>
std::size_t end_of_context(std::span<const Placed> list, std::size_t at) {
  std::size_t end = at;
  while (end < list.size() && list[end].context == list[at].context) ++end;
  return end;
}

/// Calls visit(n, k, meets) for every context that both have: where it begins in either list, and whether one of what
/// stands there (`what`, a member) stands there in the other, too.
template <class Placed, class What, class Visit>
void each_common_place(std::span<const Placed> fresh, std::span<const Placed> known, What Placed::*what, Visit visit) {
  for (std::size_t n = 0, k = 0; n < fresh.size() && k < known.size();) {
    if (fresh[n].context < known[k].context) {
      ++n;
    } else if (known[k].context < fresh[n].context) {
      ++k;
    } else {
      const std::size_t n_end = end_of_context(fresh, n), k_end = end_of_context(known, k);
      bool meets = false;
      for (std::size_t i = n; i < n_end && !meets; ++i)
        for (std::size_t j = k; j < k_end && !meets; ++j) meets = fresh[i].*what == known[j].*what;
      visit(n, k, meets);
      n = n_end;
      k = k_end;
    }
  }
}

}  // namespace

NumbersCompared compare_numbers(std::span<const Number> fresh, std::span<const Number> known) {
  NumbersCompared compared;
  each_common_place(fresh, known, &Number::text, [&](std::size_t n, std::size_t k, bool meets) {
    ++compared.common;
    if (!meets) compared.changed.push_back({n, k});
  });
  return compared;
}

NamesCompared compare_names(std::span<const PlacedName> fresh, std::span<const PlacedName> known) {
  NamesCompared compared;
  each_common_place(fresh, known, &PlacedName::name, [&](std::size_t, std::size_t, bool meets) {
    ++compared.common;
    compared.changed += !meets;
  });
  return compared;
}

WordsCompared compare_words(std::span<const std::uint32_t> fresh, std::span<const std::uint32_t> known) {
  WordsCompared compared;
  compared.least = std::min(fresh.size(), known.size());
  for (std::size_t n = 0, k = 0; n < fresh.size() && k < known.size();) {
    if (fresh[n] == known[k]) {
      ++compared.common, ++n, ++k;
    } else if (fresh[n] < known[k]) {
      ++n;
    } else {
      ++k;
    }
  }
  return compared;
}

}  // namespace newsd
