// The lines of --requests.
#include "daemon/cli/input_file.h"
#include "daemon/event/json_walk.h"

#include <fmt/format.h>

#include <algorithm>

namespace newsd {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// The charset parameter of a Content-Type (RFC 9110, 8.3.1); empty when there is none.
std::string charset_of(std::string_view content_type) {
  const std::string text = lower(content_type);
  for (auto at = text.find(';'); at != std::string::npos; at = text.find(';', at + 1)) {
    const auto name = text.find_first_not_of(" \t", at + 1);
    if (name == std::string::npos || text.compare(name, 8, "charset=") != 0) continue;
    auto value = std::string_view(text).substr(name + 8);
    if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
    value = value.substr(0, value.find_first_of("; \t"));
    return std::string(value);
  }
  return {};
}

/// What one line asks for, or what is wrong with it.
std::optional<std::string> parse_line(std::string_view line, InputFile& file) {
  std::string url;
  const bool is_json = line.starts_with('{') && walk_json(line, [&](const JsonLeaf& leaf) {
                         if (!leaf.is_string) return;
                         if (leaf.path == "file")
                           file.name = leaf.text;
                         else if (leaf.path == "url")
                           url = leaf.text;
                         else if (lower(leaf.path) == "headers.content-type")
                           file.declared_charset = charset_of(leaf.text);
                       });
  if (!is_json) return "it is no JSON object";
  if (file.name.empty()) return "it names no \"file\"";
  if (url.empty()) return std::nullopt;
  auto parsed = Url::parse(url);
  if (!parsed) return parsed.error().message();
  file.url = std::move(*parsed);
  return std::nullopt;
}

}  // namespace

Requests parse_requests(std::string_view text) {
  Requests requests;
  std::size_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    InputFile file;
    if (const auto wrong = parse_line(line, file))
      requests.errors.push_back(fmt::format("line {}: {}", number, *wrong));
    else
      requests.files.push_back(std::move(file));
  }
  return requests;
}

}  // namespace newsd
