// Whether an article has text enough to be one. Pure, any thread.
#pragma once

#include "feeds/article/article.h"

#include <cstddef>

namespace newsd {

/// Whether headline and body together have `least` words; counts no further.
bool has_words(const Article& article, std::size_t least);

}  // namespace newsd
