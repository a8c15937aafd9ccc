// Set phrases of news pages around an article, in the languages of the lists: a folded line → the phrase that gives it
// away. Pure, any thread. A phrase is evidence about a line, not a verdict: line_roles.h weighs it.
#pragma once

#include "feeds/article/article.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace newsd {

enum class PhraseMatch {
  Whole,     ///< the line is the phrase
  Start,     ///< the line begins with it
  Anywhere,  ///< the line has it somewhere
};

struct Phrase {
  std::string_view text;  ///< folded; # stands for a number
  PhraseMatch match = PhraseMatch::Whole;
  RemovedKind kind = RemovedKind::Other;
  bool ends_article = false;   ///< what follows is no article any more, once enough of one was seen
  std::size_t max_words = 25;  ///< of the line; in longer ones the same words mean nothing
};

/// A line as phrases are looked up in: folded (fold.h), numbers turned to #, marks at both ends dropped.
std::string phrase_form(std::string_view folded);

/// The best match: Whole before Start before Anywhere, the longer before the shorter; null for none. Linear in the
/// line.
const Phrase* find_phrase(std::string_view phrase_form, std::size_t words);

}  // namespace newsd
