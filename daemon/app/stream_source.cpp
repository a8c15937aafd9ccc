#include "daemon/app/stream_source.h"

#include <unistd.h>

#include <array>

namespace newsd {

std::string stream_source(std::string_view instance) {
  std::array<char, 256> host{};
  std::string source = "newsd://";
  source += ::gethostname(host.data(), host.size() - 1) == 0 ? host.data() : "localhost";
  source += '/';
  source += instance;
  return source;
}

}  // namespace newsd
