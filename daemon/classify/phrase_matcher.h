// Many phrases found in one pass over the words of a text: an Aho–Corasick automaton (Aho and Corasick 1975) over the
// folded bytes with a space after each word, all transitions filled in. Linear in the text, whatever the phrases.
// Immutable after building, any thread.
#pragma once

#include "daemon/classify/word_stream.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Words folded as WordStream folds them; the last may be the beginning of a word ("invad*").
struct TopicPhrase {
  std::vector<std::string> words;
  bool is_prefix = false;
  auto operator<=>(const TopicPhrase&) const = default;
  /// From "cease-fire*". No words: the text holds none.
  static TopicPhrase parse(std::string_view text);
};

/// Phrase number `phrase` stands in the words [first, last] of the stream.
struct PhraseHit {
  std::uint32_t phrase = 0;
  std::uint32_t first = 0, last = 0;
  bool operator==(const PhraseHit&) const = default;
};

class PhraseMatcher {
 public:
  PhraseMatcher() : PhraseMatcher(std::span<const TopicPhrase>{}) {}
  /// Each phrase has at least one word; equal phrases are allowed once.
  explicit PhraseMatcher(std::span<const TopicPhrase> phrases);

  /// Appends every match, by its last word, of those the longest first.
  void find(const WordStream& stream, std::vector<PhraseHit>& matches) const;

  std::size_t states() const { return outputs_.size(); }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Output {
    std::uint32_t phrase = kNone;  ///< that ends in this state
    std::uint32_t words = 0;
    std::uint32_t next = kNone;  ///< the state of the longest shorter one that also does
  };
  /// The uppermost bit of a transition: the state it leads to ends a phrase, or a shorter one that does so ends there.
  /// Of nearly all it tells that outputs_ need not be looked at.
  template <class Cell>
  static constexpr Cell kReports = static_cast<Cell>(Cell{1} << (8 * sizeof(Cell) - 1));
  template <class Cell>
  void find_in(const std::vector<Cell>& next, const WordStream& stream, std::vector<PhraseHit>& matches) const;
  /// The transitions, states numbered as they stand in `order`.
  template <class Cell>
  void put_in_order(const std::vector<std::uint32_t>& order, std::vector<Cell>& next) const;
  void insert(std::string_view pattern, std::uint32_t phrase, std::uint32_t words);
  std::vector<std::uint32_t> fill_in();
  void number_by_depth(const std::vector<std::uint32_t>& order);

  std::array<std::uint8_t, 256> class_of_{};  ///< bytes that no phrase has share class 0
  std::uint32_t classes_ = 1;
  std::vector<std::uint32_t> next_;    ///< state × class
  std::vector<std::uint16_t> narrow_;  ///< in its place where the states' numbers are small
  std::vector<Output> outputs_;
};

}  // namespace newsd
