// A row of article NDJSON → an Article. What a row says is taken as it says it; only its text is split into paragraphs.
// Pure, any thread.
#pragma once

#include "feeds/article/article.h"
#include "feeds/extract/read.h"
#include "feeds/format/article_ndjson.h"

#include <string>
#include <variant>
#include <vector>

namespace newsd {

/// A refusal when headline and body hold fewer words than the limits ask for. A url or date that cannot be read is left
/// out, named in `warnings`, and flags the article Malformed. member is the row's line number.
std::variant<Article, Refusal> row_article(ArticleRow row, const ReadLimits& limits,
                                           std::vector<std::string>& warnings);

}  // namespace newsd
