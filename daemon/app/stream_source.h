// Who speaks: the `source` of every event of an instance on this machine.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

/// "newsd://<host>/<instance>"; localhost when the machine has no name.
std::string stream_source(std::string_view instance);

}  // namespace newsd
