// A feed's bytes → its text: the character set by what the transport says, what the document says and what the bytes
// are. Pure, any thread.
#pragma once

#include "feeds/text/charset.h"

#include <string>
#include <string_view>

namespace newsd {

struct DecodedFeed {
  std::string text;  ///< well-formed UTF-8 without byte order mark
  /// used: the name the document or its transport gives the set, where that is the one it was read in.
  Charset charset;
  std::string fault;  ///< why other readers may see other characters; empty: nothing is wrong
};

/// The declarations tried, in order: the Content-Type's charset, the XML declaration's encoding; one that leaves
/// characters unreadable loses to one that does not. See decode() for what overrules them.
DecodedFeed decode_feed(std::string_view bytes, std::string_view content_type);

/// The charset parameter of a Content-Type (RFC 9110, 8.3.1), lower-cased; empty when there is none.
std::string charset_parameter(std::string_view content_type);

}  // namespace newsd
