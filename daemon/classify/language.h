// In which language a text is written: the runs of letters on its beginning against the
// language model, within the languages of its script, and "und" rather than a guess. Pure, any thread.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/classify/language_model.h"

#include <string_view>

namespace newsd {

/// By headline, summary and paragraphs; the declared language only when these do not tell. Codes are BCP 47: "en",
/// "zh-Hant", "nb", "he".
LanguageLabel language_of(const Article& article, const LanguageModel& model);

/// Of a well-formed text alone; "und" with confidence 0 when it is short, in several scripts or unlike any language.
/// Of two languages that are alike the likelier one, with a confidence little above a half.
LanguageLabel language_of(std::string_view text, const LanguageModel& model);

}  // namespace newsd
