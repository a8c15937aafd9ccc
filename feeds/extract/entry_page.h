// A feed's entry and the page it links to → one article: what the page has is the text, what the feed says of it
// stands. Pure, any thread.
#pragma once

#include "feeds/article/article.h"

namespace newsd {

/// Whether the feed gives only a part of the article, or none of it, and says where the rest is.
bool wants_page(const Article& entry);

/// Whether the page has more of the article's text than the entry, and speaks of the same at all. That an address looks
/// like a list's does not count: that there is an article the feed has said.
bool page_tells_more(const Article& entry, const Article& page);

/// The article of a page that tells more. The text, what was left out of it and what the feed does not say are the
/// page's; where both say something else of a field the feed's word counts and the page's stands beside it, in the
/// field's provenance. What the feed gave as text becomes the summary.
Article with_page(Article entry, Article page);

}  // namespace newsd
