// What a document is: by its content, its name breaks ties, what the user forced wins. Pure, any thread. It does not
// decode, parse or refuse.
#pragma once

#include "feeds/article/document.h"

#include <optional>
#include <string_view>

namespace newsd {

/// Archives, compressed files, pictures and office documents, by their first bytes: "a gzip archive". Nothing when the
/// bytes may be text.
std::optional<std::string_view> container_kind(std::string_view bytes);

struct Detected {
  Format format = Format::Unknown;
  std::string_view what;  ///< for people: "plain text", "an RSS feed", "a JSON array"
};

/// text: decoded; name: the file's name, whose suffix breaks ties (".ndjson"). XML and HTML are never plain text.
Detected detect_format(std::string_view text, std::string_view name);

/// For people: "an Atom feed".
std::string_view describe(Format f);

}  // namespace newsd
