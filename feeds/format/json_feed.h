// JSON Feed 1.0 and 1.1 (jsonfeed.org): JSON → a Feed. Pure, any thread; the members of the specification are read,
// values of a wrong type are left out.
#pragma once

#include "feeds/format/feed.h"
#include "feeds/format/json.h"

#include <cstddef>
#include <string>

namespace newsd {

/// Whether an object says that it is a JSON Feed, or looks enough like one: items and a version.
bool is_json_feed(const JsonValue& value);

/// value: an object; base: what relative addresses count from.
Feed read_json_feed(const JsonValue& value, const std::string& base, std::size_t max_entries);

}  // namespace newsd
