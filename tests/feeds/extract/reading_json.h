// A Reading as readable JSON, one field a line: what golden files hold. For tests.
#pragma once

#include "feeds/article/article.h"
#include "feeds/article/result.h"

#include <string>

namespace newsd {

std::string reading_json(const Result<Reading>& reading);

}  // namespace newsd
