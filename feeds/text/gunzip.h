// gzip (RFC 1952) → the bytes inside, bounded. Pure, any thread.
#pragma once

#include "feeds/article/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace newsd {

enum class GunzipError { Damaged, TooLarge };
/// "damaged-gzip", "too-large"
std::string_view code_of(GunzipError e);

bool is_gzip(std::string_view bytes);

/// Every member on end, as gzip -d does it. A stream that stops short is an error; so is one that would give more than
/// max_bytes, of which no more than that was kept in memory.
Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes);

}  // namespace newsd
