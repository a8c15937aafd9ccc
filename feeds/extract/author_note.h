// A line that says who wrote the article: "Ida Holm is a reporter at the harbour desk." Publishers put it above or
// below what was written. Pure, any thread, linear.
#pragma once

#include <string_view>

namespace newsd {

/// Two to four capitalised words, "is a" or "is the" and, within a few words more, an office of the trade, in seven
/// languages. What somebody was, or was before, is told of people in the news.
bool is_author_note(std::string_view line);

}  // namespace newsd
