// The first look at a document: bytes → text in UTF-8 and what format it is, or why it cannot be read at all. Pure, any
// thread. It parses nothing: read.h does.
#pragma once

#include "feeds/extract/read.h"

#include <optional>
#include <string>

namespace newsd {

struct Recognised {
  Origin origin;     ///< the document's, completed by format and charset
  std::string text;  ///< well-formed UTF-8
  std::string what;  ///< the format in words
};

/// The document with what is inside it for its bytes, when they are packed with gzip: sitemaps are served so, whatever
/// the transport says. One layer. Errors: TooLarge when it would unpack to more than limits.max_bytes,
/// UnsupportedFormat when it is damaged.
Result<std::optional<Document>> unpacked(const Document& document, const ReadLimits& limits);

/// Errors are ReadErrors: what is empty, too large, binary, or an archive or office file.
Result<Recognised> recognise(const Document& document, const ReadLimits& limits);

}  // namespace newsd
