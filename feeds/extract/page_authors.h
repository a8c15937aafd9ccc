// Who wrote a page's article: names out of JSON-LD, meta elements, markup and bylines. Pure, any thread.
#pragma once

#include "feeds/extract/page_blocks.h"
#include "feeds/extract/page_facts.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct PageAuthors {
  std::vector<std::string> names;
  std::string raw;       ///< the byline as written
  std::string_view how;  ///< "json-ld", "markup", "byline", "meta", "signature"; empty: none found
  int confidence = 0;
};

/// Where the article is.
struct PageAuthorPlace {
  std::string_view host;  ///< of the page's address, may be empty: who is named like it is the site
  std::uint32_t headline = 0,
                body_end = 0;  ///< nodes between which bylines are looked for; sidebars are never searched
};

PageAuthors page_authors(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page,
                         const PageAuthorPlace& place);

}  // namespace newsd
