// A text → the hashed features a topic model knows it by: its words and pairs of neighbouring words, as WordStream
// folds them, and the words of its title once more by themselves. Pure, any thread. Which of them matter, and how much,
// is the model's part.
#pragma once

#include "daemon/classify/word_stream.h"
#include "feeds/article/article.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace newsd {

/// bucket: below 2^kFeatureBits. count: occurrences. source: the first one, as it stands in the text.
struct TopicFeature {
  std::uint32_t bucket = 0;
  std::uint32_t count = 0;
  std::string_view source;
};

/// Changes when the same text gives other features: models of another version do not load.
inline constexpr std::uint32_t kFeatureVersion = 1;
/// 2^20 buckets: few of a corpus' hundred thousand pairs share one.
inline constexpr unsigned kFeatureBits = 20;

/// Reuses its memory; one a thread.
class TopicFeatureReader {
 public:
  /// By bucket, each once. The title's words count twice. The result holds until the next call and looks into the
  /// texts.
  const std::vector<TopicFeature>& of(std::string_view title, std::string_view text);
  const std::vector<TopicFeature>& of(const Article& article);

 private:
  void begin() { features_.clear(); }
  void add(std::string_view text, bool is_title);
  const std::vector<TopicFeature>& merged();

  WordStream stream_;
  std::vector<std::uint64_t> hashes_;
  std::vector<TopicFeature> features_;
};

}  // namespace newsd
