// The command line: words → a command with its options set → its exit status. Data on stdout, words on stderr,
// sysexits; the only place that parses options.
#pragma once

#include "daemon/cli/command.h"

#include <span>
#include <string>

namespace newsd {

/// Runs `newsd` with these arguments (without the program's name) and returns its exit status. Does not throw.
int run_command_line(std::span<const std::string> arguments, Console& console);

/// Sets the options of `command` from its arguments; what is wrong with them in words, or nothing. Help is not asked
/// for in them.
std::optional<std::string> set_options(const Command& command, std::span<const std::string> arguments);

}  // namespace newsd
