// A file in quarantine as JSON, as `newsd quarantine list` and /quarantine tell it, and the reason read out of its
// reason file. Pure.
#pragma once

#include "daemon/event/json_text.h"
#include "feeds/source/quarantine.h"

#include <string>
#include <string_view>

namespace newsd {

struct QuarantineReason {
  std::string code, text, where;  ///< empty: not told
};

QuarantineReason reason_of(const Quarantined& file);
/// {"name","drop","bytes","since","reason":{"code","text","where"}}. drop: the directory's input name.
void write_quarantined(JsonText& json, const Quarantined& file, std::string_view drop);

}  // namespace newsd
