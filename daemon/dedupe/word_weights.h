// How much a word tells: TF-IDF vectors of texts, with word frequencies learned from the texts themselves.
// Deterministic in the order in which texts were learned; one thread.
#pragma once

#include "daemon/dedupe/sketch.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace newsd {

/// Words (WordWeights::kWordBits of them, the rest zero) and weights, ascending by word. As made by WordWeights of
/// length 1.
using WordVector = std::vector<std::pair<std::uint32_t, float>>;

/// Of vectors of length 1: the cosine.
double dot(const WordVector& a, const WordVector& b);
/// Keeps the heaviest `most` words, in their order; of equal ones the first.
void keep_heaviest(WordVector& words, std::size_t most);
WordVector heaviest(const WordVector& words, std::size_t most);
/// The same; length 1 again unless empty.
void shorten(WordVector& words, std::size_t most);
void normalise(WordVector& words);
/// a += b · factor.
void add_scaled(WordVector& a, const WordVector& b, double factor);

/// What a text is about, three ways.
struct TextVectors {
  WordVector body, names, title;
};

class WordWeights {
 public:
  /// Of a word's hash, in vectors: two of the hundred words of one text and those of another are rarely mistaken for
  /// each other, one pair of texts in five hundred.
  static constexpr unsigned kWordBits = 22;

  WordWeights();
  /// Counts the words of a text once each. After kForgetAfter texts the counts are halved: the news' words change.
  void learn(const Sketch& sketch);
  TextVectors vectors_of(const Sketch& sketch) const;

 private:
  static constexpr std::uint32_t kForgetAfter = 100'000;
  static constexpr std::size_t kCounters = std::size_t{1} << 20;
  float log_of(std::uint32_t n) const;
  float rarity(std::uint32_t word) const;
  void count_texts(std::uint32_t texts);
  WordVector weigh(std::span<const std::uint32_t> words) const;

  std::vector<std::uint16_t> seen_;  // by word % kCounters: texts that had it
  std::uint32_t texts_ = 0;
  float log_of_texts_ = 0;
  std::vector<float> logs_;  // of the small numbers that most counts are
};

}  // namespace newsd
