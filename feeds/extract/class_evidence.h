// What class names, ids and roles say about an element: "sidebar", "article-body", "share-buttons". Attribute text →
// evidence. Pure, any thread, linear. Evidence, not a verdict: page_blocks.h weighs it against the text it would cost.
#pragma once

#include "feeds/article/article.h"
#include "feeds/format/html_tree.h"

#include <optional>
#include <string_view>

namespace newsd {

struct ClassEvidence {
  std::optional<RemovedKind> kind;  ///< what it is when it is no part of the body
  bool body = false;                ///< named as the article's text: "article-body", "entry-content", itemprop
  bool content = false;             ///< named as something that holds an article: "article", "main", "post"
};

/// Names are cut into words at - _ and capitals: "ad" is found in "top-ad" and "topAd", not in "header". A word behind
/// "no", "has", "with" and the like counts for nothing.
ClassEvidence class_evidence(std::string_view names);

/// Of an element: its class, id, role, itemprop, and test ids.
ClassEvidence class_evidence(const HtmlTree& tree, std::size_t node);

}  // namespace newsd
