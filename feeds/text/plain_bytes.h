// Over the bytes that nearly all text is made of, printable ASCII, eight at a look: what a scan for anything else need
// not ask of each. Pure, any thread.
#pragma once

#include "feeds/text/eight_bytes.h"

#include <cstddef>
#include <string_view>

namespace newsd {

/// All bytes from `at` to what is returned are from space to tilde, and no eight more are.
inline std::size_t plain_end(std::string_view text, std::size_t at) {
  while (at + EightBytes::kSize <= text.size() && EightBytes::at(text.data() + at).are_printable())
    at += EightBytes::kSize;
  return at;
}

}  // namespace newsd
