// Is this text, or bytes of something else that happened to decode? Decoded text → yes or no. Pure, any thread.
#pragma once

#include <string_view>

namespace newsd {

/// True when control characters (tabs, line and page ends aside) are more than 2 % of the characters, or unreadable
/// ones (U+FFFD) more than 10 %. Random bytes hold about 11 % controls in any of the sets they may have been read in;
/// an article with some broken characters holds far fewer.
bool looks_binary(std::string_view text);

}  // namespace newsd
