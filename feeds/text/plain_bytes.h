// Over the bytes that nearly all text is made of, printable ASCII, eight at a look: what a scan for anything else need
// not ask of each. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace newsd {

/// All bytes from `at` to what is returned are from space to tilde, and no eight more are.
inline std::size_t plain_end(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHigh = 0x80 * kOnes;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    // a byte's high bit is set where it is below space, is DEL, or is beyond ASCII
    if ((((bytes - 0x20 * kOnes) | (bytes + kOnes) | bytes) & kHigh) != 0) break;
  }
  return at;
}

}  // namespace newsd
