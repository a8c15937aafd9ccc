// What the tests of the facts say of a text, with newsd's own lexicons.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/classify/language.h"
#include "daemon/classify/understand.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

inline Article article_of(std::vector<std::string> paragraphs, std::string day = {}, std::string headline = {}) {
  Article article;
  article.headline = std::move(headline);
  article.paragraphs = std::move(paragraphs);
  if (!day.empty()) article.published = when_from_iso(day);
  return article;
}

inline Labels facts_of(const Article& article) {
  Labels labels;
  labels.language.code = "en";
  understand(article, default_resources()->lexicon, default_resources()->names.get(), labels);
  return labels;
}

inline Labels facts_of(std::string text, std::string day = {}) {
  return facts_of(article_of({std::move(text)}, std::move(day)));
}

inline const EntityLabel* entity_named(const Labels& labels, std::string_view name) {
  const auto at = std::find_if(labels.entities.begin(), labels.entities.end(),
                               [&](const EntityLabel& e) { return e.name == name; });
  return at == labels.entities.end() ? nullptr : &*at;
}

/// The name of a quote's speaker; its words when no entity is known, "-" when there are none.
inline std::string speaker_of(const Labels& labels, std::size_t quote) {
  const QuoteLabel& q = labels.quotes.at(quote);
  for (const EntityLabel& e : labels.entities)
    if (e.id == q.speaker) return e.name;
  return q.speaker_text.empty() ? "-" : q.speaker_text;
}

}  // namespace newsd
