// What a publisher says in its own name between the paragraphs of an article: an appeal for money, a note about
// cookies, an offer of mailings. A paragraph is one by the words that come together in it, not by a set phrase
// (phrases.h). Pure, any thread, linear.
#pragma once

#include "feeds/article/article.h"

#include <optional>
#include <string_view>

namespace newsd {

/// The kind of notice (Widget, Cookie), or nothing. folded: a paragraph by fold_for_matching(). What has quotation
/// marks is no appeal. English, German, French and Spanish.
std::optional<RemovedKind> house_notice(std::string_view folded);

}  // namespace newsd
