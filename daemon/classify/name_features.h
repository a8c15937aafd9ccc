// What the names model looks at: for each token of a text, hashed features of its word, of the words beside it, of the
// run of capitals around it, of what the lexicons know and of what the rules make of it. Tokens, lexicon and the rules'
// names in, bucket numbers out. The same for learning and for tagging. Pure, linear; any thread.
#pragma once

#include "daemon/classify/lexicon.h"
#include "daemon/classify/name_spans.h"
#include "daemon/classify/token.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace newsd {

inline constexpr std::size_t kNameFeatures = 27;
/// Buckets (name_model.h).
using NameFeatures = std::array<std::uint32_t, kNameFeatures>;

/// What one token is, as numbers; computed once and combined for its neighbours.
struct NameCue {
  std::uint32_t word = 0;      ///< hash of it folded, digits as 0
  std::uint32_t shape = 0;     ///< hash of its letters as X and x
  std::uint32_t classes = 0;   ///< of the lexicon
  std::uint8_t letters = 0;    ///< case; beyond: a number, a mark …
  std::uint8_t rule = 0;       ///< what the rules say
  std::uint8_t gazetteer = 0;  ///< what the lexicons say, unjudged
  bool starts = false;         ///< its sentence
  bool is_read = false;        ///< whether word to letters and affixes are filled in
  std::array<std::uint32_t, 3> affixes{};
};

class NameFeatureReader {
 public:
  NameFeatureReader(const TokenText& text, const Lexicon& lexicon, std::span<const NameSpan> rules,
                    std::span<const NameHit> hits);

  /// Of tokens [first, last) of a sentence, one after the other; a run of capitals begins and ends among them.
  void read(const Sentence& sentence, std::size_t first, std::size_t last, std::vector<NameFeatures>& out);

 private:
  void read_cues(std::size_t first, std::size_t last);

  const TokenText& text_;
  const Lexicon& lexicon_;
  std::vector<NameCue> cues_;
};

}  // namespace newsd
