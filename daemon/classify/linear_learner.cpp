#include "daemon/classify/linear_learner.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace newsd {

namespace {

constexpr int kMostRounds = 60;
constexpr double kTolerance = 0.1;
constexpr std::uint64_t kSeed = 1;

}  // namespace

double LinearSeparator::margin(std::span<const SparseRows::Cell> row) const {
  double sum = static_cast<double>(bias);
  for (const auto& cell : row) sum += static_cast<double>(cell.value) * static_cast<double>(weights[cell.column]);
  return sum;
}

LinearSeparator learn_separator(const SparseRows& rows, std::span<const std::uint32_t> chosen,
                                std::span<const char> is_yes, std::size_t columns, double cost) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  LinearSeparator separator;
  separator.weights.assign(columns, 0.0f);
  double bias = 0;
  std::vector<double> alpha(chosen.size(), 0.0), length(chosen.size());
  std::vector<std::uint32_t> order(chosen.size());
  const double diagonal = 0.5 / cost;  // squared hinge
  for (std::uint32_t i = 0; i < chosen.size(); ++i) {
    order[i] = i;
    double sum = diagonal + 1;  // the bias is a column of ones
    for (const auto& cell : rows.row(chosen[i]))
      sum += static_cast<double>(cell.value) * static_cast<double>(cell.value);
    length[i] = sum;
  }

  SplitMix64 random(kSeed);
  std::size_t active = order.size();
  double bound = kInfinity;  // a row whose gradient is beyond it rests: shrinking, as in the paper's section 3.2
  for (int round = 0; round < kMostRounds; ++round) {
    double most = -kInfinity, least = kInfinity;
    for (std::size_t i = active; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (std::size_t at = 0; at < active;) {
      const std::uint32_t i = order[at];
      const auto row = rows.row(chosen[i]);
      const double y = is_yes[chosen[i]] != 0 ? 1 : -1;
      double sum = bias;
      for (const auto& cell : row)
        sum += static_cast<double>(cell.value) * static_cast<double>(separator.weights[cell.column]);
      const double gradient = y * sum - 1 + diagonal * alpha[i];
      double projected = gradient;
      if (alpha[i] == 0) {
        if (gradient > bound) {
          std::swap(order[at], order[--active]);
          continue;
        }
        projected = std::min(gradient, 0.0);
      }
      most = std::max(most, projected);
      least = std::min(least, projected);
      ++at;
      if (std::abs(projected) < 1e-12) continue;
      const double before = alpha[i];
      alpha[i] = std::max(alpha[i] - gradient / length[i], 0.0);
      const double step = (alpha[i] - before) * y;
      for (const auto& cell : row)
        separator.weights[cell.column] += static_cast<float>(step * static_cast<double>(cell.value));
      bias += step;
    }
    if (most - least <= kTolerance) {
      if (active == order.size()) break;
      active = order.size();  // settled without the resting rows: once more with all
      bound = kInfinity;
      continue;
    }
    bound = most <= 0 ? kInfinity : most;
  }
  separator.bias = static_cast<float>(bias);
  return separator;
}

}  // namespace newsd
