// Digests: bytes → SHA-256 (what events show), SHA-1 (what UUIDv5 is made of), a fast 128-bit key (what indexes hold).
// Pure, any thread.
#pragma once

#include "feeds/article/ids.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace newsd {

Sha256 sha256(std::string_view bytes);

/// Only for name-based UUIDs (RFC 4122, version 5); it protects nothing.
std::array<std::uint8_t, 20> sha1(std::string_view bytes);

/// XXH3, 128 bits, seed 0: the same on every machine and in every version of the library, so keys may be stored.
Key128 key128(std::string_view bytes);

}  // namespace newsd
