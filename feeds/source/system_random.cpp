#include "feeds/source/system_random.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <string_view>

namespace newsd {

std::string unguessable() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, 32> bytes{};
  ssize_t taken = 0;
  do {
    taken = ::getrandom(bytes.data(), bytes.size(), 0);  // so few bytes come whole or not at all
  } while (taken < 0 && errno == EINTR);
  std::string digits;
  if (taken != static_cast<ssize_t>(bytes.size())) return digits;
  for (const unsigned char byte : bytes) {
    digits += kDigits[byte >> 4];
    digits += kDigits[byte & 15];
  }
  return digits;
}

}  // namespace newsd
