// HTML markup → the paragraphs of its text, as the html field of an NDJSON row needs it: tags stripped, nothing judged.
// Pure, any thread, linear. It does not look for an article in a page: page extraction does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Block elements and <br> end a paragraph; script, style, template, head and comments are dropped; references are
/// decoded; runs of white space become one space (no-break spaces stay). html: UTF-8, however malformed.
std::vector<std::string> html_paragraphs(std::string_view html);

}  // namespace newsd
