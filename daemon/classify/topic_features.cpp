#include "daemon/classify/topic_features.h"

#include "daemon/classify/topics.h"
#include "feeds/text/utf8.h"

#include <algorithm>

namespace newsd {

namespace {

/// FNV-1a, 64 bits, with the finish of MurmurHash3 so that the upper bits can be taken.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t h = 0xCBF29CE484222325;
  for (const char c : word) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return h;
}

std::uint32_t bucket_of(std::uint64_t h) {
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCD;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53;
  return static_cast<std::uint32_t>(h >> (64 - kFeatureBits));
}

constexpr std::uint64_t kTitle = 0x9E3779B97F4A7C15, kPair = 0x2545F4914F6CDD1D;

}  // namespace

void TopicFeatureReader::add(std::string_view text, bool is_title) {
  if (text.empty()) return;
  stream_.assign(text);
  hashes_.clear();
  for (std::size_t i = 0; i < stream_.words.size(); ++i) hashes_.push_back(hash_of(stream_.word(i)));
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    const StreamWord& word = stream_.words[i];
    const std::string_view source = text.substr(word.begin, word.end - word.begin);
    features_.push_back({bucket_of(hashes_[i]), is_title ? 2u : 1u, source});
    if (is_title) features_.push_back({bucket_of(hashes_[i] ^ kTitle), 1, source});
    if (i == 0) continue;
    const std::uint32_t begin = stream_.words[i - 1].begin;
    features_.push_back(
        {bucket_of(hashes_[i - 1] * kPair + hashes_[i]), is_title ? 2u : 1u, text.substr(begin, word.end - begin)});
  }
}

const std::vector<TopicFeature>& TopicFeatureReader::merged() {
  std::stable_sort(features_.begin(), features_.end(),
                   [](const TopicFeature& a, const TopicFeature& b) { return a.bucket < b.bucket; });
  std::size_t kept = 0;
  for (const TopicFeature& feature : features_) {
    if (kept > 0 && features_[kept - 1].bucket == feature.bucket)
      features_[kept - 1].count += feature.count;
    else
      features_[kept++] = feature;
  }
  features_.resize(kept);
  return features_;
}

const std::vector<TopicFeature>& TopicFeatureReader::of(std::string_view title, std::string_view text) {
  begin();
  add(shortened(title, kMostBytesRead), true);
  add(shortened(text, kMostBytesRead), false);
  return merged();
}

const std::vector<TopicFeature>& TopicFeatureReader::of(const Article& article) {
  begin();
  std::size_t left = kMostBytesRead;
  const auto take = [&](std::string_view text, bool is_title) {
    const std::string_view part = shortened(text, left);
    left -= part.size();
    add(part, is_title);
  };
  take(article.headline, true);
  take(article.summary, false);
  for (const std::string& paragraph : article.paragraphs) take(paragraph, false);
  return merged();
}

}  // namespace newsd
