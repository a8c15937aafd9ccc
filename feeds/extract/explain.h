// explain(): a Document's bytes → every line of a text or block of a page, what read() takes it for, by which rule and
// with which score. Pure, any thread. Of texts and pages; of feeds and rows there is nothing to weigh.
#pragma once

#include "feeds/extract/line_roles.h"
#include "feeds/extract/read.h"

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct ExplainedPart {
  LineRange lines;
  LineRole role = LineRole::Removed;
  RemovedKind kind = RemovedKind::Other;  ///< of Removed
  std::string_view rule;                  ///< "paragraph-run", "phrase", "class", "links", …
  double score = 0;                       ///< for (> 0) or against its being part of a body
  std::string text;
  std::uint32_t learned_from = 0;  ///< so many articles of the source had it, which is why it was left out
};

struct Explanation {
  Origin origin;
  std::vector<ExplainedPart> parts;  ///< in the document's order; white space alone is none
};

/// "headline", "standfirst", "byline", "published", "body", "caption", "removed"
std::string_view to_string(LineRole role);

/// Errors are read()'s; UnsupportedFormat for what is neither text nor page.
/// learned: as of read(); lines that learn() leaves out have the rule "learned".
Result<Explanation> explain(const Document& document, const ReadLimits& limits = {}, const Learned& learned = {});

}  // namespace newsd
