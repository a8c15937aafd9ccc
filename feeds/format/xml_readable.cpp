#include "feeds/format/xml_repair.h"
#include "feeds/format/xml_syntax.h"
#include "feeds/text/entities.h"

#include <algorithm>
#include <vector>

namespace newsd {
namespace {

using namespace xml_syntax;

void append_escaped(std::string& out, std::string_view plain) {
  for (char c : plain) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
}

struct Declared {
  std::string_view name, value;
};

/// <!ENTITY name "value"> in an internal subset, where the value is plain text.
std::vector<Declared> declared_entities(std::string_view subset) {
  constexpr std::size_t kMostEntities = 500, kLongestValue = 512;
  std::vector<Declared> out;
  for (std::size_t at = subset.find("<!ENTITY"); at != std::string_view::npos && out.size() < kMostEntities;
       at = subset.find("<!ENTITY", at + 8)) {
    std::string_view rest = subset.substr(at + 8);
    const auto skip = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size())); };
    skip();
    std::size_t length = 0;
    while (length < rest.size() && is_name_part(rest[length])) ++length;
    const std::string_view name = rest.substr(0, length);
    rest.remove_prefix(length);
    skip();
    if (name.empty() || rest.empty() || (rest.front() != '"' && rest.front() != '\'')) continue;
    const std::size_t end = rest.substr(0, kLongestValue + 2).find(rest.front(), 1);
    if (end == std::string_view::npos) continue;
    const std::string_view value = rest.substr(1, end - 1);
    if (value.find_first_of("&<%") == std::string_view::npos) out.push_back({name, value});
  }
  return out;
}

/// The document type at the front of the text: its bytes, and its internal subset.
struct Doctype {
  std::size_t length = 0;
  std::string_view subset;
};

Doctype doctype_at(std::string_view text) {
  const std::size_t bracket = text.find('['), close = text.find('>');
  if (close == std::string_view::npos) return {text.size(), {}};
  if (bracket > close) return {close + 1, {}};
  char quote = 0;
  for (std::size_t at = bracket + 1; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0)
      quote = c == quote ? char{0} : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == ']') {
      const std::size_t end = text.find('>', at);
      return {end == std::string_view::npos ? text.size() : end + 1, text.substr(bracket + 1, at - bracket - 1)};
    }
  }
  return {text.size(), text.substr(bracket + 1)};
}

void append_with_entities(std::string& out, std::string_view text, const std::vector<Declared>& declared) {
  while (!text.empty()) {
    const std::size_t ampersand = std::min(text.find('&'), text.size());
    out += text.substr(0, ampersand);
    text.remove_prefix(ampersand);
    if (text.empty()) return;
    const std::string_view name = reference_name(text);
    const auto own = std::find_if(declared.begin(), declared.end(), [&](const Declared& d) { return d.name == name; });
    std::string character;
    if (!name.empty() && !is_xml_reference(name)) append_decoded(character, text.substr(0, name.size() + 2));
    if (!name.empty() && own != declared.end()) {
      append_escaped(out, own->value);
    } else if (!character.empty() && !character.starts_with('&')) {
      out += character;
    } else {
      out += '&';
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(name.size() + 2);
  }
}

/// Where the XML begins: a declaration, a comment, a document type or a tag; or the end.
std::size_t xml_begin(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (at + 1 < text.size() && (text[at + 1] == '?' || text[at + 1] == '!' || is_name_start(text[at + 1]))) return at;
  }
  return text.size();
}

/// Where the root, or the document type before it, begins behind declarations, comments and instructions.
std::size_t behind_prolog(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    std::size_t end;
    if (is_space(rest.front()))
      end = rest.find_first_not_of(" \t\r\n");
    else if (rest.starts_with("<?"))
      end = rest.find("?>") == std::string_view::npos ? rest.npos : rest.find("?>") + 2;
    else if (rest.starts_with("<!--"))
      end = rest.find("-->") == std::string_view::npos ? rest.npos : rest.find("-->") + 3;
    else
      return at;
    if (end == std::string_view::npos) return text.size();
    at += end;
  }
  return text.size();
}

}  // namespace

ReadableXml readable_xml(std::string_view text) {
  ReadableXml out;
  if (text.find('\0') != std::string_view::npos) {
    out.text = text;
    std::erase(out.text, '\0');
    out.rewritten = out.faulty = true;
  }
  const std::size_t begin = xml_begin(out.of(text));
  const std::string_view before = out.of(text).substr(0, begin);
  if (!before.empty()) {
    // white space in front of a declaration is an error, in front of a tag it is not
    const bool blank = std::all_of(before.begin(), before.end(), is_space);
    out.faulty |= !blank || out.of(text).substr(begin).starts_with("<?xml");
    out.text = std::string(out.of(text).substr(begin));
    out.rewritten = true;
  }
  const std::string_view clean = out.of(text);
  const std::size_t at = behind_prolog(clean);
  if (!same_folded(clean.substr(at, 9), "<!doctype")) return out;
  const Doctype type = doctype_at(clean.substr(at));
  out.netscape_type = clean.substr(at, type.length).find("Netscape") != std::string_view::npos;
  std::string result(clean.substr(0, at));
  append_with_entities(result, clean.substr(at + type.length), declared_entities(type.subset));
  out.text = std::move(result);
  out.rewritten = true;
  return out;
}

std::string start_tag_name(std::string_view text) {
  if (text.size() < 2 || text[0] != '<' || !is_name_start(text[1])) return {};
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && is_name_part(text[end])) ++end;
  if (end < text.size() && !is_space(text[end]) && text[end] != '/' && text[end] != '>') return {};
  std::string name(text.substr(1, end - 1));
  std::transform(name.begin(), name.end(), name.begin(), lower);
  if (const auto colon = name.rfind(':'); colon != std::string::npos) name.erase(0, colon + 1);
  return name;
}

std::string root_name(std::string_view text) { return start_tag_name(text.substr(behind_prolog(text))); }

}  // namespace newsd
