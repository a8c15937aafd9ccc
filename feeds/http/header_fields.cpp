#include "feeds/http/header_fields.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr std::size_t kMaxValidator = 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string sendable(std::optional<std::string_view> value) {
  if (!value || value->size() > kMaxValidator) return {};
  const bool clean = std::none_of(value->begin(), value->end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7f;
  });
  return clean ? std::string(*value) : std::string();
}

}  // namespace

bool equal_token(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view without_outer_space(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool HeaderFields::add_line(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  bytes_ += line.size();
  if (bytes_ > kMaxBytes) return false;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return true;
  add(std::string(without_outer_space(line.substr(0, colon))),
      std::string(without_outer_space(line.substr(colon + 1))));
  return true;
}

std::optional<std::string_view> HeaderFields::value(std::string_view name) const {
  const auto found =
      std::find_if(fields_.begin(), fields_.end(), [&](const HeaderField& f) { return equal_token(f.name, name); });
  if (found == fields_.end()) return std::nullopt;
  return found->value;
}

std::vector<std::string_view> HeaderFields::values(std::string_view name) const {
  std::vector<std::string_view> all;
  for (const HeaderField& field : fields_) {
    if (equal_token(field.name, name)) all.emplace_back(field.value);
  }
  return all;
}

Validators validators_of(const HeaderFields& header) {
  return {sendable(header.value("etag")), sendable(header.value("last-modified"))};
}

}  // namespace newsd
