// Where in a scraped text the article's body stands: line features → the run of units that holds it. Pure, any thread,
// linear.
#pragma once

#include "feeds/extract/line_features.h"

#include <cstddef>
#include <vector>

namespace newsd {

/// For (> 0) or against a line's being part of an article, in sentences of usual length: one of 25 words weighs about
/// 2.
double weight_of(const LineFeatures& f);

/// Units first … last - 1; empty when nothing in the text reads like running text. Before `dense` only sentences are of
/// the body: first paragraphs among boxes and menus.
struct BodyRun {
  std::size_t first = 0, last = 0, dense = 0;
  bool empty() const { return first >= last; }
  bool contains(std::size_t i) const { return i >= first && i < last; }
};

/// The run with the greatest sum of weights from `begin` on, that ends where what follows an article begins (a comment
/// form, "Related articles").
BodyRun find_body_run(const std::vector<LineFeatures>& features, std::size_t begin);

}  // namespace newsd
