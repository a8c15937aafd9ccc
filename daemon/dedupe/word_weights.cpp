#include "daemon/dedupe/word_weights.h"

#include "daemon/dedupe/word_lists.h"
#include "daemon/dedupe/word_scan.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace newsd {
namespace {

constexpr std::size_t kMostBodyWords = 96, kMostNameWords = 32;
/// Texts imagined before the first, so that early frequencies mean little.
constexpr float kPriorTexts = 200;
/// Of those, how many had a word that is common in all news.
constexpr std::uint16_t kPriorOfCommon = 40;
constexpr std::size_t kLogs = 4096;

std::uint32_t kept_of(std::uint32_t word) { return word & ~(UINT32_MAX >> WordWeights::kWordBits); }

}  // namespace

double dot(const WordVector& a, const WordVector& b) {
  double sum = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->first == j->first) {
      sum += double{i->second} * double{j->second};
      ++i, ++j;
    } else if (i->first < j->first) {
      ++i;
    } else {
      ++j;
    }
  }
  return sum;
}

void normalise(WordVector& words) {
  double sum = 0;
  for (const auto& [word, weight] : words) sum += double{weight} * double{weight};
  if (sum <= 0) return;
  const auto factor = static_cast<float>(1 / std::sqrt(sum));
  for (auto& entry : words) entry.second *= factor;
}

void keep_heaviest(WordVector& words, std::size_t most) {
  if (words.size() <= most) return;
  if (most == 0) return words.clear();
  thread_local std::vector<float> weights;
  weights.clear();
  for (const auto& entry : words) weights.push_back(entry.second);
  const auto last = weights.begin() + static_cast<std::ptrdiff_t>(most) - 1;
  std::nth_element(weights.begin(), last, weights.end(), std::greater<>());
  const float least = *last;
  const auto heavier = std::count_if(weights.begin(), last, [least](float weight) { return weight > least; });
  auto equals = static_cast<std::ptrdiff_t>(most) - heavier;  // of the lightest kept, so many have room
  std::erase_if(words,
                [&](const auto& entry) { return entry.second < least || (entry.second == least && --equals < 0); });
}

WordVector heaviest(const WordVector& words, std::size_t most) {
  WordVector some = words;
  keep_heaviest(some, most);
  return some;
}

void shorten(WordVector& words, std::size_t most) {
  keep_heaviest(words, most);
  normalise(words);
}

void add_scaled(WordVector& a, const WordVector& b, double factor) {
  WordVector sum;
  sum.reserve(a.size() + b.size());
  const auto f = static_cast<float>(factor);
  auto i = a.begin();
  for (const auto& [word, weight] : b) {
    while (i != a.end() && i->first < word) sum.push_back(*i++);
    if (i != a.end() && i->first == word) {
      sum.emplace_back(word, i->second + weight * f);
      ++i;
    } else {
      sum.emplace_back(word, weight * f);
    }
  }
  sum.insert(sum.end(), i, a.end());
  a = std::move(sum);
}

float WordWeights::log_of(std::uint32_t n) const {
  return n < logs_.size() ? logs_[n] : std::log(static_cast<float>(n));
}

WordWeights::WordWeights() : seen_(kCounters), logs_(kLogs) {
  for (std::size_t i = 1; i < logs_.size(); ++i) logs_[i] = std::log(static_cast<float>(i));
  count_texts(0);
  for (const std::uint64_t word : common_news_words()) seen_[short_hash(word) % kCounters] = kPriorOfCommon;
}

void WordWeights::learn(const Sketch& sketch) {
  for (const Term& term : sketch.terms) {
    std::uint16_t& seen = seen_[term.word % kCounters];
    if (seen < UINT16_MAX) ++seen;  // two texts in three: nothing tells less
  }
  count_texts(texts_ + 1);
  if (texts_ < kForgetAfter) return;
  for (std::uint16_t& count : seen_) count /= 2;
  count_texts(texts_ / 2);
}

void WordWeights::count_texts(std::uint32_t texts) {
  texts_ = texts;
  log_of_texts_ = std::log(static_cast<float>(texts) + kPriorTexts);
}

float WordWeights::rarity(std::uint32_t word) const { return log_of_texts_ - log_of(seen_[word % kCounters] + 1u); }

WordVector WordWeights::weigh(std::span<const std::uint32_t> words) const {
  WordVector vector;
  vector.reserve(words.size());
  for (const std::uint32_t word : words) {
    if (const float weight = rarity(word); weight > 0) vector.emplace_back(kept_of(word), weight);
  }
  normalise(vector);
  return vector;
}

TextVectors WordWeights::vectors_of(const Sketch& sketch) const {
  TextVectors made;
  for (const Term& term : sketch.terms) __builtin_prefetch(&seen_[term.word % kCounters]);
  made.body.reserve(sketch.terms.size());
  for (const Term& term : sketch.terms) {
    const float weight = (1 + log_of(term.count)) * rarity(term.word);
    if (weight > 0) made.body.emplace_back(kept_of(term.word), weight);
  }
  shorten(made.body, kMostBodyWords);
  made.names = weigh(sketch.names);
  shorten(made.names, kMostNameWords);
  made.title = weigh(sketch.title);
  return made;
}

}  // namespace newsd
