#include "feeds/format/markup.h"

#include "feeds/text/lines.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsd {
namespace {

/// Where markup begins when there is any: a page's comments and declarations rarely take more.
constexpr std::size_t kHeadBytes = 16 << 10;
/// Tags that a text of some length must have to be taken for a page without its beginning.
constexpr std::size_t kTagsOfPage = 6;

struct Root {
  std::string_view name;  ///< lower case, without namespace prefix
  Markup markup;
};
constexpr auto kRoots = std::to_array<Root>({
    {"html", {Format::Html, "an HTML page"}},
    {"rss", {Format::Rss, "an RSS feed"}},
    {"feed", {Format::Atom, "an Atom feed"}},
    {"rdf", {Format::Rdf, "an RDF feed"}},
    {"nitf", {Format::Nitf, "an NITF document"}},
    {"newsitem", {Format::NewsMlG2, "a NewsML-G2 item"}},
    {"newsmessage", {Format::NewsMlG2, "a NewsML-G2 message"}},
    {"packageitem", {Format::NewsMlG2, "a NewsML-G2 package"}},
    {"newsml", {Format::NewsMl1, "a NewsML 1 document"}},
    {"opml", {Format::Unknown, "an OPML feed list"}},
    {"urlset", {Format::Sitemap, "a sitemap"}},
    {"sitemapindex", {Format::Unknown, "a sitemap index"}},
});
constexpr Markup kHtml{Format::Html, "HTML"};
constexpr Markup kXml{Format::Unknown, "an XML document"};

/// Elements that pages and parts of pages begin with.
constexpr auto kHtmlElements = std::to_array<std::string_view>(
    {"head", "body",    "title",   "meta",   "link",   "base", "script", "style", "div",     "p",
     "span", "article", "section", "main",   "header", "nav",  "h1",     "h2",    "h3",      "h4",
     "h5",   "h6",      "ul",      "ol",     "li",     "dl",   "br",     "a",     "b",       "i",
     "em",   "strong",  "img",     "figure", "table",  "tr",   "td",     "form",  "iframe",  "blockquote",
     "pre",  "center",  "font",    "aside",  "footer", "hr",   "small",  "u",     "noscript"});
/// Elements that pages have besides, inside those.
constexpr auto kInnerElements = std::to_array<std::string_view>(
    {"html",    "abbr",       "acronym",  "address", "applet",   "area",     "audio",    "big",      "button", "canvas",
     "caption", "cite",       "code",     "col",     "dd",       "del",      "details",  "dfn",      "dir",    "dt",
     "embed",   "figcaption", "fieldset", "frame",   "frameset", "hgroup",   "image",    "input",    "ins",    "kbd",
     "label",   "legend",     "map",      "mark",    "menu",     "meter",    "object",   "optgroup", "option", "param",
     "picture", "q",          "rp",       "rt",      "ruby",     "s",        "samp",     "select",   "source", "strike",
     "sub",     "summary",    "sup",      "svg",     "tbody",    "template", "textarea", "tfoot",    "th",     "thead",
     "time",    "tt",         "var",      "video",   "wbr"});

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_name_start(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' || (c & 0x80) != 0; }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':'; }

bool starts_with_folded(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// Behind the first `mark`, or the empty end of the text.
std::string_view behind(std::string_view text, std::string_view mark) {
  const auto found = text.find(mark);
  return found == std::string_view::npos ? text.substr(text.size()) : text.substr(found + mark.size());
}

/// A document type ends at the > outside its internal subset.
std::string_view behind_doctype(std::string_view text) {
  const auto bracket = text.find('['), close = text.find('>');
  return bracket < close ? behind(behind(text, "]"), ">") : behind(text, ">");
}

/// The name of the start tag at the front of the text, in lower case, without namespace prefix; empty when none stands
/// there.
std::string tag_at(std::string_view text) {
  if (text.size() < 2 || text[0] != '<' || !is_name_start(text[1])) return {};
  std::size_t end = 1;
  while (end < text.size() && is_name_part(text[end])) ++end;
  if (end < text.size() && std::string_view(" \t\r\n/>").find(text[end]) == std::string_view::npos) return {};
  std::string name(text.substr(1, end - 1));
  std::transform(name.begin(), name.end(), name.begin(), lower);
  if (const auto colon = name.rfind(':'); colon != std::string::npos) name.erase(0, colon + 1);
  return name;
}

}  // namespace

bool is_html_element(std::string_view name) {
  return std::find(kHtmlElements.begin(), kHtmlElements.end(), name) != kHtmlElements.end() ||
         std::find(kInnerElements.begin(), kInnerElements.end(), name) != kInnerElements.end();
}

namespace {

/// A page may begin with it.
bool begins_html(std::string_view name) {
  return std::find(kHtmlElements.begin(), kHtmlElements.end(), name) != kHtmlElements.end();
}

Markup by_root(std::string_view name, bool declared_xml) {
  const auto root = std::find_if(kRoots.begin(), kRoots.end(), [&](const Root& r) { return r.name == name; });
  if (root != kRoots.end()) return root->markup;
  return !declared_xml && begins_html(name) ? kHtml : kXml;
}

/// Elements that hold nothing: one of them may be left over at the front of what is plain text otherwise.
bool is_empty_element(std::string_view name) { return name == "img" || name == "br" || name == "hr"; }

/// Text with the tags of a page further down: a page whose beginning was cut off, or a fragment. least: of tags.
bool has_html_inside(std::string_view head, std::size_t least) {
  std::size_t tags = 0;
  for (std::size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    std::string_view rest = head.substr(at);
    if (starts_with_folded(rest, "<!doctype html") || starts_with_folded(rest, "<html") ||
        starts_with_folded(rest, "<body"))
      return true;
    const bool closing = rest.size() > 2 && rest[1] == '/';
    const std::string tag = tag_at((closing ? "<" : "") + std::string(rest.substr(closing ? 2 : 0, 16)));
    tags += begins_html(tag);
  }
  return tags >= least;
}

}  // namespace

std::optional<Markup> sniff_markup(std::string_view text) {
  const std::string_view head = trimmed(text.substr(0, kHeadBytes));
  std::string_view rest = head;
  bool declared_xml = false, left_over = false;
  while (rest.starts_with('<')) {
    if (starts_with_folded(rest, "<?xml")) {
      declared_xml = true;
      rest = behind(rest, "?>");
    } else if (rest.starts_with("<?")) {
      rest = behind(rest, "?>");
    } else if (rest.starts_with("<!--")) {
      rest = behind(rest, "-->");
    } else if (starts_with_folded(rest, "<!doctype html")) {
      return by_root("html", false);
    } else if (starts_with_folded(rest, "<!doctype")) {
      declared_xml = true;
      rest = behind_doctype(rest);
    } else if (const std::string tag = tag_at(rest); !tag.empty()) {
      const Markup markup = by_root(tag, declared_xml);
      // "<name> is …" is no document unless the tag is known or closed again
      const bool known = markup.what != kXml.what || declared_xml || text.find("</") != std::string_view::npos;
      left_over = known && !declared_xml && is_empty_element(tag);
      if (known && !left_over) return markup;
      if (!known) break;
      rest = behind(rest, ">");
    } else {
      break;
    }
    rest = trimmed(rest);
  }
  if (declared_xml) return kXml;
  if (left_over && (rest.find('\n') == std::string_view::npos || has_html_inside(rest, 1))) return kHtml;
  if (has_html_inside(head, kTagsOfPage)) return kHtml;
  return std::nullopt;
}

}  // namespace newsd
