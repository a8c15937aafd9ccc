// The nearest name: what somebody who mistyped a key, a command or a value probably meant. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace newsd {

/// The candidate with the fewest edits (insert, delete, replace, swap of neighbours) from `name`; empty when even that
/// one differs by more than a third of its letters. The first of equals.
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates);

/// "; did you mean \"settle\"?", or nothing.
std::string nearest_hint(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace newsd
