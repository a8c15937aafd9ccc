#include "feeds/text/binary.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace newsd {
namespace {

constexpr std::size_t kStep = sizeof(std::uint64_t);

/// Whether eight bytes are all printable ASCII: what nearly every text consists of.
bool is_printable(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  std::uint64_t x = 0;
  std::memcpy(&x, bytes, kStep);
  const std::uint64_t below_space = (x - kOnes * 0x20) & ~x, delete_or_above = (x + kOnes) | x;
  return ((below_space | delete_or_above) & kHighs) == 0;
}

}  // namespace

bool looks_binary(std::string_view text) {
  std::size_t characters = 0, controls = 0, unreadable = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at + kStep <= text.size() && is_printable(text.data() + at)) {
      characters += kStep;
      at += kStep - 1;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) == 0x80) continue;
    ++characters;
    if (byte < 0x20) {
      controls += byte < '\t' || byte > '\r';
    } else if (byte == 0x7F) {
      ++controls;
    } else if (byte == 0xC2 && at + 1 < text.size()) {
      const auto second = static_cast<unsigned char>(text[at + 1]);
      controls += second < 0xA0 && second != 0x85;  // C1 but NEL, a line end
    } else if (byte == 0xEF && text.substr(at, 3) == "\xEF\xBF\xBD") {
      ++unreadable;
    }
  }
  return controls * 50 > characters || unreadable * 10 > characters;
}

}  // namespace newsd
