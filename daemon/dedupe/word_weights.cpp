#include "daemon/dedupe/word_weights.h"

#include "daemon/dedupe/word_lists.h"
#include "daemon/dedupe/word_scan.h"

#include <algorithm>
#include <cmath>

namespace newsd {
namespace {

constexpr std::size_t kMostBodyWords = 64, kMostNameWords = 32;
/// Texts imagined before the first, so that early frequencies mean little.
constexpr float kPriorTexts = 200;
/// Of those, how many had a word that is common in all news.
constexpr std::uint32_t kPriorOfCommon = 40;

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

void shorten(WordVector& words, std::size_t most) {
  if (words.size() > most) {
    const auto heavier = [](const auto& a, const auto& b) {
      return a.second > b.second || (a.second == b.second && a.first < b.first);
    };
    std::nth_element(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(most), words.end(), heavier);
    words.resize(most);
    std::sort(words.begin(), words.end());
  }
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

WordWeights::WordWeights() : seen_(kCounters) {
  for (const std::uint64_t word : common_news_words()) seen_[short_hash(word) % kCounters] = kPriorOfCommon;
}

void WordWeights::learn(const Sketch& sketch) {
  for (const Term& term : sketch.terms) ++seen_[term.word % kCounters];
  if (++texts_ < kForgetAfter) return;
  for (std::uint32_t& count : seen_) count /= 2;
  texts_ /= 2;
}

float WordWeights::rarity(std::uint32_t word) const {
  const auto seen = static_cast<float>(seen_[word % kCounters]);
  return std::log((static_cast<float>(texts_) + kPriorTexts) / (seen + 1));
}

WordVector WordWeights::weigh(std::span<const std::uint32_t> words) const {
  WordVector vector;
  vector.reserve(words.size());
  for (const std::uint32_t word : words) {
    if (const float weight = rarity(word); weight > 0) vector.emplace_back(word, weight);
  }
  normalise(vector);
  return vector;
}

TextVectors WordWeights::vectors_of(const Sketch& sketch) const {
  TextVectors made;
  made.body.reserve(sketch.terms.size());
  for (const Term& term : sketch.terms) {
    const float weight = (1 + std::log(static_cast<float>(term.count))) * rarity(term.word);
    if (weight > 0) made.body.emplace_back(term.word, weight);
  }
  shorten(made.body, kMostBodyWords);
  made.names = weigh(sketch.names);
  shorten(made.names, kMostNameWords);
  made.title = weigh(sketch.title);
  return made;
}

}  // namespace newsd
