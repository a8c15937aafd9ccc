#include "daemon/serve/target.h"

#include "daemon/stream/stream_error.h"
#include "feeds/text/utf8.h"

#include <algorithm>

namespace newsd {
namespace {

Error bad(std::string text) { return Error(StreamError::BadRequest, std::move(text)); }

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// in_query: a plus sign stands for a space there.
std::optional<std::string> decoded(std::string_view text, bool in_query) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hexadecimal(text[i + 1]), low = hexadecimal(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += in_query && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!is_valid_utf8(out) || out.find('\0') != std::string::npos) return std::nullopt;
  return out;
}

}  // namespace

const std::string* Target::find(std::string_view name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto& p) { return p.first == name; });
  return found == parameters.end() ? nullptr : &found->second;
}

Result<Target> parse_target(std::string_view text) {
  if (text.size() > kTargetBytes) return bad("a target has at most 8 KiB");
  if (!text.starts_with('/')) return bad("a target begins with a slash");
  const std::size_t mark = text.find('?');
  Target target;
  std::optional<std::string> path = decoded(text.substr(0, mark), false);
  if (!path) return bad("the path is not percent-encoded UTF-8");
  target.path = *std::move(path);
  std::string_view query = mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1);
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(part.size() + 1, query.size()));
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    std::optional<std::string> name = decoded(part.substr(0, equals), true);
    std::optional<std::string> value = decoded(part.substr(std::min(equals + 1, part.size())), true);
    if (!name || !value) return bad("a parameter is not percent-encoded UTF-8");
    if (target.find(*name) != nullptr) return bad("the parameter \"" + name->substr(0, 100) + "\" is given twice");
    if (target.parameters.size() == kTargetParameters) return bad("there are too many parameters");
    target.parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return target;
}

}  // namespace newsd
