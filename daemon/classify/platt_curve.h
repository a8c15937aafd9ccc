// Margins of a separator → probabilities: 1 / (1 + exp(slope · margin + offset)) (Platt 1999), fitted to margins of
// rows that the separator did not learn from. Pure values.
#pragma once

#include <span>

namespace newsd {

struct PlattCurve {
  double slope = -1, offset = 0;
  double probability(double margin) const;
};

/// The most likely curve, by Newton's method with backtracking (Lin, Lin and Weng 2007); never one that falls.
PlattCurve fit_platt_curve(std::span<const double> margins, std::span<const char> is);

/// The probability from which saying yes has the best F1 on these rows; of equal ones the largest.
double best_threshold(const PlattCurve& curve, std::span<const double> margins, std::span<const char> is);

}  // namespace newsd
