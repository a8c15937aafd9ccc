// What can be seen of one line without knowing the others, but for its repeats: the evidence line_roles.h judges by.
// Pure, any thread.
#pragma once

#include "feeds/extract/phrases.h"
#include "feeds/format/text.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace newsd {

struct LineFeatures {
  std::size_t length = 0;  ///< characters; one of a script without spaces counts as three
  std::size_t words = 0;
  std::size_t capitals = 0;  ///< words that begin with a capital
  std::size_t digits = 0;
  std::size_t separators = 0;  ///< | • · ●
  bool ends_sentence = false;
  bool ends_open = false;  ///< with : ; or , — the next line belongs to it
  bool begins_small = false;
  bool unspaced = false;       ///< mostly of a script without spaces
  bool caption_marks = false;  ///< words or a credit that only captions have
  bool credit_line = false;    ///< nothing but a picture's credit
  bool dated = false;          ///< a date or time with hardly anything beside it: heads a comment, a teaser, an entry
  const Phrase* phrase = nullptr;
  std::uint64_t key = 0;        ///< equal for lines that read the same
  std::size_t occurrence = 0;   ///< how many lines before read the same
  std::size_t occurrences = 1;  ///< how many lines read the same
};

std::vector<LineFeatures> line_features(const std::vector<TextUnit>& units);

/// A line that ends as a sentence and is long enough to be one of an article: from 80 characters on.
bool is_long_sentence(const LineFeatures& f);

}  // namespace newsd
