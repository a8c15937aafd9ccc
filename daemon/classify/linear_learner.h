// Sparse rows with a yes or a no each → the weights of a linear separator: a support vector machine with squared hinge
// loss, by dual coordinate descent (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, algorithm 1). Deterministic: the
// order of visits comes from a fixed seed. Pure; memory is the rows and one weight a column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace newsd {

/// Rows of non-zero values, one behind the other.
struct SparseRows {
  struct Cell {
    std::uint32_t column = 0;
    float value = 0;
  };
  std::vector<Cell> cells;
  std::vector<std::size_t> ends;  ///< of each row, in cells

  std::size_t size() const { return ends.size(); }
  std::span<const Cell> row(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return {cells.data() + begin, ends[i] - begin};
  }
};

struct LinearSeparator {
  std::vector<float> weights;  ///< a column each
  float bias = 0;
  double margin(std::span<const SparseRows::Cell> row) const;
};

/// chosen: the rows to learn from; is_yes: of every row. cost: of a row on the wrong side, 1 for rows of length 1.
/// Stops when no visit would move a row by more than 0.1, at the latest after 60 rounds.
LinearSeparator learn_separator(const SparseRows& rows, std::span<const std::uint32_t> chosen,
                                std::span<const char> is_yes, std::size_t columns, double cost);

/// A generator with 64 bits of state (Steele, Lea and Flood 2014): the same numbers everywhere.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

}  // namespace newsd
