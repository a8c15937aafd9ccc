// robots.txt: "agent\nurl\n" and the file. Never a crash; what a file allows does not depend on its line ends, and
// matching agrees with a slow, obvious one.
#include "feeds/http/robots.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

std::string with_line_ends(std::string_view text, std::string_view end) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string(end) : std::string(1, c);
  return out;
}

/// Whether a pattern of letters, stars and a final $ matches: every way is tried.
bool slowly(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return true;
  if (pattern == "$") return path.empty();
  if (pattern.front() == '*') {
    for (std::size_t i = 0; i <= path.size(); ++i) {
      if (slowly(pattern.substr(1), path.substr(i))) return true;
    }
    return false;
  }
  return !path.empty() && path.front() == pattern.front() && slowly(pattern.substr(1), path.substr(1));
}

bool is_plain(std::string_view text) {
  return text.size() <= 12 && !text.empty() && text.find_first_not_of("abcdefgh/*$") == std::string_view::npos &&
         text.find('$') >= text.size() - 1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using newsd::Robots;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto first = all.find('\n');
  if (first == std::string_view::npos) return 0;
  const auto second = all.find('\n', first + 1);
  if (second == std::string_view::npos) return 0;
  const std::string_view agent = all.substr(0, first), url = all.substr(first + 1, second - first - 1),
                         text = all.substr(second + 1);
  const bool allowed = Robots::parse(text).allows(agent, url);
  if (text.find('\r') == std::string_view::npos && text.size() < 1000) {
    if (Robots::parse(with_line_ends(text, "\r\n")).allows(agent, url) != allowed) std::abort();
  }
  // "//host/path" names a host
  if (is_plain(text) && url.starts_with('/') && !url.starts_with("//") &&
      url.find_first_not_of("abcdefgh/") == std::string_view::npos && url.size() <= 16) {
    const Robots robots = Robots::parse("user-agent: *\ndisallow: " + std::string(text));
    if (robots.allows("x", url) == slowly(text, url)) std::abort();
  }
  return 0;
}
