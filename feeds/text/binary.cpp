#include "feeds/text/binary.h"

#include "feeds/text/plain_bytes.h"

#include <cstddef>

namespace newsd {

bool looks_binary(std::string_view text) {
  std::size_t characters = 0, controls = 0, unreadable = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t plain = plain_end(text, at);
    characters += plain - at;
    if ((at = plain) == text.size()) break;
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
