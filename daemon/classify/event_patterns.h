// The patterns of coded events (conf/lexicon/events.en.tsv says how they are written), compiled to numbers: a word of
// the vocabulary → the stems it is a form of → the patterns that begin with one. Built with the lexicon, immutable
// afterwards; any thread.
#pragma once

#include "daemon/classify/token.h"
#include "daemon/classify/vocabulary.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct EventPattern {
  std::string type;  ///< PLOVER
  std::string cameo;
  int weight = 0;
  /// The alternatives of each word, as stems; none: a gap.
  std::vector<std::vector<std::uint32_t>> words;
};

/// Pattern number `pattern` stands in the tokens [first, last].
struct PatternHit {
  std::uint32_t pattern = 0, first = 0, last = 0;
  int score = 0;  ///< weight, and a half for each word more (in halves)
};

class EventPatterns {
 public:
  /// A row of irregular.en.tsv. Before the patterns that use the word.
  void add_irregular(std::string_view word, std::string_view forms);
  /// A row of events.en.tsv; false when the weight is no digit or a pattern begins with a gap.
  bool add(std::string_view type, std::string_view cameo, std::string_view weight, std::string_view patterns,
           Vocabulary& words);

  /// In the order of the tokens, of one sentence; of each first token the heaviest of each type.
  void find(const TokenText& text, const Sentence& sentence, std::vector<PatternHit>& hits) const;
  const EventPattern& at(std::uint32_t pattern) const { return patterns_[pattern]; }
  std::size_t size() const { return patterns_.size(); }

 private:
  std::uint32_t stem(std::string_view word, Vocabulary& words);
  bool is_form(std::uint32_t word, const std::vector<std::uint32_t>& stems) const;
  bool matches(const TokenText& text, const Sentence& sentence, std::uint32_t pattern, std::uint32_t first,
               std::uint32_t& last) const;

  std::vector<EventPattern> patterns_;
  std::vector<std::pair<std::string, std::string>> irregular_;
  std::vector<std::pair<std::string, std::uint32_t>> stems_;  ///< sorted by word while adding
  std::vector<std::vector<std::uint32_t>> stems_of_;          ///< by word of the vocabulary
  std::vector<std::vector<std::uint32_t>> beginning_;         ///< by stem: patterns
};

/// How far a gap reaches, in tokens.
inline constexpr std::uint32_t kGap = 7;

}  // namespace newsd
