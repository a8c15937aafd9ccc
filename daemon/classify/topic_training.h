// Labelled rows → a topic model and what it is worth on rows it did not see. Deterministic: the same rows give the same
// bytes. Pure; memory is about the rows' own words, time some seconds for ten thousand rows. What it learns is
// topic_model.h's part.
//
// Five-fold cross-validation gives the held-out margins; from them come the curve that makes margins probabilities
// (Platt 1999, fitted as in Lin, Lin and Weng 2007), the threshold of each label (where F1 is best), and the figures,
// each fold being judged with curves and thresholds of the other folds. The model itself learns from all rows. Rows of
// one source, or with the same text, are never on both sides.
#pragma once

#include "daemon/classify/labelled_rows.h"
#include "daemon/classify/topic_figures.h"
#include "daemon/classify/training_steps.h"

#include <cstddef>
#include <string>
#include <vector>

namespace newsd {

struct TopicCurvePoint {
  std::size_t rows = 0;  ///< learned from
  double accuracy = 0;   ///< of the best label, on the rows of one fold
};

struct TrainedTopics {
  std::string model;  ///< the file's bytes
  TopicFigures held_out;
  std::vector<TopicCurvePoint> curve;  ///< an eighth, a quarter, a half and all of four folds
  std::size_t folds = 0;
  bool folds_by_source = false;  ///< every row has a source, and there are two or more
};

/// A row without labels is none of them. Too few: less than two rows for some label, or no labels at all, or everything
/// in one source.
Result<TrainedTopics> train_topics(const std::vector<LabelledRow>& rows, const TrainingSteps& steps = {});

}  // namespace newsd
