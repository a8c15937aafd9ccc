// What stands in a feed's text → the text it means: markup told from plain text, base64 decoded, references inside
// markup resolved, characters that software garbled put right. Pure, any thread, linear.
#pragma once

#include "feeds/format/feed_parts.h"

#include <string>
#include <string_view>

namespace newsd {

/// "text", "html" and "xhtml" → the media types they stand for; others in lower case.
std::string text_type(std::string_view written);

/// Whether the mode or the type of an element of Atom says that its text is base64 (0.3, and RFC 4287, 4.1.3.3).
bool is_base64(std::string_view mode, std::string_view type);

/// Trims text.value and does all of the above. guess_markup: its type was not said, so that text which looks like HTML
/// is taken for HTML (RSS does not tell).
void finish_text(FeedText& text, bool base64, bool guess_markup);

/// Text in which UTF-8 was taken for ISO-8859-1 and encoded again ("Ã©") → what it was ("é"); other text as it is. text
/// must be well-formed.
std::string without_double_encoding(std::string text);

/// C1 controls → what windows-1252 has in their places; they come from software that took one for the other.
std::string without_c1(std::string text);

/// html with the addresses in its attributes resolved against `base`; as it is when there is none to resolve.
std::string resolved_markup(std::string_view html, std::string_view base);

}  // namespace newsd
