// The output encodings: a line of JSON (an event's, or a notice's: notice.h) → what an output writes for it, without
// the newline. One table; cloudevents is the line itself. Each of the others is one pass over the line. Pure; any
// thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace newsd {

struct Encoding {
  std::string_view name;         ///< "cloudevents", "ninjs", "flat", "text"
  std::string_view description;  ///< one line for help texts
  /// Nothing when the line has no such form: a story event has no ninjs item, a heartbeat nothing to say to people; a
  /// text that is no JSON has none.
  std::optional<std::string> (*encode)(std::string_view line);
};

/// In the order in which help texts name them; the first is the default.
std::span<const Encoding> encodings();
const Encoding* encoding_named(std::string_view name);

}  // namespace newsd
