// Which character set are these bytes in, and what do they say: bytes (+ what was declared) → UTF-8 text and how the
// set was found. Pure, any thread. It says nothing about what the text is; binary.h tells whether it is text at all.
#pragma once

#include "feeds/article/document.h"

#include <string>
#include <string_view>

namespace newsd {

struct Decoded {
  std::string text;  ///< well-formed UTF-8 without byte order mark
  Charset charset;
};

/// The first that applies: a byte order mark; UTF-16 without one, seen by its zero bytes; well-formed UTF-8; what was
/// declared; UTF-8 with few broken characters among many good ones; uchardet's guess; windows-1252. A declaration that
/// contradicts well-formed UTF-8 loses: it is nearly always a server's default. Charset::declared keeps it all the
/// same. `declared_by`: where the declaration stands (Header or Declared). Linear in the input.
Decoded decode(std::string_view bytes, std::string_view declared = {},
               CharsetSource declared_by = CharsetSource::Header);

}  // namespace newsd
