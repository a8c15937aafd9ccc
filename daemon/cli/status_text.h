// What `/status` says, as lines for people. Pure.
#pragma once

#include "daemon/cli/console.h"

#include <optional>
#include <string>
#include <string_view>

namespace newsd {

/// json: of /status. before: what it said a while ago, for rates; empty: none are shown. Nothing when json is none.
std::optional<std::string> status_text(std::string_view json, std::string_view before, const Palette& palette);

}  // namespace newsd
