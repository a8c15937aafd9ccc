// Texts in known languages → the language model. Deterministic; pure; memory is a few numbers a language and bucket.
#pragma once

#include "feeds/article/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct LanguageText {
  std::string language;  ///< BCP 47
  std::string source;    ///< what the text is from: each source of a language counts as much as its words go
  std::string text;
};

/// Lines {language, source?, text}; an Error's `where` is file:line.
Result<std::vector<LanguageText>> read_language_texts(std::string_view ndjson, std::string_view file);

/// The model's file (language_model.h), not packed.
Result<std::string> train_language(const std::vector<LanguageText>& texts);

}  // namespace newsd
