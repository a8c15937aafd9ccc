// The CloudEvents attributes that lines of every kind begin with. Pure.
#pragma once

#include "daemon/event/event.h"
#include "daemon/event/json_text.h"

namespace newsd {

/// Opens the line's object and writes all attributes of the record; the member `data` is to follow. What was never
/// recorded has no recordedtime.
void begin_line(JsonText& json, const Record& record);

}  // namespace newsd
