#include "daemon/serve/quarantined.h"

#include "daemon/event/json_walk.h"
#include "feeds/source/file_identity.h"

namespace newsd {

QuarantineReason reason_of(const Quarantined& file) {
  QuarantineReason reason;
  walk_json(file.reason, [&](const JsonLeaf& leaf) {
    if (leaf.path == "reason.code") reason.code = leaf.text;
    if (leaf.path == "reason.text") reason.text = leaf.text;
    if (leaf.path == "reason.where") reason.where = leaf.text;
  });
  return reason;
}

void write_quarantined(JsonText& json, const Quarantined& file, std::string_view drop) {
  const QuarantineReason reason = reason_of(file);
  json.begin_object().member("name", readable_name(file.name)).member("drop", drop);
  json.key("bytes").integer(file.bytes).member("since", to_rfc3339(file.since));
  json.key("reason").begin_object().member_if("code", reason.code).member_if("text", reason.text);
  json.member_if("where", reason.where).end_object().end_object();
}

}  // namespace newsd
