#include "feeds/format/html_tokenizer.h"

#include <algorithm>
#include <cstring>

namespace newsd {
namespace {

constexpr auto kNone = std::string_view::npos;

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

bool starts_with_folded(std::string_view text, std::string_view lower_case) {
  if (text.size() < lower_case.size()) return false;
  return std::equal(lower_case.begin(), lower_case.end(), text.begin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b); });
}

/// Whether an end tag of `name` stands at the front.
bool is_end_tag(std::string_view text, std::string_view name) {
  if (!text.starts_with("</") || !starts_with_folded(text.substr(2), name)) return false;
  const std::size_t behind = 2 + name.size();
  return behind >= text.size() || is_space(text[behind]) || text[behind] == '>' || text[behind] == '/';
}

/// Where the first end tag of `name` begins; the text's end when there is none.
std::size_t find_end_tag(std::string_view text, std::string_view name, std::size_t from = 0) {
  for (std::size_t at = text.find("</", from); at != kNone; at = text.find("</", at + 2)) {
    if (is_end_tag(text.substr(at), name)) return at;
  }
  return text.size();
}

}  // namespace

HtmlToken HtmlTokenizer::next() {
  if (raw_ != HtmlTag::Other) return raw_text();
  while (at_ < html_.size()) {
    if (html_[at_] != '<' || !is_markup_at(at_)) return text_until_markup();
    const char c = html_[at_ + 1];
    const bool closing = c == '/';
    if (is_letter(c) || (closing && at_ + 2 < html_.size() && is_letter(html_[at_ + 2]))) return tag();
    if (!skip_declaration()) return text_until_markup();
  }
  HtmlToken end;
  end.at = html_.size();
  return end;
}

/// A < that begins no tag, comment or declaration is text.
bool HtmlTokenizer::is_markup_at(std::size_t less) const {
  if (less + 1 >= html_.size()) return false;
  const char c = html_[less + 1];
  return is_letter(c) || c == '!' || c == '?' || (c == '/' && less + 2 < html_.size());
}

HtmlToken HtmlTokenizer::text_until_markup() {
  HtmlToken token;
  token.kind = HtmlToken::Kind::Text;
  token.at = at_;
  std::size_t end = html_.find('<', at_ + 1);
  while (end != kNone && !is_markup_at(end)) end = html_.find('<', end + 1);
  end = std::min(end, html_.size());
  token.text = html_.substr(at_, end - at_);
  at_ = end;
  return token;
}

/// Comments end at --> or --!>, and at once as <!--> or <!--->; all else that begins with <! <? </ ends at the next >.
/// An unclosed comment ends with the input.
bool HtmlTokenizer::skip_declaration() {
  const std::string_view rest = html_.substr(at_);
  if (!rest.starts_with("<!--")) {
    const auto close = rest.find('>');
    at_ += close == kNone ? rest.size() : close + 1;
    return true;
  }
  if (rest.substr(4).starts_with('>') || rest.substr(4).starts_with("->")) {
    at_ += rest[4] == '>' ? 5 : 6;
    return true;
  }
  for (std::size_t dashes = rest.find("--", 4); dashes != kNone; dashes = rest.find("--", dashes + 1)) {
    const std::string_view behind = rest.substr(dashes + 2);
    if (behind.starts_with('>') || behind.starts_with("!>")) {
      at_ += dashes + (behind[0] == '>' ? 3 : 4);
      return true;
    }
    // a long row of dashes: only its last two can end the comment
    const auto other = behind.find_first_not_of('-');
    if (other != kNone && other > 0) dashes += other - 1;
  }
  at_ = html_.size();
  return true;
}

HtmlToken HtmlTokenizer::tag() {
  HtmlToken token;
  token.at = at_;
  const bool closing = html_[at_ + 1] == '/';
  token.kind = closing ? HtmlToken::Kind::EndTag : HtmlToken::Kind::StartTag;
  const std::size_t begin = at_ + (closing ? 2 : 1);
  std::size_t end = begin;
  while (end < html_.size() && !is_space(html_[end]) && html_[end] != '>' && html_[end] != '/') ++end;
  token.text = html_.substr(begin, end - begin);
  token.tag = html_tag(token.text);
  at_ = end;
  read_attributes(token);
  // svg has titles and styles that close themselves
  const bool empty = token.self_closing && (token.tag == HtmlTag::Title || token.tag == HtmlTag::Style);
  if (!closing && is_raw_text(token.tag) && !empty && !unclosed_[static_cast<std::size_t>(token.tag)]) raw_ = token.tag;
  return token;
}

void HtmlTokenizer::skip_space() {
  while (at_ < html_.size() && is_space(html_[at_])) ++at_;
}

void HtmlTokenizer::read_attributes(HtmlToken& token) {
  attributes_.clear();
  for (;;) {
    skip_space();
    if (at_ >= html_.size()) return;
    if (html_[at_] == '>') {
      ++at_;
      return;
    }
    token.self_closing = html_[at_] == '/';
    if (token.self_closing)
      ++at_;
    else
      read_attribute();
  }
}

void HtmlTokenizer::read_attribute() {
  const std::size_t begin = at_++;  // a name may even begin with =
  while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '=' && html_[at_] != '>' && html_[at_] != '/')
    ++at_;
  const HtmlAttr name = html_attr(html_.substr(begin, at_ - begin));
  skip_space();
  std::string_view value;
  if (at_ < html_.size() && html_[at_] == '=') {
    ++at_;
    skip_space();
    value = attribute_value();
  }
  if (name == HtmlAttr::Other || attributes_.size() >= max_attributes_) return;
  const bool known = std::any_of(attributes_.begin(), attributes_.end(),
                                 [&](const RawHtmlAttribute& other) { return other.name == name; });
  if (!known) attributes_.push_back({name, value});
}

std::string_view HtmlTokenizer::attribute_value() {
  if (at_ >= html_.size()) return {};
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t begin = at_ + 1, end = std::min(html_.find(quote, begin), html_.size());
    at_ = std::min(end + 1, html_.size());
    return html_.substr(begin, end - begin);
  }
  const std::size_t begin = at_;
  while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
  return html_.substr(begin, at_ - begin);
}

HtmlToken HtmlTokenizer::raw_text() {
  HtmlToken token;
  token.kind = HtmlToken::Kind::Text;
  token.at = at_;
  token.raw = raw_ != HtmlTag::Title && raw_ != HtmlTag::Textarea;
  const std::size_t end = raw_text_end();
  const bool swallows = raw_ == HtmlTag::Script || raw_ == HtmlTag::Style || raw_ == HtmlTag::Plaintext;
  // browsers lose the rest of the page to a forgotten </title>; and it must not be sought again and again
  const bool forgotten = end == html_.size() && !swallows;
  unclosed_[static_cast<std::size_t>(raw_)] = forgotten;
  raw_ = HtmlTag::Other;
  if (forgotten || end == at_) return next();
  token.text = html_.substr(at_, end - at_);
  at_ = end;
  return token;
}

std::size_t HtmlTokenizer::raw_text_end() {
  if (raw_ == HtmlTag::Plaintext) return html_.size();
  return raw_ == HtmlTag::Script ? script_end() : find_end_tag(html_, name_of(raw_), at_);
}

/// A script that is hidden in a comment may write <script>…</script> inside it.
std::size_t HtmlTokenizer::script_end() {
  std::size_t end = find_end_tag(html_, "script", at_);
  const auto comment = html_.substr(0, end).find("<!--", at_);
  if (comment == kNone) return end;
  if (comment_end_ < comment) comment_end_ = std::min(html_.find("-->", comment), html_.size());
  if (comment_end_ < end || comment_end_ == html_.size()) return end;
  for (std::size_t inner = comment; end < comment_end_;) {
    inner = html_.substr(0, end).find("<script", inner);
    if (inner == kNone) break;
    inner = end;
    end = find_end_tag(html_, "script", end + 2);
  }
  return end;
}

}  // namespace newsd
