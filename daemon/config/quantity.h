// Durations and sizes as people write them: "500ms", "1h30m", "7d"; "16MiB", "1GiB", 4096. Text ↔ number, exact both
// ways. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// One or more of a number and a unit (ms, s, m, h, d), the units falling: "1h30m". Nothing when the text is none or
/// too large to count.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
/// The shortest exact form: "5ms", "90s" as "1m30s", "14d".
std::string format_duration(std::chrono::milliseconds d);

/// A number of bytes with or without a unit: B, KiB, MiB, GiB, TiB and the decimal kB, MB, GB, TB. Nothing when the
/// text is none or too large to count.
std::optional<std::uint64_t> parse_size(std::string_view text);
/// The largest binary unit that divides it: "16MiB", "1000B".
std::string format_size(std::uint64_t bytes);

}  // namespace newsd
