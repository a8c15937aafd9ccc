// In which language a text is written: libcld2 on its beginning, and "und" rather than a guess. Pure, any thread.
#pragma once

#include "daemon/classify/label.h"

#include <string>
#include <string_view>

namespace newsd {

/// By headline, summary and paragraphs; the declared language only when these do not tell. Codes are BCP 47: "en",
/// "zh-Hant", "nb", "he"; never one that the detector falls back to.
LanguageLabel language_of(const Article& article);

/// Of a well-formed text alone; "und" with confidence 0 when it is short, mixed or unlike any language.
LanguageLabel language_of(std::string_view text);

/// "cld2-" and the version of its tables.
std::string language_detector_version();

}  // namespace newsd
