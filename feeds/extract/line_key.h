// A line → the key by which a source's habits are remembered. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace newsd {

/// Equal for lines that read the same; 0 for one that says too much (more than 300 characters) or too little (fewer
/// than four words) to be learned. room: memory that is used again.
std::uint64_t line_key(std::string_view line, std::string& room);

}  // namespace newsd
