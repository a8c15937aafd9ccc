// The version of this newsd, as built.
#pragma once

#include <string>

namespace newsd {

/// "0.1.0"
std::string newsd_version();

}  // namespace newsd
