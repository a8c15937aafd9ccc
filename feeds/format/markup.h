// Which markup a text is written in, by its beginning: text → format and a word for it. Pure, any thread. It reads no
// further than it must to know.
#pragma once

#include "feeds/article/document.h"

#include <optional>
#include <string_view>

namespace newsd {

struct Markup {
  Format format = Format::Unknown;
  std::string_view what;  ///< for people: "an RSS feed", "an XML document"
};

/// Nothing when the text is no markup, also when it merely begins with "<". A declaration, comments, processing
/// instructions and a document type are looked through; HTML is also recognised without a root element, and behind some
/// words of text.
std::optional<Markup> sniff_markup(std::string_view text);

/// Whether pages are made of elements of this name, given in lower case.
bool is_html_element(std::string_view name);

}  // namespace newsd
