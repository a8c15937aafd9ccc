#include "daemon/event/encoders.h"
#include "daemon/event/json_text.h"
#include "daemon/event/json_walk.h"

namespace newsd {

std::optional<std::string> encode_flat(std::string_view line) {
  JsonText flat;
  flat.reserve(line.size() * 2);
  flat.begin_object();
  const bool whole = walk_json(line, [&](const JsonLeaf& leaf) {
    flat.key(leaf.path);
    if (leaf.is_string) {
      flat.string(leaf.text);
    } else {
      flat.raw(leaf.text);
    }
  });
  if (!whole) return std::nullopt;
  return flat.end_object().take();
}

}  // namespace newsd
