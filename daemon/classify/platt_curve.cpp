#include "daemon/classify/platt_curve.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace newsd {

namespace {

/// log(1 + exp(z)), z + log(1 + exp(-z)): whichever does not overflow.
double log1p_exp(double z) { return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z)); }

/// The targets are a little inside 0 and 1, as Platt has them, so that separable rows have a best curve.
struct Targets {
  double yes, no;
};

double loss(const PlattCurve& curve, std::span<const double> margins, std::span<const char> is, Targets t) {
  double sum = 0;
  for (std::size_t i = 0; i < margins.size(); ++i) {
    const double z = curve.slope * margins[i] + curve.offset;
    sum += (is[i] != 0 ? t.yes : t.no) * z + log1p_exp(-z);
  }
  return sum;
}

}  // namespace

double PlattCurve::probability(double margin) const { return 1 / (1 + std::exp(slope * margin + offset)); }

PlattCurve fit_platt_curve(std::span<const double> margins, std::span<const char> is) {
  const auto yes = static_cast<double>(std::count_if(is.begin(), is.end(), [](char c) { return c != 0; }));
  const double no = static_cast<double>(is.size()) - yes;
  const Targets targets{(yes + 1) / (yes + 2), 1 / (no + 2)};
  PlattCurve curve{0, std::log((no + 1) / (yes + 1))};
  double now = loss(curve, margins, is, targets);
  for (int round = 0; round < 100; ++round) {
    constexpr double kRidge = 1e-12;
    double h11 = kRidge, h22 = kRidge, h21 = 0, g1 = 0, g2 = 0;
    for (std::size_t i = 0; i < margins.size(); ++i) {
      const double p = curve.probability(margins[i]);
      const double d1 = (is[i] != 0 ? targets.yes : targets.no) - p, d2 = p * (1 - p);
      h11 += margins[i] * margins[i] * d2;
      h22 += d2;
      h21 += margins[i] * d2;
      g1 += margins[i] * d1;
      g2 += d1;
    }
    if (std::abs(g1) < 1e-5 && std::abs(g2) < 1e-5) break;
    const double determinant = h11 * h22 - h21 * h21;
    const double da = -(h22 * g1 - h21 * g2) / determinant, db = -(-h21 * g1 + h11 * g2) / determinant;
    double step = 1;
    for (; step >= 1e-10; step /= 2) {
      const PlattCurve next{curve.slope + step * da, curve.offset + step * db};
      const double then = loss(next, margins, is, targets);
      if (then < now + 1e-4 * step * (g1 * da + g2 * db)) {
        curve = next;
        now = then;
        break;
      }
    }
    if (step < 1e-10) break;
  }
  curve.slope = std::min(curve.slope, 0.0);
  return curve;
}

double best_threshold(const PlattCurve& curve, std::span<const double> margins, std::span<const char> is) {
  std::vector<std::pair<double, char>> rows;
  for (std::size_t i = 0; i < margins.size(); ++i) rows.emplace_back(curve.probability(margins[i]), is[i]);
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto gold = static_cast<double>(std::count_if(is.begin(), is.end(), [](char c) { return c != 0; }));
  double best = 0, threshold = 0.5, right = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    right += rows[i].second != 0;
    if (i + 1 < rows.size() && rows[i + 1].first == rows[i].first) continue;
    const double f1 = 2 * right / (static_cast<double>(i + 1) + gold);
    if (f1 > best) {
      best = f1;
      threshold = rows[i].first;
    }
  }
  return threshold;
}

}  // namespace newsd
