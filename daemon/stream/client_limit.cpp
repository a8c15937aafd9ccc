#include "daemon/stream/client_limit.h"

#include "daemon/ops/log.h"

#include <utility>

namespace newsd {

bool ClientLimit::admits(std::size_t clients, std::size_t most) {
  if (clients >= most) {
    if (turned_away_++ == 0)
      log_warn(part_, "too many clients: others are turned away", {{"output", output_}, {"most", most}});
    return false;
  }
  if (turned_away_ > 0 && clients + most / 10 < most)
    log_info(part_, "there is room for clients again",
             {{"output", output_}, {"turned_away", std::exchange(turned_away_, 0)}});
  return true;
}

}  // namespace newsd
