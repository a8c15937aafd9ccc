// The JSON Schema of newsd's events (newsd-event-1.schema.json), as `newsd schema` prints it: draft 2020-12, in the
// program since it was built.
#pragma once

#include <string_view>

namespace newsd::embedded {

std::string_view event_schema();

}  // namespace newsd::embedded
