// HTML character references → the characters they stand for. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

/// Appends `html` to `out` with its references decoded: the 252 names of HTML 4 and &apos;, decimal and hexadecimal
/// numbers (80–9F read as windows-1252, as browsers do; surrogates and what is beyond Unicode become U+FFFD). What is
/// no reference stays as it is.
void append_decoded(std::string& out, std::string_view html);

}  // namespace newsd
