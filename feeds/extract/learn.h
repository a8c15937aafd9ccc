// Learning from the articles of a source: (article, what is known of its source) → (article without the lines that its
// source puts into every one, what the article teaches). Pure, any thread. Which articles may teach is the caller's
// question: only those that are new, not those that repeat another.
#pragma once

#include "feeds/article/article.h"
#include "feeds/extract/knowledge.h"

#include <cstdint>
#include <string>

namespace newsd {

/// Whose habits an article shares: the host of its address ("host:news.example"); without one, and of entries of feeds,
/// the input it came by ("drop:inbox", "feed:https://news.example/rss").
std::string source_of(const Article& article, const Origin& origin);

/// What a document is read by besides its bytes. enough: distinct articles that must agree.
struct Learned {
  const Knowledge* knowledge = nullptr;  ///< nothing: nothing is known, and nothing taught
  std::uint32_t enough = LearningLimits().articles;

  const SourceKnowledge* of(std::string_view source) const {
    return knowledge == nullptr ? nullptr : knowledge->find(source);
  }
};

/// Teaches, then leaves out. A line is left out when `enough` distinct articles of the source bore it, a sentence only
/// when most did. Never: lines of more than 300 characters or fewer than four words, the headline, the standfirst, or
/// anything of a body of which less than half would be left. Each stands in `removed` as a Repeat with the number of
/// articles it was learned from.
Lesson learn(Article& article, std::string source, const SourceKnowledge* known, std::uint32_t enough);

}  // namespace newsd
