#include "daemon/classify/topic_model.h"

#include "daemon/classify/model_bytes.h"
#include "feeds/text/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

namespace newsd {

namespace {

constexpr std::string_view kMagic = "newsdtm1";
constexpr std::size_t kLongestName = 200, kBuckets = std::size_t{1} << kFeatureBits;

std::optional<TopicModelLabel> read_label(ModelReader& in) {
  const auto name = in.text(kLongestName);
  if (!name) return std::nullopt;
  TopicModelLabel label{std::string(*name)};
  for (float* number : {&label.scale, &label.bias, &label.slope, &label.offset, &label.threshold}) {
    const auto value = in.f32();
    if (!value) return std::nullopt;
    *number = *value;
  }
  if (label.scale < 0 || label.slope > 0 || label.threshold < 0 || label.threshold > 1) return std::nullopt;
  return label;
}

}  // namespace

std::string_view code_of(TopicModelError e) {
  switch (e) {
    case TopicModelError::NoModel: return "no-topic-model";
    case TopicModelError::OtherVersion: return "other-topic-model-version";
    case TopicModelError::Damaged: return "damaged-topic-model";
  }
  return "no-topic-model";
}

double feature_value(std::uint32_t count, std::uint8_t idf) {
  return (1 + std::log(static_cast<double>(count))) * static_cast<double>(idf) / 16;
}

std::string write_topic_model(const TopicModelParts& parts) {
  ModelWriter out(kMagic);
  out.u32(kFeatureVersion);
  out.u32(kFeatureBits);
  out.u32(static_cast<std::uint32_t>(parts.labels.size()));
  out.u32(static_cast<std::uint32_t>(parts.rows.size()));
  for (const TopicModelLabel& label : parts.labels) {
    out.text(label.name);
    for (const float number : {label.scale, label.bias, label.slope, label.offset, label.threshold}) out.f32(number);
  }
  std::string bits(kBuckets / 8, '\0');
  for (const auto& row : parts.rows)
    bits[row.bucket / 8] = static_cast<char>(static_cast<unsigned char>(bits[row.bucket / 8]) | 1u << row.bucket % 8);
  out.bytes(bits);
  for (const auto& row : parts.rows) {
    out.byte(row.idf);
    for (const std::int8_t weight : row.weights) out.byte(static_cast<std::uint8_t>(weight));
  }
  return out.take();
}

Result<TopicModel> TopicModel::parse(std::string bytes, std::string_view file) {
  const auto wrong = [&](TopicModelError e, std::string_view what) {
    return Error(e, std::string(what), std::string(file));
  };
  if (!bytes.starts_with(kMagic)) return wrong(TopicModelError::NoModel, "is no topic model of newsd");
  const auto content = ModelReader::content_of(bytes);
  if (!content) return wrong(TopicModelError::Damaged, "the topic model is damaged: its digest is another");
  ModelReader in(*content);
  in.bytes(kMagic.size());
  const auto version = in.u32(), bits = in.u32(), labels = in.u32(), rows = in.u32();
  if (!rows) return wrong(TopicModelError::Damaged, "the topic model is cut short");
  if (*version != kFeatureVersion || *bits != kFeatureBits)
    return wrong(TopicModelError::OtherVersion, "the topic model was trained by another version: train it again");
  if (*labels == 0 || *labels > kMostLabels)
    return wrong(TopicModelError::Damaged, "the topic model has no labels or too many");

  TopicModel model;
  for (std::uint32_t i = 0; i < *labels; ++i) {
    auto label = read_label(in);
    if (!label) return wrong(TopicModelError::Damaged, fmt::format("label {} of the topic model is damaged", i + 1));
    model.labels_.push_back(std::move(*label));
  }
  const auto bitmap = in.bytes(kBuckets / 8);
  if (!bitmap) return wrong(TopicModelError::Damaged, "the topic model is cut short");
  std::uint32_t counted = 0;
  for (std::size_t i = 0; i < kBuckets / 64; ++i) {
    std::uint64_t word = 0;
    for (unsigned b = 0; b < 8; ++b) word |= std::uint64_t{static_cast<unsigned char>((*bitmap)[8 * i + b])} << (8 * b);
    model.bits_.push_back(word);
    model.before_.push_back(counted);
    counted += static_cast<std::uint32_t>(std::popcount(word));
  }
  model.rows_at_ = in.at();
  if (counted != *rows || content->size() - model.rows_at_ != std::size_t{*rows} * (1 + *labels))
    return wrong(TopicModelError::Damaged, "the topic model has other rows than it says");
  model.version_ = "topics-" + sha256(bytes).to_hex().substr(0, 8);
  model.bytes_ = std::move(bytes);
  return model;
}

const std::uint8_t* TopicModel::row_of(std::uint32_t bucket) const {
  const std::uint64_t word = bits_[bucket / 64], bit = std::uint64_t{1} << bucket % 64;
  if ((word & bit) == 0) return nullptr;
  const std::size_t row = before_[bucket / 64] + static_cast<std::size_t>(std::popcount(word & (bit - 1)));
  return reinterpret_cast<const std::uint8_t*>(bytes_.data()) + rows_at_ + row * (1 + labels_.size());
}

/// The features that the model knows; what the values are divided by.
double TopicModel::find(std::span<const TopicFeature> features, std::vector<Hit>& hits) const {
  double square = 0;
  for (const TopicFeature& feature : features) {
    const std::uint8_t* row = row_of(feature.bucket);
    if (row == nullptr) continue;
    const double value = feature_value(feature.count, row[0]);
    square += value * value;
    hits.push_back({reinterpret_cast<const std::int8_t*>(row + 1), value, &feature});
  }
  return square > 0 ? std::sqrt(square) : 1;
}

std::vector<double> TopicModel::scores(std::span<const TopicFeature> features) const {
  std::vector<Hit> hits;
  const double length = find(features, hits);
  std::vector<double> sums(labels_.size(), 0.0);
  for (const Hit& hit : hits)
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += hit.value * static_cast<double>(hit.weights[i]);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const TopicModelLabel& label = labels_[i];
    const double margin = static_cast<double>(label.bias) + static_cast<double>(label.scale) * sums[i] / length;
    sums[i] = 1 / (1 + std::exp(static_cast<double>(label.slope) * margin + static_cast<double>(label.offset)));
  }
  return sums;
}

std::vector<std::string> TopicModel::why(std::span<const TopicFeature> features, std::size_t label) const {
  constexpr std::size_t kMost = 5;
  std::vector<Hit> hits;
  find(features, hits);
  const auto points = [&](const Hit& hit) { return hit.value * static_cast<double>(hit.weights[label]); };
  std::stable_sort(hits.begin(), hits.end(), [&](const Hit& a, const Hit& b) { return points(a) > points(b); });
  std::vector<std::string> why;
  for (const Hit& hit : hits) {
    if (why.size() == kMost || hit.weights[label] <= 0) break;
    if (std::find(why.begin(), why.end(), hit.feature->source) == why.end()) why.emplace_back(hit.feature->source);
  }
  return why;
}

}  // namespace newsd
