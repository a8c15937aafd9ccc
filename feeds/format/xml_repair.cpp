#include "feeds/format/xml_repair.h"

#include "feeds/format/markup.h"
#include "feeds/format/xml_syntax.h"
#include "feeds/text/entities.h"

#include <algorithm>
#include <array>
#include <vector>

namespace newsd {
namespace {

using namespace xml_syntax;

constexpr std::size_t kMostAttributes = 200;

/// Looks for a mark, and remembers where the last look ended: looking again and again costs no more than one pass.
class MarkFinder {
 public:
  MarkFinder(std::string_view text, std::string_view mark) : text_(text), mark_(mark) {}
  /// The first mark at `from` or later; npos: none. `from` may go back as far as it likes, at the cost of the way.
  std::size_t find(std::size_t from) {
    if (from < looked_from_ || from > found_) {
      looked_from_ = from;
      found_ = text_.find(mark_, from);
    }
    return found_;
  }

 private:
  std::string_view text_, mark_;
  std::size_t looked_from_ = 1, found_ = 0;
};

/// The length of a legal character reference at the front of the text ("&#8217;"), 0 when none stands there; illegal:
/// it names a character that XML does not have.
std::size_t numeric_reference(std::string_view text, bool& illegal) {
  const bool hexadecimal = text.size() > 2 && text[2] == 'x';
  std::size_t at = hexadecimal ? 3 : 2;
  const std::size_t first = at;
  std::uint32_t value = 0;
  for (; at < std::min(text.size(), kLongestReference); ++at) {
    const char c = text[at], low = lower(c);
    const int digit = c >= '0' && c <= '9' ? c - '0' : hexadecimal && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    if (digit < 0) break;
    value = std::min<std::uint32_t>(value * (hexadecimal ? 16 : 10) + static_cast<std::uint32_t>(digit), 0x110000);
  }
  if (at == first || at >= text.size() || text[at] != ';') return 0;
  illegal = value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) || value == 0xFFFE || value == 0xFFFF ||
            (value < 0x20 && value != '\t' && value != '\n' && value != '\r');
  return at + 1;
}

/// Characters that XML has no place for: controls, and U+FFFE and U+FFFF.
std::size_t illegal_length(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c < 0x20) return is_space(text[at]) ? 0 : 1;
  if (c == 0xEF && at + 2 < text.size() && text[at + 1] == '\xBF' && (text[at + 2] == '\xBE' || text[at + 2] == '\xBF'))
    return 3;
  return 0;
}

/// Without them before anything is looked for: marks that a control character parts ("]]\x01>") are marks, too.
std::string legal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t illegal = illegal_length(text, at);
    if (illegal == 0) {
      ++at;
      continue;
    }
    out += text.substr(begin, at - begin);
    begin = at += illegal;
  }
  return out += text.substr(begin);
}

/// Character data or an attribute's value, everything that may not stand there escaped or dropped.
void append_data(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '&') {
      const auto rest = text.substr(at);
      bool bad = false;
      if (const std::size_t length = rest.size() > 2 && rest[1] == '#' ? numeric_reference(rest, bad) : 0) {
        if (!bad) out += rest.substr(0, length);
        at += length;
        continue;
      }
      const std::string_view name = reference_name(rest);
      std::string character;
      if (!name.empty()) append_decoded(character, rest.substr(0, name.size() + 2));
      if (is_xml_reference(name)) {
        out += rest.substr(0, name.size() + 2);
        at += name.size() + 2;
      } else if (!name.empty() && !character.starts_with('&')) {
        out += character;
        at += name.size() + 2;
      } else {
        out += "&amp;";
        ++at;
      }
    } else {
      if (c == '<')
        out += "&lt;";
      else if (c == '>')
        out += "&gt;";
      else if (c == '"')
        out += "&quot;";
      else
        out += c;
      ++at;
    }
  }
}

struct Attribute {
  std::string_view name, value;
};

/// Whether it is one or two names with a colon between them: no reader knows what others mean, and a
/// parser that minds namespaces refuses them.
bool is_qualified_name(std::string_view name) {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos) return true;
  const std::string_view local = name.substr(colon + 1);
  return colon > 0 && !local.empty() && is_name_start(local.front()) && local.find(':') == std::string_view::npos;
}

/// A start tag as it was found; end: behind it, 0 when what looked like a tag is none.
struct StartTag {
  std::string_view name;
  std::vector<Attribute> attributes;
  bool empty_element = false;
  std::size_t end = 0;
};

class Repair {
 public:
  Repair(std::string_view text, std::size_t max_depth) : text_(text), max_depth_(max_depth) {}

  std::string run() {
    out_.reserve(text_.size() + text_.size() / 16 + 64);
    while (at_ < text_.size()) {
      const std::size_t next = std::min(text_.find('<', at_), text_.size());
      if (!open_.empty()) append_data(out_, text_.substr(at_, next - at_));
      at_ = next;
      if (at_ < text_.size()) tag();
    }
    while (!open_.empty()) close();
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }

  void tag() {
    const std::string_view here = rest();
    if (here.starts_with("<![CDATA[")) return cdata();
    if (here.starts_with("<!--")) return skip_to(comment_end_, 4, 3);
    if (here.starts_with("<?")) return skip_to(instruction_end_, 2, 2);
    if (here.starts_with("<!")) return skip_to(tag_end_, 2, 1);
    if (here.size() > 2 && here[1] == '/' && is_name_start(here[2])) return end_tag();
    if (here.size() > 1 && is_name_start(here[1])) return start_tag();
    literal();
  }

  /// The < that begins nothing.
  void literal() {
    if (!open_.empty()) out_ += "&lt;";
    ++at_;
  }

  void skip_to(MarkFinder& end, std::size_t from, std::size_t length) {
    const std::size_t found = end.find(at_ + from);
    if (found == std::string_view::npos) return literal();
    at_ = found + length;
  }

  /// Ends where it says; when another section begins before that, or nothing ends it at all, at its element's end tag.
  void cdata() {
    constexpr std::size_t kOpening = 9;
    const std::size_t begin = at_ + kOpening;
    const std::size_t end = cdata_end_.find(begin), next = cdata_begin_.find(begin);
    std::size_t stop = std::min(end, text_.size());
    bool closed = end != std::string_view::npos;
    if (!open_.empty() && (!closed || next < end)) {
      const std::string_view scope = text_.substr(begin, std::min(next, stop) - begin);
      const std::size_t own_end = scope.find("</" + std::string(open_.back().name) + ">");
      if (own_end != std::string_view::npos) {
        stop = begin + own_end;
        closed = false;
      }
    }
    if (!open_.empty()) {
      out_ += "<![CDATA[";
      out_ += text_.substr(begin, stop - begin);
      out_ += "]]>";
      open_.back().has_children = true;
    }
    at_ = stop + (closed ? 3 : 0);
  }

  std::string_view name_at(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && end - at < kLongestName && is_name_part(text_[end])) ++end;
    return text_.substr(at, end - at);
  }

  void end_tag() {
    const std::string_view name = name_at(at_ + 2);
    std::size_t end = at_ + 2 + name.size();
    while (end < text_.size() && is_space(text_[end])) ++end;
    if (end < text_.size() && text_[end] == '>') ++end;  // a missing > ends before what follows
    at_ = end;
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    close_to(name);
  }

  void close_to(std::string_view name) {
    if (open_.empty()) return;
    const auto matching = [&](auto&& same) {
      return std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return same(o.name, name); });
    };
    auto found = matching([](std::string_view a, std::string_view b) { return a == b; });
    if (found == open_.rend()) found = matching(same_folded);
    if (found != open_.rend()) {
      const auto count = static_cast<std::size_t>(found - open_.rbegin()) + 1;
      for (std::size_t i = 0; i < count; ++i) close();
    } else if (!open_.back().has_children && !is_html_element(name)) {
      close();  // <title>…</titel>: a misspelt end, not a stray tag of a page
    }
  }

  void close() {
    out_ += "</";
    out_ += open_.back().name;
    out_ += '>';
    open_.pop_back();
  }

  void start_tag() {
    const StartTag tag = read_start_tag();
    if (tag.end == 0 || !is_qualified_name(tag.name)) return literal();
    at_ = tag.end;
    if (open_.empty() && root_seen_) return;  // behind the document
    if (!open_.empty()) open_.back().has_children = true;
    if (open_.size() >= max_depth_ || skipped_ > 0) {
      skipped_ += tag.empty_element ? 0 : 1;
      return;
    }
    root_seen_ = true;
    out_ += '<';
    out_ += tag.name;
    for (std::size_t i = 0; i < tag.attributes.size(); ++i) {
      const Attribute& a = tag.attributes[i];
      if (!is_qualified_name(a.name)) continue;
      const auto same = [&](const Attribute& other) { return other.name == a.name; };
      if (std::any_of(tag.attributes.begin(), tag.attributes.begin() + static_cast<std::ptrdiff_t>(i), same)) continue;
      out_ += ' ';
      out_ += a.name;
      out_ += "=\"";
      append_data(out_, a.value);
      out_ += '"';
    }
    out_ += tag.empty_element ? "/>" : ">";
    if (!tag.empty_element) open_.push_back({tag.name, false});
  }

  void skip_space(std::size_t& at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
  }

  StartTag read_start_tag() {
    StartTag tag;
    tag.name = name_at(at_ + 1);
    std::size_t at = at_ + 1 + tag.name.size();
    if (at >= text_.size() || !(is_space(text_[at]) || text_[at] == '/' || text_[at] == '>')) return tag;
    while (at < text_.size()) {
      skip_space(at);
      if (at >= text_.size() || text_[at] == '<') return tag;  // the text ends, or another tag begins: no tag
      if (text_[at] == '>') {
        tag.end = at + 1;
        return tag;
      }
      if (text_[at] == '/' && at + 1 < text_.size() && text_[at + 1] == '>') {
        tag.empty_element = true;
        tag.end = at + 2;
        return tag;
      }
      if (!is_name_start(text_[at])) {
        ++at;  // a stray character among the attributes
        continue;
      }
      Attribute attribute;
      if (!read_attribute(at, attribute)) return tag;
      if (tag.attributes.size() < kMostAttributes) tag.attributes.push_back(attribute);
    }
    return tag;
  }

  /// name="value", name='value', name=value, name; false when the value has no end.
  bool read_attribute(std::size_t& at, Attribute& attribute) {
    attribute.name = name_at(at);
    at += attribute.name.size();
    if (attribute.name.ends_with(':')) attribute.name.remove_suffix(1);
    std::size_t behind = at;
    skip_space(behind);
    if (behind >= text_.size() || text_[behind] != '=') {
      attribute.value = attribute.name;
      return true;
    }
    at = behind + 1;
    skip_space(at);
    if (at < text_.size() && (text_[at] == '"' || text_[at] == '\'')) {
      const std::size_t end = (text_[at] == '"' ? double_quote_ : single_quote_).find(at + 1);
      if (end == std::string_view::npos) return false;
      attribute.value = text_.substr(at + 1, end - at - 1);
      at = end + 1;
      return true;
    }
    const std::size_t begin = at;
    while (at < text_.size() && !is_space(text_[at]) && text_[at] != '>' && text_[at] != '<') ++at;
    attribute.value = text_.substr(begin, at - begin);
    return true;
  }

  struct Open {
    std::string_view name;
    bool has_children = false;
  };

  std::string_view text_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Open> open_;
  std::size_t skipped_ = 0;  ///< open elements that were too deep to be written
  bool root_seen_ = false;
  MarkFinder cdata_begin_{text_, "<![CDATA["}, cdata_end_{text_, "]]>"}, comment_end_{text_, "-->"},
      instruction_end_{text_, "?>"}, tag_end_{text_, ">"}, double_quote_{text_, "\""}, single_quote_{text_, "'"};
};

}  // namespace

std::string repaired_xml(std::string_view text, std::size_t max_depth) {
  const std::string characters = legal(text);
  return Repair(characters, max_depth).run();
}

}  // namespace newsd
