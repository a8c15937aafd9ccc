// Text of strangers as it may be sent to a terminal. Pure.
#pragma once

#include "feeds/article/article.h"

#include <string>
#include <string_view>

namespace newsd {

/// What would steer a terminal becomes a space: controls, and marks that reorder text.
std::string shown(std::string_view text);

/// "7", "7–9"
std::string shown(const LineRange& lines);

}  // namespace newsd
