// What `newsd tail` asks the daemon for: options → the one-line request of the socket. Pure.
#pragma once

#include "feeds/article/result.h"
#include "feeds/article/timestamp.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct TailWish {
  std::optional<unsigned> last;  ///< begin with so many events; absent with no `since`: ten
  std::string since;             ///< a position; empty: none
  std::vector<std::string> types;
  std::string where{};  ///< a rule on events; empty: none
};

/// The request, checked by the same rules as the daemon's; the error says which option is wrong.
Result<std::string> tail_request(const TailWish& wish, Instant now);

/// The sequence number in an event's line, without leading zeros; empty when it is no event.
std::string sequence_in(std::string_view line);

}  // namespace newsd
