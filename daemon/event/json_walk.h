// A walk over one JSON text: every leaf with its dotted path ("data.item.headlines.0.value"). One pass, no recursion; a
// text nested deeper than kMaxJsonDepth, with bytes that are no UTF-8, or that is no JSON is refused. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace newsd {

inline constexpr std::size_t kMaxJsonDepth = 64;

/// A string (text is its value, unescaped) or anything else (text is its JSON: a number as written, true, false, null,
/// {} or []).
struct JsonLeaf {
  std::string_view path;
  std::string_view text;
  bool is_string = false;
};

/// False when text was refused; leaves before the fault were visited.
bool walk_json(std::string_view text, const std::function<void(const JsonLeaf&)>& visit);

/// The object at `path`, braces included, as it stands in text. Nothing when there is none or text was refused.
std::optional<std::string_view> json_object_at(std::string_view text, std::string_view path);

}  // namespace newsd
