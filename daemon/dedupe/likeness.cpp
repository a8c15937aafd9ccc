#include "daemon/dedupe/likeness.h"

#include <algorithm>

namespace newsd {
namespace {

std::size_t end_of_context(std::span<const Number> numbers, std::size_t at) {
  std::size_t end = at;
  while (end < numbers.size() && numbers[end].context == numbers[at].context) ++end;
  return end;
}

}  // namespace

NumbersCompared compare_numbers(std::span<const Number> fresh, std::span<const Number> known) {
  NumbersCompared compared;
  for (std::size_t n = 0, k = 0; n < fresh.size() && k < known.size();) {
    if (fresh[n].context < known[k].context) {
      ++n;
    } else if (known[k].context < fresh[n].context) {
      ++k;
    } else {
      const std::size_t n_end = end_of_context(fresh, n), k_end = end_of_context(known, k);
      ++compared.common;
      bool meets = false;
      for (std::size_t i = n; i < n_end && !meets; ++i)
        for (std::size_t j = k; j < k_end && !meets; ++j) meets = fresh[i].text == known[j].text;
      if (!meets) compared.changed.push_back({n, k});
      n = n_end;
      k = k_end;
    }
  }
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
