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

/// What one line asks for, or what is wrong with it.
std::optional<std::string> parse_line(std::string_view line, InputFile& file) {
  std::string url;
  const bool is_json = line.starts_with('{') && walk_json(line, [&](const JsonLeaf& leaf) {
                         if (!leaf.is_string) return;
                         if (leaf.path == "file")
                           file.name = leaf.text;
                         else if (leaf.path == "url")
                           url = leaf.text;
                         else if (const std::string path = lower(leaf.path); path == "headers.content-type")
                           file.content_type = leaf.text;
                         else if (path == "headers.content-location")
                           file.content_location = leaf.text;
                         else if (path == "headers.content-language")
                           file.content_language = leaf.text;
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
