#include "daemon/config/values.h"

#include "daemon/classify/rule_expression.h"
#include "daemon/config/config.h"
#include "daemon/config/listen_address.h"
#include "daemon/config/nearest.h"
#include "daemon/event/event.h"
#include "feeds/article/url.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace newsd {
namespace {

std::vector<std::string_view> event_types() {
  std::vector<std::string_view> names;
  for (auto t = static_cast<int>(EventType::ArticleNew); t <= static_cast<int>(kLastEventType); ++t) {
    names.push_back(to_string(static_cast<EventType>(t)));
  }
  return names;
}

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

}  // namespace

std::string refuse_instance(std::string_view name) {
  if (!name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), is_name_letter)) return {};
  return "must be 1 to 64 letters, digits, dots, hyphens or underscores";
}

std::string refuse_event_pattern(std::string_view pattern) {
  const auto names = event_types();
  if (event_type_from_name(pattern)) return {};
  if (pattern.ends_with('*')) {
    const auto start = pattern.substr(0, pattern.size() - 1);
    if (std::any_of(names.begin(), names.end(), [&](auto name) { return name.starts_with(start); })) return {};
  }
  return fmt::format("has \"{}\", which is no event type and no beginning of one followed by \"*\"{}", pattern,
                     nearest_hint(pattern, names));
}

std::string refuse_cidr(std::string_view text) {
  const auto slash = text.find('/');
  const std::string address(text.substr(0, slash));
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  int bits = 0;
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1)
    bits = 32;
  else if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1)
    bits = 128;
  int length = -1;
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc() || end != digits.data() + digits.size()) length = -1;
  }
  if (bits != 0 && length >= 0 && length <= bits && address.size() == std::min(slash, text.size())) return {};
  return fmt::format("has \"{}\", which is no range of addresses such as \"127.0.0.0/8\" or \"fd00::/8\"", text);
}

std::string refuse_listen_address(std::string_view text) {
  if (text.empty() || parse_listen_address(text)) return {};
  return fmt::format(
      "has \"{}\", which is no address and port such as \"127.0.0.1:7790\" or \"[::1]:7790\" (a name would not do)",
      text);
}

std::string refuse_http_address(std::string_view text) {
  if (!text.starts_with(kUnixPrefix)) return refuse_listen_address(text);
  const auto path = text.substr(kUnixPrefix.size());
  if (!path.starts_with('/')) return fmt::format("has \"{}\", which is no absolute path behind unix:", text);
  if (path.size() >= sizeof(sockaddr_un::sun_path))
    return fmt::format("has a path of {} bytes; one of a socket may have {}", path.size(),
                       sizeof(sockaddr_un::sun_path) - 1);
  return {};
}

std::string refuse_host(std::string_view text) {
  const bool fits = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
  if (fits && !text.empty() && text.size() <= 253) return {};
  return fmt::format("has \"{}\", which is no host name such as \"news.example\" (without a port)", text);
}

std::string refuse_origin(std::string_view text) { return text.empty() ? std::string() : refuse_host(text); }

std::string refuse_url(std::string_view text) {
  const auto url = Url::parse(text);
  if (!url) {
    return fmt::format("is \"{}\", which is no address that begins with http:// or https://", text);
  }
  const std::string& whole = url->str();
  const auto authority = whole.substr(0, whole.find_first_of("/?#", whole.find("//") + 2));
  if (authority.find('@') != std::string::npos) return "holds a password: put it into a file, as credentials_file";
  return {};
}

std::string refuse_hook(std::string_view text) { return text.empty() ? std::string() : refuse_url(text); }

std::string refuse_public_url(std::string_view text) {
  if (text.find_first_of("?#") != std::string_view::npos) return "has a query or fragment: a path is added to it";
  return refuse_hook(text);
}

std::string refuse_user_agent(std::string_view text) {
  const bool is_printable = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!text.empty() && text.size() <= 256 && is_printable) return {};
  return "must be 1 to 256 printable ASCII characters";
}

std::string refuse_rule_id(std::string_view id) { return refuse_instance(id); }

namespace {

std::string refuse_expression(std::string_view text, RuleScope scope) {
  const auto rule = parse_rule_expression(text, scope);
  return rule ? std::string() : fmt::format("cannot be read at its {}: {}", rule.error().where, rule.error().text);
}

}  // namespace

std::string refuse_rule(std::string_view match) { return refuse_expression(match, RuleScope::Article); }

std::string refuse_where(std::string_view where) {
  return where.empty() ? std::string() : refuse_expression(where, RuleScope::Event);
}

}  // namespace newsd
