#include "feeds/http/robots.h"

#include "feeds/http/header_fields.h"

#include <algorithm>
#include <array>
#include <optional>

namespace newsd {
namespace {

enum class Line { UserAgent, Allow, Disallow, Other };

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Bytes beyond ASCII percent-encoded, hexadecimal digits in upper case: the form in which paths and patterns meet.
std::string normalised(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += {'%', upper(text[i + 1]), upper(text[i + 2])};
      i += 2;
    } else if (byte >= 0x80) {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

Line kind_of(std::string_view key) {
  const auto begins = [&](std::string_view with) {
    return key.size() >= with.size() && equal_token(key.substr(0, with.size()), with);
  };
  if (begins("user-agent") || begins("useragent") || begins("user agent")) return Line::UserAgent;
  if (begins("allow")) return Line::Allow;
  for (const std::string_view spelt : {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}) {
    if (begins(spelt)) return Line::Disallow;
  }
  return Line::Other;
}

/// key and value of "key: value # comment", also without the colon when there are just two words.
std::optional<std::pair<std::string_view, std::string_view>> key_and_value(std::string_view line) {
  line = trimmed(line.substr(0, line.find('#')));
  auto cut = line.find(':');
  if (cut == std::string_view::npos) {
    cut = line.find_first_of(" \t");
    if (cut == std::string_view::npos) return std::nullopt;
    if (trimmed(line.substr(cut)).find_first_of(" \t") != std::string_view::npos) return std::nullopt;
  }
  const std::string_view key = trimmed(line.substr(0, cut));
  if (key.empty()) return std::nullopt;
  return std::pair(key, trimmed(line.substr(cut + 1)));
}

/// "*", or the product's name in lower case: what comes before the first character that may not stand in one.
std::string agent_of(std::string_view value) {
  if (value.starts_with('*') && (value.size() == 1 || value[1] == ' ' || value[1] == '\t')) return "*";
  std::string name;
  for (const char c : value) {
    const bool fits = (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_';
    if (!fits) break;
    name += lower(c);
  }
  return name;
}

/// Whether the pattern matches a beginning of the path, or with a final $ all of it. Each part between two stars is
/// taken where it first occurs; that is enough, as a star takes anything.
bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t at = 0;
  bool first = true;
  for (;;) {
    const auto star = std::min(pattern.find('*'), pattern.size());
    const std::string_view part = pattern.substr(0, star);
    const bool last = star == pattern.size();
    if (last && anchored) {
      if (first) return path == part;
      return path.size() >= at + part.size() && path.ends_with(part);
    }
    if (first) {
      if (!path.starts_with(part)) return false;
      at = part.size();
    } else {
      const auto found = path.find(part, at);
      if (found == std::string_view::npos) return false;
      at = found + part.size();
    }
    if (last) return true;
    pattern.remove_prefix(star + 1);
    first = false;
  }
}

/// Path and query of a URL; "/" when it has none.
std::string_view path_of(std::string_view url) {
  const auto fragment = url.find('#');
  if (fragment != std::string_view::npos) url = url.substr(0, fragment);
  std::size_t from = 0;
  if (const auto scheme = url.find("//"); scheme == 0 || (scheme != std::string_view::npos && url[scheme - 1] == ':' &&
                                                          url.find_first_of("/?") >= scheme)) {
    from = scheme + 2;
  } else if (url.starts_with('/')) {
    return url;
  }
  const auto path = url.find_first_of("/?", from);
  return path == std::string_view::npos || url[path] == '?' ? (path == std::string_view::npos ? "/" : url.substr(path))
                                                            : url.substr(path);
}

}  // namespace

Robots Robots::parse(std::string_view text) {
  text = text.substr(0, kMaxBytes);
  for (const char c : std::string_view("\xef\xbb\xbf")) {  // also a part of the mark
    if (text.starts_with(c)) text.remove_prefix(1);
  }
  Robots robots;
  bool naming = false;  // the last line that counted was a user-agent: another one joins its group
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    const auto pair = key_and_value(text.substr(0, std::min(end, kMaxLineBytes)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!pair) continue;
    const Line kind = kind_of(pair->first);
    if (kind == Line::UserAgent) {
      if (!naming) robots.groups_.emplace_back();
      robots.groups_.back().agents.push_back(agent_of(pair->second));
      naming = true;
    } else if (kind != Line::Other) {
      naming = false;
      if (robots.groups_.empty() || pair->second.empty()) continue;
      robots.groups_.back().rules.push_back({kind == Line::Allow, normalised(pair->second)});
      // a rule for an index page holds for the folder's own address too, as crawlers read it
      const std::string_view pattern = robots.groups_.back().rules.back().pattern;
      const auto slash = pattern.rfind('/');
      if (kind == Line::Allow && slash != std::string_view::npos && pattern.substr(slash).starts_with("/index.htm")) {
        std::string folder(pattern.substr(0, slash + 1));
        robots.groups_.back().rules.push_back({true, std::move(folder) + "$"});
      }
    }
  }
  return robots;
}

Robots Robots::disallow_all() { return parse("user-agent: *\ndisallow: /"); }

bool Robots::allows(std::string_view product, std::string_view url) const {
  const std::string path = normalised(path_of(url));
  const std::string agent = agent_of(product);
  const auto is_of = [](const Group& group, std::string_view name) {
    return std::find(group.agents.begin(), group.agents.end(), name) != group.agents.end();
  };
  const bool has_own =
      !agent.empty() && std::any_of(groups_.begin(), groups_.end(), [&](const Group& g) { return is_of(g, agent); });
  const std::string_view whose = has_own ? std::string_view(agent) : "*";
  std::size_t longest = 0;
  bool allowed = true;
  for (const Group& group : groups_) {
    if (!is_of(group, whose)) continue;
    for (const Rule& rule : group.rules) {
      const std::size_t length = rule.pattern.size();
      if (length < longest || !matches(rule.pattern, path)) continue;
      allowed = length == longest ? allowed || rule.allow : rule.allow;
      longest = length;
    }
  }
  return allowed;
}

}  // namespace newsd
