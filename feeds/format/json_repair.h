// JSON as pages have it → JSON as its grammar wants it: commas before closing brackets dropped, brackets and strings
// that never close closed at the end, quotation marks inside strings escaped. For a second try, once the text as it
// is could not be read. Pure, any thread, linear. What it cannot mend it leaves for the parser to refuse.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

std::string repaired_json(std::string_view text);

}  // namespace newsd
