#include "daemon/classify/topic_training.h"

#include "daemon/classify/linear_learner.h"
#include "daemon/classify/platt_curve.h"
#include "daemon/classify/topic_model.h"
#include "feeds/text/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace newsd {

namespace {

constexpr std::size_t kFolds = 5;
constexpr std::uint32_t kNone = UINT32_MAX;
/// What stands in one row only says nothing about others, and is most of all pairs of words.
constexpr std::uint32_t kLeastRows = 2;
constexpr double kCost = 1;

using Features = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // bucket, count

/// Which buckets are columns, and what each is worth, by the rows that a model learns from.
struct Columns {
  std::vector<std::uint32_t> of_bucket = std::vector<std::uint32_t>(std::size_t{1} << kFeatureBits, kNone);
  std::vector<std::uint32_t> buckets;  ///< by column, ascending
  std::vector<std::uint8_t> idf;       ///< by column, times 16

  Columns(const std::vector<Features>& features, const std::vector<std::uint32_t>& chosen) {
    std::vector<std::uint32_t> rows(of_bucket.size(), 0);
    for (const std::uint32_t i : chosen)
      for (const auto& [bucket, count] : features[i]) ++rows[bucket];
    for (std::uint32_t bucket = 0; bucket < rows.size(); ++bucket) {
      if (rows[bucket] < kLeastRows) continue;
      of_bucket[bucket] = static_cast<std::uint32_t>(buckets.size());
      buckets.push_back(bucket);
      const double share = (1.0 + static_cast<double>(chosen.size())) / (1.0 + static_cast<double>(rows[bucket]));
      idf.push_back(static_cast<std::uint8_t>(std::clamp(std::lround(16 * (1 + std::log(share))), 1l, 255l)));
    }
  }

  SparseRows rows_of(const std::vector<Features>& features) const {
    SparseRows rows;
    for (const Features& row : features) {
      const std::size_t begin = rows.cells.size();
      double square = 0;
      for (const auto& [bucket, count] : row) {
        const std::uint32_t column = of_bucket[bucket];
        if (column == kNone) continue;
        const double value = feature_value(count, idf[column]);
        square += value * value;
        rows.cells.push_back({column, static_cast<float>(value)});
      }
      const double length = square > 0 ? std::sqrt(square) : 1;
      for (std::size_t i = begin; i < rows.cells.size(); ++i)
        rows.cells[i].value = static_cast<float>(static_cast<double>(rows.cells[i].value) / length);
      rows.ends.push_back(rows.cells.size());
    }
    return rows;
  }
};

/// Which fold each row is in, whole groups at a time.
std::vector<std::size_t> folds_of(const std::vector<LabelledRow>& rows, bool by_source, std::size_t& folds) {
  std::vector<Key128> keys;
  keys.reserve(rows.size());
  for (const LabelledRow& row : rows) keys.push_back(key128(by_source ? row.source : row.title + "\n" + row.text));
  std::vector<Key128> groups = keys;
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  folds = std::min(kFolds, groups.size());
  std::vector<std::size_t> fold;
  fold.reserve(keys.size());
  for (const Key128& key : keys)
    fold.push_back(static_cast<std::size_t>(std::lower_bound(groups.begin(), groups.end(), key) - groups.begin()) %
                   std::max<std::size_t>(folds, 1));
  return fold;
}

class Trainer {
 public:
  Trainer(const std::vector<LabelledRow>& rows, std::vector<std::string> labels, const TrainingSteps& steps)
      : steps_(steps), labels_(std::move(labels)), margins_(labels_.size(), std::vector<double>(rows.size(), 0.0)) {
    TopicFeatureReader reader;
    for (const LabelledRow& row : rows) {
      Features& features = features_.emplace_back();
      for (const TopicFeature& feature : reader.of(row.title, row.text))
        features.emplace_back(feature.bucket, feature.count);
    }
    for (const std::string& label : labels_) {
      std::vector<char>& is = is_.emplace_back();
      for (const LabelledRow& row : rows)
        is.push_back(std::find(row.labels.begin(), row.labels.end(), label) != row.labels.end());
    }
    by_source_ =
        std::all_of(rows.begin(), rows.end(), [](const LabelledRow& r) { return !r.source.empty(); }) &&
        std::any_of(rows.begin(), rows.end(), [&](const LabelledRow& r) { return r.source != rows[0].source; });
    fold_ = folds_of(rows, by_source_, folds_);
  }

  std::size_t folds() const { return folds_; }

  TrainedTopics train() {
    for (std::size_t fold = 0; fold < folds_; ++fold) learn_without(fold, rows_outside(fold));
    TrainedTopics trained{{}, held_out(), {}, folds_, by_source_};
    trained.curve = learning_curve();
    trained.model = model();
    return trained;
  }

 private:
  std::vector<std::uint32_t> rows_outside(std::size_t fold) const {
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < fold_.size(); ++i)
      if (fold_[i] != fold) chosen.push_back(i);
    return chosen;
  }

  /// Fills the margins of the fold's rows from the chosen ones.
  void learn_without(std::size_t fold, const std::vector<std::uint32_t>& chosen) {
    const Columns columns(features_, chosen);
    const SparseRows rows = columns.rows_of(features_);
    for (std::size_t label = 0; label < labels_.size(); ++label) {
      const LinearSeparator separator = learn_separator(rows, chosen, is_[label], columns.buckets.size(), kCost);
      step();
      for (std::size_t i = 0; i < fold_.size(); ++i)
        if (fold_[i] == fold) margins_[label][i] = separator.margin(rows.row(i));
    }
  }

  struct Curves {
    std::vector<PlattCurve> of;
    std::vector<double> thresholds;
  };
  /// Of the margins of all folds but one; kNoFold: of all.
  static constexpr std::size_t kNoFold = SIZE_MAX;
  Curves curves_without(std::size_t fold) const {
    Curves curves;
    for (std::size_t label = 0; label < labels_.size(); ++label) {
      std::vector<double> margins;
      std::vector<char> is;
      for (std::size_t i = 0; i < fold_.size(); ++i) {
        if (fold_[i] == fold) continue;
        margins.push_back(margins_[label][i]);
        is.push_back(is_[label][i]);
      }
      curves.of.push_back(fit_platt_curve(margins, is));
      curves.thresholds.push_back(best_threshold(curves.of.back(), margins, is));
    }
    return curves;
  }

  TopicFigures held_out() const {
    TopicFigures figures(labels_);
    for (std::size_t fold = 0; fold < folds_; ++fold) {
      const Curves curves = folds_ > 1 ? curves_without(fold) : curves_without(kNoFold);
      for (std::size_t i = 0; i < fold_.size(); ++i) {
        if (fold_[i] != fold) continue;
        std::vector<char> gold, said;
        std::vector<double> scores;
        for (std::size_t label = 0; label < labels_.size(); ++label) {
          gold.push_back(is_[label][i]);
          scores.push_back(curves.of[label].probability(margins_[label][i]));
          said.push_back(scores.back() >= curves.thresholds[label]);
        }
        figures.add(gold, scores, said);
      }
    }
    return figures;
  }

  /// Share of the rows of the first fold whose label of the largest margin is theirs.
  double accuracy_on_first_fold() const {
    std::size_t right = 0, count = 0;
    for (std::size_t i = 0; i < fold_.size(); ++i) {
      const auto has = [&](std::size_t label) { return is_[label][i] != 0; };
      std::size_t best = 0;
      bool is_labelled = false;
      for (std::size_t label = 0; label < labels_.size(); ++label) {
        is_labelled |= has(label);
        if (margins_[label][i] > margins_[best][i]) best = label;
      }
      if (fold_[i] != 0 || !is_labelled) continue;
      ++count;
      right += has(best);
    }
    return count == 0 ? 0 : static_cast<double>(right) / static_cast<double>(count);
  }

  std::vector<TopicCurvePoint> learning_curve() {
    std::vector<std::uint32_t> all = rows_outside(0);
    SplitMix64 random(2);
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random() % i]);
    std::vector<TopicCurvePoint> curve;
    const auto margins = margins_;
    const TopicCurvePoint whole{all.size(), accuracy_on_first_fold()};
    for (const std::size_t part : kCurveParts) {
      const std::vector<std::uint32_t> some(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / part));
      if (some.empty()) continue;
      learn_without(0, some);
      curve.push_back({some.size(), accuracy_on_first_fold()});
    }
    margins_ = margins;
    curve.push_back(whole);
    return curve;
  }

  std::string model() {
    std::vector<std::uint32_t> all(fold_.size());
    std::iota(all.begin(), all.end(), 0u);
    const Columns columns(features_, all);
    const SparseRows rows = columns.rows_of(features_);
    const Curves curves = curves_without(kNoFold);
    TopicModelParts parts;
    for (std::size_t i = 0; i < columns.buckets.size(); ++i)
      parts.rows.push_back({columns.buckets[i], columns.idf[i], std::vector<std::int8_t>(labels_.size())});
    for (std::size_t label = 0; label < labels_.size(); ++label) {
      const LinearSeparator separator = learn_separator(rows, all, is_[label], columns.buckets.size(), kCost);
      step();
      float largest = 0;
      for (const float weight : separator.weights) largest = std::max(largest, std::abs(weight));
      const float scale = largest > 0 ? largest / 127 : 1;
      for (std::size_t i = 0; i < parts.rows.size(); ++i)
        parts.rows[i].weights[label] = static_cast<std::int8_t>(std::lround(separator.weights[i] / scale));
      parts.labels.push_back({labels_[label], scale, separator.bias, static_cast<float>(curves.of[label].slope),
                              static_cast<float>(curves.of[label].offset),
                              static_cast<float>(curves.thresholds[label])});
    }
    return write_topic_model(parts);
  }

  /// One separator is learned: each fold's, those of the curve, and the model's, a label each.
  void step() {
    const std::size_t of = (folds_ + kCurveParts.size() + 1) * labels_.size();
    if (steps_) steps_(++done_, of);
  }

  static constexpr std::array<std::size_t, 3> kCurveParts{8, 4, 2};
  const TrainingSteps& steps_;
  std::size_t done_ = 0;
  std::vector<std::string> labels_;
  std::vector<Features> features_;            ///< by row
  std::vector<std::vector<char>> is_;         ///< by label and row
  std::vector<std::vector<double>> margins_;  ///< by label and row, held out
  std::vector<std::size_t> fold_;
  std::size_t folds_ = 0;
  bool by_source_ = false;
};

}  // namespace

Result<TrainedTopics> train_topics(const std::vector<LabelledRow>& rows, const TrainingSteps& steps) {
  std::map<std::string, std::size_t> counts;
  for (const LabelledRow& row : rows)
    for (const std::string& label : row.labels) ++counts[label];
  if (counts.empty()) return Error(RowsError::TooFewRows, "no row has a label");
  if (counts.size() > TopicModel::kMostLabels)
    return Error(RowsError::TooFewRows, fmt::format("more than {} labels", TopicModel::kMostLabels));
  std::vector<std::string> labels;
  for (const auto& [label, count] : counts) {
    if (count < 2 || count == rows.size())
      return Error(RowsError::TooFewRows,
                   fmt::format("label \"{}\" needs at least two rows that have it and one that has not", label));
    if (label.size() > 200)
      return Error(RowsError::BadRow, fmt::format("label \"{}…\" is too long", label.substr(0, 40)));
    labels.push_back(label);
  }
  Trainer trainer(rows, std::move(labels), steps);
  if (trainer.folds() < 2) return Error(RowsError::TooFewRows, "all rows have the same text");
  return trainer.train();
}

}  // namespace newsd
