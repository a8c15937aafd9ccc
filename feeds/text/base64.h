// Base64 (RFC 4648, section 4): bytes ↔ text, with padding. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newsd {

std::string base64(std::string_view bytes);

/// Nothing when the text is no base64: a character that is none, a wrong length, white space.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace newsd
