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
  std::string_view how;  ///< "json-ld", "markup", "byline", "meta"; empty: none found
  int confidence = 0;
};

/// headline, body_end: nodes between which bylines are looked for; sidebars are never searched.
PageAuthors page_authors(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page, std::uint32_t headline,
                         std::uint32_t body_end);

}  // namespace newsd
