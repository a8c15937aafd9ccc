#include "daemon/app/version.h"

namespace newsd {

std::string newsd_version() { return NEWSD_VERSION; }

}  // namespace newsd
