// What stands inside the run of a page's body and is no part of the article: a publisher's notices, teasers of other
// articles, notes about authors, headings of nothing. Pure, any thread, linear.
#pragma once

#include "feeds/extract/page_body.h"

#include <cstddef>
#include <vector>

namespace newsd {

/// Turns such blocks among first … last - 1 from Body to Removed. labels: one for each block.
void drop_leftovers(const std::vector<PageBlock>& blocks, const BodyHints& hints, std::size_t first, std::size_t last,
                    std::vector<LabelledBlock>& labels);

}  // namespace newsd
