// The first look at a document: bytes → text in UTF-8 and what format it is, or why it cannot be read at all. Pure, any
// thread. It parses nothing: read.h does.
#pragma once

#include "feeds/extract/read.h"

#include <string>

namespace newsd {

struct Recognised {
  Origin origin;     ///< the document's, completed by format and charset
  std::string text;  ///< well-formed UTF-8
  std::string what;  ///< the format in words
};

/// Errors are ReadErrors: what is empty, too large, binary, or an archive or office file.
Result<Recognised> recognise(const Document& document, const ReadLimits& limits);

}  // namespace newsd
