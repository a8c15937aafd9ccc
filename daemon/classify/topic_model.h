// A trained topic model: features → how likely each label is, and which words say so. One linear separator a label over
// hashed words, in 8-bit weights, with a curve that turns margins into probabilities. Made by topic_training.h.
// Immutable; any thread. It reads no files: the bytes are handed in.
//
// The file, numbers little-endian: "newsdtm1"; u32 kFeatureVersion, kFeatureBits, labels L, rows R; for each label u32
// length, name, f32 scale, bias, slope, offset, threshold; a bit for each bucket, lowest first, set when it has a row;
// R rows in the order of their buckets, each a byte 16·idf and L signed bytes; XXH3-128 over all of that.
#pragma once

#include "daemon/classify/topic_features.h"
#include "feeds/article/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

enum class TopicModelError { NoModel, OtherVersion, Damaged };
std::string_view code_of(TopicModelError e);

/// One label of a model. weight = scale · byte; probability = 1 / (1 + exp(slope · margin + offset)), Platt's curve.
/// threshold: the probability from which the label is given, where precision and recall were best balanced.
struct TopicModelLabel {
  std::string name;
  float scale = 1, bias = 0, slope = -1, offset = 0, threshold = 0.5f;
  bool operator==(const TopicModelLabel&) const = default;
};

class TopicModel {
 public:
  static constexpr std::uint32_t kMostLabels = 2000;

  /// file: for errors.
  static Result<TopicModel> parse(std::string bytes, std::string_view file);

  const std::vector<TopicModelLabel>& labels() const { return labels_; }
  /// The probability of each label.
  std::vector<double> scores(std::span<const TopicFeature> features) const;
  /// What spoke for the label most, as it stands in the text: at most five, the strongest first.
  std::vector<std::string> why(std::span<const TopicFeature> features, std::size_t label) const;
  /// "topics-" and eight hexadecimal digits over the file.
  const std::string& version() const { return version_; }

 private:
  struct Hit {
    const std::int8_t* weights;
    double value;  ///< of the feature, not yet divided by the text's length
    const TopicFeature* feature;
  };
  double find(std::span<const TopicFeature> features, std::vector<Hit>& hits) const;
  const std::uint8_t* row_of(std::uint32_t bucket) const;

  std::string bytes_;
  std::vector<TopicModelLabel> labels_;
  std::size_t rows_at_ = 0;            ///< in bytes_
  std::vector<std::uint64_t> bits_;    ///< by bucket
  std::vector<std::uint32_t> before_;  ///< rows before each word of bits_
  std::string version_;
};

/// What a file is written from. rows: by bucket; idf: times 16; weights: a label each.
struct TopicModelParts {
  struct Row {
    std::uint32_t bucket = 0;
    std::uint8_t idf = 0;
    std::vector<std::int8_t> weights;
  };
  std::vector<TopicModelLabel> labels;
  std::vector<Row> rows;
};
std::string write_topic_model(const TopicModelParts& parts);

/// How much a feature counts that occurs so often in a text, in a text of the idf: the same in training and in use.
double feature_value(std::uint32_t count, std::uint8_t idf);

}  // namespace newsd
