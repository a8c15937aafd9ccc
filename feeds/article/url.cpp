#include "feeds/article/url.h"

#include <boost/url.hpp>

#include <algorithm>
#include <array>
#include <exception>

namespace newsd {
namespace {

constexpr std::size_t kMaxBytes = 4096;

/// Parameters that say how a reader came to a page, not which page it is.
constexpr auto kTracking = std::to_array<std::string_view>(
    {"fbclid", "gclid",  "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "igsh",
     "mc_cid", "mc_eid", "_ga",    "_gl",   "_hsenc", "_hsmi",  "vero_id", "ncid",  "cmpid",  "smid",   "ocid"});

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f'); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_tracking(std::string_view parameter) {
  const std::string name = lowered(parameter.substr(0, parameter.find('=')));
  return name.starts_with("utm_") || std::find(kTracking.begin(), kTracking.end(), name) != kTracking.end();
}

void append_encoded(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

/// What browsers make of an address that was pasted, not written by the rules: line ends inside dropped, backslashes
/// turned before the query, everything that may not stand in a URL percent-encoded, also a per cent sign that encodes
/// nothing.
std::string repaired(std::string_view text, std::size_t authority_end) {
  enum class Part { Path, Query, Fragment } part = Part::Path;
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\t' || c == '\n' || c == '\r') continue;
    const bool in_authority = at < authority_end;
    if (c == '%' && !(at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]))) {
      out += "%25";
    } else if (c == '\\' && part == Part::Path) {
      out += '/';
    } else if (c == '#' && part == Part::Fragment) {
      out += "%23";
    } else if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f ||
               std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos ||
               (!in_authority && (c == '[' || c == ']'))) {
      append_encoded(out, c);
    } else {
      if (c == '#') part = Part::Fragment;
      if (c == '?' && part == Part::Path) part = Part::Query;
      out += c;
    }
  }
  return out;
}

/// What follows the host: nothing, or a colon and digits or none.
bool is_port(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != ':' || text.size() > 6) return false;
  int value = 0;
  for (char c : text.substr(1)) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  return value <= 65535;
}

bool is_unreserved(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/// Percent-encoded characters that need not be, decoded, the others in upper case (RFC 3986, 6.2.2). What separates
/// parameters stays encoded: "a%26b" is one value, "a&b" two.
std::string with_plain_octets(std::string_view text) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : lower(c) - 'a' + 10; };
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%' || at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) {
      out += text[at];
      continue;
    }
    const char c = static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
    if (is_unreserved(c)) {
      out += c;
    } else {
      append_encoded(out, c);
    }
    at += 2;
  }
  return out;
}

std::string without_tracking(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (parameter.empty() || is_tracking(parameter)) continue;
    if (!out.empty()) out += '&';
    out += parameter;
  }
  return out;
}

Error malformed(std::string_view text, std::string_view why) {
  return {UrlError::Malformed, "not a URL: " + std::string(why), std::string(text.substr(0, 200))};
}

}  // namespace

std::string_view code_of(UrlError e) {
  switch (e) {
    case UrlError::Malformed: return "malformed-url";
    case UrlError::NotHttp: return "url-not-http";
    case UrlError::TooLong: return "url-too-long";
  }
  return "malformed-url";
}

Result<Url> Url::parse(std::string_view input) try {
  const std::string_view text = trimmed(input);
  if (text.size() > kMaxBytes) return Error{UrlError::TooLong, "a URL of more than 4096 bytes"};
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return malformed(text, "it has no scheme");
  const std::string scheme = lowered(text.substr(0, colon));
  if (scheme != "http" && scheme != "https") {
    return Error{UrlError::NotHttp, "the scheme is neither http nor https", std::string(text.substr(0, 200))};
  }
  if (text.substr(colon, 3) != "://") return malformed(text, "no host follows the scheme");
  const std::size_t authority_end = std::min(text.find_first_of("/?#\\", colon + 3), text.size());

  const std::string fixed = repaired(text, authority_end);
  if (fixed.size() > 3 * kMaxBytes) return Error{UrlError::TooLong, "a URL of more than 4096 bytes"};
  const auto parsed = boost::urls::parse_uri(fixed);
  if (!parsed) return malformed(text, parsed.error().message());
  Url url;
  url.host_ = lowered(std::string_view(parsed->encoded_host().data(), parsed->encoded_host().size()));
  if (url.host_.empty()) return malformed(text, "the host is empty");
  const std::string_view host_and_port(parsed->encoded_host_and_port().data(), parsed->encoded_host_and_port().size());
  // Boost.URL 1.81 takes what follows the colon for a path when it is no number
  const std::string_view path(parsed->encoded_path().data(), parsed->encoded_path().size());
  if ((!path.empty() && path.front() != '/') || !is_port(host_and_port.substr(url.host_.size()))) {
    return malformed(text, "the port is no number up to 65535");
  }
  url.text_ = fixed;
  return url;
} catch (const std::exception& e) {  // Boost.URL says length errors this way
  return malformed(input, e.what());
}

std::string Url::canonical() const {
  boost::urls::url url = boost::urls::parse_uri(text_).value();
  url.remove_fragment();
  url.remove_userinfo();
  const std::string port(url.port().data(), url.port().size());
  if (port.empty() || port == (url.scheme_id() == boost::urls::scheme::https ? "443" : "80")) url.remove_port();
  if (url.encoded_path().empty()) url.set_encoded_path("/");
  if (url.has_query()) {
    const std::string query =
        without_tracking(with_plain_octets({url.encoded_query().data(), url.encoded_query().size()}));
    if (query.empty()) {
      url.remove_query();
    } else {
      url.set_encoded_query(query);
    }
  }
  url.normalize_scheme();
  url.normalize_authority();
  url.normalize_path();
  return {url.data(), url.size()};
}

}  // namespace newsd
