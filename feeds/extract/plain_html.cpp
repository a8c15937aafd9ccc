#include "feeds/extract/plain_html.h"

#include "feeds/text/entities.h"
#include "feeds/text/lines.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr auto kBlocks = std::to_array<std::string_view>(
    {"address", "article", "aside", "blockquote", "body", "br",       "caption",    "center",  "dd",
     "details", "dialog",  "div",   "dl",         "dt",   "fieldset", "figcaption", "figure",  "footer",
     "form",    "h1",      "h2",    "h3",         "h4",   "h5",       "h6",         "header",  "hr",
     "html",    "li",      "main",  "nav",        "ol",   "p",        "pre",        "section", "summary",
     "table",   "tbody",   "td",    "tfoot",      "th",   "thead",    "tr",         "ul"});
/// Elements whose content is no text of the document.
constexpr auto kDropped = std::to_array<std::string_view>(
    {"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "textarea", "select"});

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct Tag {
  std::string name;
  bool closing = false;
  std::size_t end = 0;  ///< behind its >
};

/// The tag at the < at `at`; end is at + 1 when none stands there. A > inside a quoted attribute does not end it.
Tag tag_at(std::string_view html, std::size_t at) {
  Tag tag;
  tag.end = at + 1;
  std::size_t i = at + 1;
  if (i < html.size() && html[i] == '/') {
    tag.closing = true;
    ++i;
  }
  if (i >= html.size() || !is_letter(html[i])) return tag;
  while (i < html.size() && !is_space(html[i]) && html[i] != '>' && html[i] != '/' && tag.name.size() < 32)
    tag.name += lower(html[i++]);
  char quote = 0, before = 0;
  for (; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && before == '=') {
      quote = c;
    } else if (c == '>') {
      ++i;
      break;
    }
    if (!is_space(c)) before = c;
  }
  tag.end = i;
  return tag;
}

/// Behind the end tag of a dropped element; the document's end when it is never closed. Looks at every byte once over
/// the whole document, for a name once found missing is not looked for again.
class Dropper {
 public:
  explicit Dropper(std::string_view html) : html_(html) {}

  std::size_t behind(std::string_view name, std::size_t at) {
    const auto index = static_cast<std::size_t>(std::find(kDropped.begin(), kDropped.end(), name) - kDropped.begin());
    if (missing_[index]) return at;
    for (std::size_t i = html_.find('<', at); i != std::string_view::npos; i = html_.find('<', i + 1)) {
      if (i + 1 >= html_.size() || html_[i + 1] != '/') continue;
      const std::string_view rest = html_.substr(i + 2);
      if (rest.size() >= name.size() &&
          std::equal(name.begin(), name.end(), rest.begin(), [](char a, char b) { return a == lower(b); }))
        return tag_at(html_, i).end;
    }
    missing_[index] = true;
    // script and style swallow all that follows in browsers; the others would lose text to a forgotten tag
    return name == "script" || name == "style" ? html_.size() : at;
  }

 private:
  std::string_view html_;
  std::array<bool, kDropped.size()> missing_{};
};

class Paragraphs {
 public:
  void text(std::string_view html) {
    decoded_.clear();
    append_decoded(decoded_, html);
    for (char c : decoded_) {
      if (is_space(c)) {
        space_ = true;
        continue;
      }
      if (space_ && !open_.empty()) open_ += ' ';
      space_ = false;
      open_ += c;
    }
  }
  void end() {
    const std::string_view held = trimmed(open_);
    if (!held.empty()) done_.emplace_back(held);
    open_.clear();
    space_ = false;
  }
  std::vector<std::string> take() {
    end();
    return std::move(done_);
  }

 private:
  std::string decoded_, open_;
  bool space_ = false;
  std::vector<std::string> done_;
};

}  // namespace

std::vector<std::string> html_paragraphs(std::string_view html) {
  Paragraphs out;
  Dropper dropper(html);
  bool unclosed_comment = false;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t less = std::min(html.find('<', at), html.size());
    out.text(html.substr(at, less - at));
    if (less == html.size()) break;
    at = less;
    if (html.substr(at, 4) == "<!--" && !unclosed_comment) {
      const auto close = html.find("-->", at + 4);
      unclosed_comment = close == std::string_view::npos;
      at = unclosed_comment ? at + 4 : close + 3;
      continue;
    }
    if (at + 1 < html.size() && (html[at + 1] == '!' || html[at + 1] == '?')) {
      at = std::min(html.find('>', at), html.size() - 1) + 1;
      continue;
    }
    const Tag tag = tag_at(html, at);
    if (tag.name.empty()) {
      out.text(html.substr(at, 1));
      at = tag.end;
      continue;
    }
    if (is_in(kBlocks, tag.name)) out.end();
    at = !tag.closing && is_in(kDropped, tag.name) ? dropper.behind(tag.name, tag.end) : tag.end;
  }
  return out.take();
}

}  // namespace newsd
