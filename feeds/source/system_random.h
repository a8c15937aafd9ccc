// Random bits of the system that nobody can guess, for secrets. System call; any thread.
#pragma once

#include <string>

namespace newsd {

/// 256 bits as 64 hexadecimal digits; empty when the system gives none.
std::string unguessable();

}  // namespace newsd
