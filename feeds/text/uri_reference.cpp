#include "feeds/text/uri_reference.h"

#include "feeds/text/lines.h"

#include <algorithm>

namespace newsd {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

struct Parts {
  std::string_view scheme, authority, path, query, fragment;  ///< query and fragment with their marks
  bool has_authority = false;
};

Parts split(std::string_view text) {
  Parts parts;
  parts.scheme = uri_scheme(text);
  if (!parts.scheme.empty()) text.remove_prefix(parts.scheme.size() + 1);
  const auto hash = std::min(text.find('#'), text.size());
  parts.fragment = text.substr(hash);
  text = text.substr(0, hash);
  const auto mark = std::min(text.find('?'), text.size());
  parts.query = text.substr(mark);
  text = text.substr(0, mark);
  if (text.starts_with("//")) {
    parts.has_authority = true;
    const auto end = std::min(text.find('/', 2), text.size());
    parts.authority = text.substr(2, end - 2);
    text.remove_prefix(end);
  }
  parts.path = text;
  return parts;
}

/// RFC 3986, 5.2.4; what climbs above the root stays at the root.
std::string without_dot_segments(std::string_view path) {
  std::string out;
  const bool rooted = path.starts_with('/');
  std::size_t at = rooted ? 1 : 0;
  if (rooted) out = "/";
  const std::size_t floor = out.size();
  while (at <= path.size()) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto segment = path.substr(at, end - at);
    const bool last = end == path.size();
    if (segment == "..") {
      if (out.size() > floor) {
        const auto slash = out.rfind('/', out.size() - 2);
        out.resize(slash == std::string::npos ? floor : std::max(slash + 1, floor));
      }
    } else if (segment != ".") {
      out += segment;
      if (!last) out += '/';
    }
    if (last) break;
    at = end + 1;
  }
  return out;
}

std::string merged(const Parts& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return "/" + std::string(path);
  const auto slash = base.path.rfind('/');
  return std::string(base.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1)) + std::string(path);
}

}  // namespace

std::string_view uri_scheme(std::string_view reference) {
  if (reference.empty() || !is_letter(reference.front())) return {};
  for (std::size_t at = 1; at < reference.size(); ++at) {
    const char c = reference[at];
    if (c == ':') return reference.substr(0, at);
    if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return {};
  }
  return {};
}

std::string resolve_reference(std::string_view base_text, std::string_view reference_text) {
  const std::string_view reference = trimmed(reference_text), base_uri = trimmed(base_text);
  if (base_uri.empty() || !uri_scheme(reference).empty()) return std::string(reference);
  const Parts base = split(base_uri), given = split(reference);
  if (base.scheme.empty() && !base.path.starts_with('/')) return std::string(reference);
  const bool hierarchical = base.has_authority || base.path.starts_with('/');
  if (!base.scheme.empty() && !hierarchical) return std::string(reference);  // mailto:, urn:
  Parts out = given;
  std::string path;
  if (given.has_authority) {
    path = without_dot_segments(given.path);
  } else {
    out.has_authority = base.has_authority;
    out.authority = base.authority;
    if (given.path.empty()) {
      path = base.path;
      if (given.query.empty()) out.query = base.query;
    } else {
      path = without_dot_segments(given.path.starts_with('/') ? std::string(given.path) : merged(base, given.path));
    }
  }
  std::string text;
  if (!base.scheme.empty()) text = std::string(base.scheme) + ":";
  if (out.has_authority) text += "//" + std::string(out.authority);
  text += path;
  text += out.query;
  text += out.fragment;
  return text;
}

bool is_script_uri(std::string_view reference) {
  std::string scheme;
  for (char c : reference.substr(0, 64)) {
    if (static_cast<unsigned char>(c) <= ' ') continue;  // browsers skip them
    if (c == ':') return scheme == "javascript" || scheme == "vbscript" || scheme == "data";
    scheme += lower(c);
  }
  return false;
}

}  // namespace newsd
