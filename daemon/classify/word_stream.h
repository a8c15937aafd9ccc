// Text → folded words with the place each stands at: what phrases are matched against. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// folded: where the word lies in WordStream::folded. begin, end: where it stands in the text. follows_break: a
/// sentence, clause or paragraph ended before it, so no phrase goes from the word before to this one.
struct StreamWord {
  std::uint32_t folded_begin = 0, folded_end = 0;
  std::uint32_t begin = 0, end = 0;
  bool follows_break = false;
};

/// Words as fold_for_matching() folds them. A hyphen or an apostrophe ends a word; the s of a possessive is left out
/// ("Russia’s" → "russia"). Characters of scripts written without spaces are words of their own.
struct WordStream {
  std::string folded;
  std::vector<StreamWord> words;

  /// Of well-formed UTF-8 of less than 4 GiB; reuses the memory.
  void assign(std::string_view text);
  std::string_view word(std::size_t i) const {
    return std::string_view(folded).substr(words[i].folded_begin, words[i].folded_end - words[i].folded_begin);
  }
};

}  // namespace newsd
