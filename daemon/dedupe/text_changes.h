// The body of an article's earlier version and its new one → what an update tells of the difference: words that came
// and went, numbers that took others' places. Pure, any thread.
#pragma once

#include "daemon/dedupe/likeness.h"
#include "daemon/dedupe/place.h"

#include <span>
#include <string_view>
#include <vector>

namespace newsd {

/// Words are compared folded, as scan_words() finds them, wherever they stand: what was only moved did not change. In
/// n log n of the words.
WordsChanged words_changed(std::string_view before, std::string_view after);

/// The first kMostChangesTold of compared.changed, as people read them. known: the earlier numbers it was compared
/// with.
std::vector<NumberChange> number_changes(const Candidate& candidate, std::span<const Number> known,
                                         const NumbersCompared& compared);

/// Fills in words and numbers. before, after: bodies as they are printed, paragraphs apart by blank lines; after is the
/// candidate's.
void tell_changes(std::string_view before, std::string_view after, const Candidate& candidate, Revision& revision);

}  // namespace newsd
