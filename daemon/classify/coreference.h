// What a pronoun refers to: the first fitting name of the sentences before it. Pure; looks back a bounded way.
#pragma once

#include "daemon/classify/cast.h"
#include "daemon/classify/token.h"

#include <cstdint>
#include <functional>

namespace newsd {

enum class Antecedent : std::uint8_t { Person, Thing };

/// The member that "he" or "she" (Person), "it" (Thing: an institution or country) at `token` stands for, or kNoWord:
/// of this sentence's part before it and the five sentences before, nearest first, the first name that fits and no
/// preposition governs. skip: tokens that do not count, such as those of quotations.
std::uint32_t antecedent_of(const TokenText& text, const Cast& cast, std::uint32_t token, Antecedent kind,
                            const Lexicon& lexicon, const std::function<bool(std::uint32_t)>& skip);

}  // namespace newsd
