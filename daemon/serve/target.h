// The target of a request, "/events?types=a,b&limit=5" → a path and its parameters, decoded. Pure, any thread.
#pragma once

#include "feeds/article/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> parameters;  ///< in their order

  /// The first of this name.
  const std::string* find(std::string_view name) const;
};

inline constexpr std::size_t kTargetBytes = 8 << 10;
inline constexpr std::size_t kTargetParameters = 32;

/// BadRequest: not of the form "/path?query", a percent sign without two hexadecimal digits, bytes that are no UTF-8, a
/// NUL, a parameter given twice, too many of them.
Result<Target> parse_target(std::string_view text);

}  // namespace newsd
