// What each line of a scraped text is: units, features and the headline → one role a unit. Pure, any thread, linear. It
// writes no article: text_article.h does.
#pragma once

#include "feeds/article/article.h"
#include "feeds/extract/headline.h"
#include "feeds/extract/line_features.h"

#include <optional>
#include <string_view>
#include <vector>

namespace newsd {

enum class LineRole { Headline, Standfirst, Byline, Published, Body, Caption, Removed };

struct LabelledLine {
  LineRole role = LineRole::Removed;
  RemovedKind kind = RemovedKind::Other;  ///< of Removed
  std::string_view how;                   ///< the rule
};

struct LineRoles {
  std::vector<LabelledLine> lines;  ///< one for each unit
  std::string_view body_how;        ///< "paragraph-run", "all-lines"
  int body_confidence = 0;
};

/// The body is the run of lines with the greatest sum of weights, sentences weighing for it and set phrases, lists and
/// fragments against it, cut where comment forms and lists of other articles begin. Inside the run, repeats, set
/// phrases and captions are taken out.
LineRoles label_lines(const TextUnits& text, const std::vector<LineFeatures>& features,
                      const std::optional<Headline>& headline);

}  // namespace newsd
