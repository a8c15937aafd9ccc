#include "daemon/emit/delivery.h"

#include <algorithm>

namespace newsd {
namespace {

/// SplitMix64 (Steele, Lea, Flood 2014): every bit of the result hangs on every bit of x.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace

Delivered delivered_of(std::uint16_t status) {
  if (status >= 200 && status < 300) return Delivered::Taken;
  if (status >= 300 && status < 400) return Delivered::Later;
  switch (status) {
    case 410: return Delivered::Gone;
    case 401:
    case 404:
    case 405:
    case 407:
    case 408:
    case 425:
    case 429:
    case 502:
    case 503:
    case 504:
    case 507: return Delivered::Later;
    default: return Delivered::Refused;
  }
}

std::chrono::milliseconds retry_delay(const BackOff& back_off, unsigned failures, std::uint64_t seed) {
  auto delay = back_off.first;
  for (unsigned n = 1; n < failures && delay < back_off.most; ++n) delay *= 2;
  delay = std::min(delay, back_off.most);
  const auto half = static_cast<std::uint64_t>(delay.count()) / 2;
  return std::chrono::milliseconds(static_cast<std::int64_t>(half + mixed(seed + failures) % (half + 1)));
}

}  // namespace newsd
