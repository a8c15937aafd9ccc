#include "daemon/event/encoders.h"
#include "daemon/event/json_walk.h"

namespace newsd {

std::optional<std::string> encode_ninjs(std::string_view line) {
  const auto item = json_object_at(line, "data.item");
  return item ? std::optional<std::string>(*item) : std::nullopt;
}

}  // namespace newsd
