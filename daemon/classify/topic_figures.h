// What a topic model is worth: what it said of rows whose labels are known → precision, recall, confusion, calibration.
// Pure values.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

/// Precision and recall from counts; 0 when there is nothing to divide by.
struct Counts {
  std::size_t right = 0, said = 0, gold = 0;
  double precision() const { return said == 0 ? 0 : static_cast<double>(right) / static_cast<double>(said); }
  double recall() const { return gold == 0 ? 0 : static_cast<double>(right) / static_cast<double>(gold); }
  double f1() const {
    return said + gold == 0 ? 0 : 2.0 * static_cast<double>(right) / static_cast<double>(said + gold);
  }
  Counts& operator+=(const Counts& o);
};

class TopicFigures {
 public:
  explicit TopicFigures(std::vector<std::string> labels);

  /// A row's labels (a yes or no for each of the model's), the probabilities said of them, and which reached their
  /// thresholds.
  void add(const std::vector<char>& gold, const std::vector<double>& scores, const std::vector<char>& said);

  const std::vector<std::string>& labels() const { return labels_; }
  std::size_t rows() const { return rows_; }
  const Counts& of(std::size_t label) const { return counts_[label]; }
  Counts all() const;
  double macro_f1() const;
  /// Share of the rows with labels whose most likely label is one of them.
  double accuracy() const;
  /// How far probabilities are from the shares of what holds, over tenths of the scale, weighted: expected calibration
  /// error.
  double calibration_error() const;

  /// Readable, some lines.
  std::string text() const;
  /// Members of a JSON object: "rows", "accuracy", "microF1", "macroF1", "labels", "confusion", "calibration".
  std::string json_members() const;

 private:
  struct Tenth {
    std::size_t count = 0, held = 0;
    double sum = 0;
  };
  std::vector<std::string> labels_;
  std::size_t rows_ = 0, labelled_ = 0, best_right_ = 0;
  std::vector<Counts> counts_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> confusion_;  ///< gold, most likely → rows with one label
  std::array<Tenth, 10> tenths_;
};

}  // namespace newsd
