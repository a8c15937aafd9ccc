// Names of time zones → minutes from UTC. Pure, any thread; no time-zone database is read.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace newsd {

/// Abbreviations ("PDT", "CEST"), the American two-letter forms ("ET" is taken for standard time) and IANA names of
/// places with many newsrooms ("America/Los_Angeles"), these with summer time by the rules in force since 2007. The
/// meaning most feeds give an abbreviation of several: IST is India's, CST North America's, BST British summer time.
/// local: the time of day it goes with. name: in any case.
std::optional<std::chrono::minutes> zone_offset(std::string_view name, std::chrono::local_seconds local);

}  // namespace newsd
