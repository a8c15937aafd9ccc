// Tables behind fold.h, made from the Unicode Character Database by make_fold_tables.py. Constant data.
#pragma once

#include <span>

namespace newsd {

/// base + mark compose to `composed`. Sorted by (base, mark).
struct Composition {
  char16_t base, mark, composed;
};
std::span<const Composition> compositions();

/// Every `stride`-th character from first to last folds to itself + delta. Sorted by first.
struct CaseRange {
  char16_t first, last;
  short stride;
  int delta;
};
std::span<const CaseRange> case_ranges();

}  // namespace newsd
