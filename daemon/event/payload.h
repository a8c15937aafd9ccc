// The payload of a record: zstd frames, each with a checksum. Concatenated frames unpack to their concatenated
// contents. Contexts are kept a thread; pure otherwise.
#pragma once

#include "feeds/article/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace newsd {

/// No payload unpacks to more: a frame from a damaged journal that claims so is refused before it costs memory.
inline constexpr std::size_t kMaxPayload = 64u << 20;

/// One frame of `content`; nothing for nothing.
std::string packed(std::string_view content);

/// The contents of all frames. EventError::BadPayload: no zstd, cut short, a checksum is wrong, or more than max_bytes.
Result<std::string> unpacked(std::string_view frames, std::size_t max_bytes = kMaxPayload);

}  // namespace newsd
