// A scraped plain-text dump → one Article: headline, standfirst, body, captions, credits, byline, date, and what was
// left out. Pure, any thread, linear. All text in it is the document's, trimmed; nothing is added or rewritten.
#pragma once

#include "feeds/article/article.h"
#include "feeds/format/text.h"

#include <cstddef>

namespace newsd {

/// An article without paragraphs and headline when the text holds nothing but set phrases. Fields: how each was found;
/// `removed`: every other line. The body is cut at a paragraph when it would exceed `max_body_bytes`, and flagged
/// Truncated.
Article text_article(const TextUnits& text, std::size_t max_body_bytes);

/// Names the fields that are empty, of headline, published, byline, url, publisher; for articles of every format.
void name_missing(Article& article);

/// Adds a paragraph if the body stays within `max_body_bytes`; else cuts the first paragraph there, drops any other,
/// and flags the article Truncated. False when it was dropped.
bool add_paragraph(Article& article, std::string paragraph, std::size_t max_body_bytes, std::size_t& body_bytes);

}  // namespace newsd
