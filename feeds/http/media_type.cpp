#include "feeds/http/media_type.h"

#include "feeds/http/header_fields.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr std::size_t kMaxCharset = 64;  // no name of a charset is longer

std::string_view unquoted(std::string_view text) {
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) return text;
  const char quote = text.front();
  text.remove_prefix(1);
  return text.substr(0, text.find(quote));
}

}  // namespace

MediaType parse_media_type(std::string_view value) {
  MediaType made;
  auto semicolon = std::min(value.find(';'), value.size());
  for (const char c : without_outer_space(value.substr(0, semicolon)))
    made.type += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  while (semicolon < value.size()) {
    value.remove_prefix(semicolon + 1);
    semicolon = std::min(value.find(';'), value.size());
    const std::string_view parameter = value.substr(0, semicolon);
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    if (!equal_token(without_outer_space(parameter.substr(0, equals)), "charset") || !made.charset.empty()) continue;
    const std::string_view charset = without_outer_space(unquoted(without_outer_space(parameter.substr(equals + 1))));
    if (charset.size() <= kMaxCharset) made.charset = charset;
  }
  return made;
}

}  // namespace newsd
