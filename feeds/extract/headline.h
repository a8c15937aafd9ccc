// Which line is the headline: units and their features → its place, and why. Pure, any thread. It never makes one up.
#pragma once

#include "feeds/extract/line_features.h"
#include "feeds/format/text.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace newsd {

struct Headline {
  std::size_t at = 0;    ///< index of its unit
  std::string_view how;  ///< "first-block-single-line", "first-line", "repeated-line", "line-before-body"
  int confidence = 0;
};

/// The line is short, ends with no full stop, is no set phrase, date or byline, and stands before the first run of
/// sentences. A text that begins with a long sentence has none, unless some early line is repeated.
std::optional<Headline> find_headline(const TextUnits& text, const std::vector<LineFeatures>& features);

}  // namespace newsd
