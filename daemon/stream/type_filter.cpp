#include "daemon/stream/type_filter.h"

namespace newsd {
namespace {

bool matches(std::string_view name, std::string_view pattern) {
  if (!pattern.empty() && pattern.back() == '*') return name.starts_with(pattern.substr(0, pattern.size() - 1));
  return name == pattern;
}

}  // namespace

Result<TypeFilter> TypeFilter::parse(std::span<const std::string> patterns) {
  static_assert(static_cast<unsigned>(EventType::DaemonStopping) < 32);
  TypeFilter filter;
  if (patterns.empty()) return filter;
  filter.bits_ = 0;
  for (const std::string& pattern : patterns) {
    std::uint32_t found = 0;
    for (auto t = static_cast<unsigned>(EventType::ArticleNew); t <= static_cast<unsigned>(EventType::DaemonStopping);
         ++t)
      if (matches(to_string(static_cast<EventType>(t)), pattern)) found |= 1u << t;
    if (found == 0) return Error(StreamError::UnknownType, "no event type matches \"" + pattern.substr(0, 100) + "\"");
    filter.bits_ |= found;
  }
  return filter;
}

}  // namespace newsd
