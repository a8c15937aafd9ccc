// Says what is wrong with a rule that was typed on the command line, and points at the column.
#pragma once

#include "daemon/cli/console.h"

#include <string_view>

namespace newsd {

/// An error of a rule: its words, then the text with a mark under the place. Any other error: its words.
void say_fault(const Error& error, std::string_view option, std::string_view text, Console& console);

}  // namespace newsd
