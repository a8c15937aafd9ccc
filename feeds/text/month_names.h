// The names of the months in the languages dates are met in. Pure, any thread.
#pragma once

#include <string_view>

namespace newsd {

/// 1–12 for a month's full name, or its usual abbreviation in English or German; 0: none. word: folded for matching.
int month_by_name(std::string_view word);

/// Also knows abbreviations that are words of another sense in running text ("set", "ago", "mar"): for fields that hold
/// nothing but a date.
int month_in_date_field(std::string_view word);

}  // namespace newsd
