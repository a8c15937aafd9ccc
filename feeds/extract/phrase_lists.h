// The set phrases themselves, by language. Constant data. How they are matched: phrases.h.
#pragma once

#include "feeds/extract/phrases.h"

#include <span>

namespace newsd {

std::span<const Phrase> phrase_list();

}  // namespace newsd
