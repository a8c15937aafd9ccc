// The pictures of a page's article with captions and credits. Pure, any thread, linear.
#pragma once

#include "feeds/extract/page_blocks.h"
#include "feeds/extract/page_body.h"
#include "feeds/extract/page_facts.h"

#include <vector>

namespace newsd {

/// The one the page names for itself (og:image, JSON-LD) first, then those in the body with their captions; at most 20,
/// sprites and data: addresses left out.
std::vector<Picture> page_pictures(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page,
                                   const PageBody& body);

}  // namespace newsd
