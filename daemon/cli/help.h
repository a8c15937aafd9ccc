// The texts of `newsd`, `newsd -h` and `newsd COMMAND -h`, made from the table of commands. Pure.
#pragma once

#include "daemon/cli/command.h"

#include <span>
#include <string>

namespace newsd {

/// The program's help: what newsd is, its commands, how to go on.
std::string program_help(std::span<const Command> commands);
/// A command's help: usage, description, options, examples, where to read on.
std::string command_help(const Command& command);
/// "usage: newsd parse [options] FILE…"
std::string usage_line(const Command& command);

}  // namespace newsd
