// An element → a key by which it is known again on another page of the same site: its name and classes, and those of
// the elements around it as far as the next that has any. Pure, any thread.
#pragma once

#include "feeds/format/html_tree.h"

#include <cstddef>
#include <cstdint>

namespace newsd {

/// Names with digits in them tell pages and builds apart ("post-4711", "css-1ab2c3"): they count for nothing. 0 when
/// nothing around the element has a name.
std::uint64_t element_key(const HtmlTree& tree, std::size_t node);

}  // namespace newsd
