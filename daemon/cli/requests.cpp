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

/// What one line asks for. refused: why it asks for nothing; ignored: what of it is left out.
struct AskedFor {
  InputFile file;
  std::string refused, ignored;
};

AskedFor parse_line(std::string_view line) {
  AskedFor asked;
  InputFile& file = asked.file;
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
  if (!is_json) {
    asked.refused = "it is no JSON object";
  } else if (file.name.empty()) {
    asked.refused = "it names no \"file\"";
  } else if (!url.empty()) {
    auto parsed = Url::parse(url);
    if (parsed)
      file.url = std::move(*parsed);
    else
      asked.ignored = fmt::format("{}; {} is read without its address", parsed.error().message(), file.name);
  }
  return asked;
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
    AskedFor asked = parse_line(line);
    if (!asked.refused.empty()) {
      requests.errors.push_back(fmt::format("line {}: {}", number, asked.refused));
      continue;
    }
    if (!asked.ignored.empty()) requests.warnings.push_back(fmt::format("line {}: {}", number, asked.ignored));
    requests.files.push_back(std::move(asked.file));
  }
  return requests;
}

}  // namespace newsd
