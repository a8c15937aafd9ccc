// understand(): everything that labelling finds by reading sentences, stage after stage over one analysis of the text:
// entities and countries, dates, quotes, coded events, tone. Pure; any thread.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/classify/lexicon.h"
#include "feeds/article/article.h"

namespace newsd {

class NameModel;

/// Fills countries, entities, quotes, dates and, for English and unknown languages, events and tone. labels.language
/// must be set. names: for English and unknown languages; nullptr: rules alone find the names.
void understand(const Article& article, const Lexicon& lexicon, const NameModel* names, Labels& labels);

/// What of the body is read; the rest has no such labels.
inline constexpr std::size_t kMostBytesUnderstood = 64 * 1024;

}  // namespace newsd
