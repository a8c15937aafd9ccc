// Shell completion, made from the table of commands. Pure.
#pragma once

#include "daemon/cli/command.h"

#include <span>
#include <string>

namespace newsd {

std::string bash_completion(std::span<const Command> commands);
std::string zsh_completion(std::span<const Command> commands);
std::string fish_completion(std::span<const Command> commands);

/// The parts of Option::names: "-c" and "--config".
std::vector<std::string_view> spellings(const Option& option);

}  // namespace newsd
