#include "feeds/format/find_feeds.h"

#include "feeds/text/entities.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"

#include <algorithm>
#include <array>
#include <optional>

namespace newsd {
namespace {

constexpr std::size_t kMostFeeds = 1000;
constexpr std::size_t kLongestValue = 8192;

constexpr auto kFeedTypes = std::to_array<std::string_view>(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
     "application/xml", "application/x.atom+xml", "application/x-atom+xml", "application/x-rss+xml", "text/xml",
     "text/rss+xml", "text/atom+xml"});

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_name(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':'; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool starts_with_folded(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// The attributes a <link> or <base> may have that matter here.
struct LinkTag {
  std::string rel, type, href, title;
};

/// Walks over the tags of a page; scripts, styles and comments hold none.
class TagScan {
 public:
  explicit TagScan(std::string_view html) : html_(html) {}

  /// The next <link> or <base>, whose name comes out; nothing: the page ends.
  std::optional<std::string_view> next(LinkTag& tag) {
    while ((at_ = html_.find('<', at_)) != std::string_view::npos) {
      const std::string_view rest = html_.substr(at_);
      if (rest.starts_with("<!--")) {
        skip_behind("-->");
      } else if (starts_with_folded(rest, "<script")) {
        skip_behind_folded("</script");
      } else if (starts_with_folded(rest, "<style")) {
        skip_behind_folded("</style");
      } else if (is_tag(rest, "<link")) {
        at_ += 5;
        read_attributes(tag);
        return "link";
      } else if (is_tag(rest, "<base")) {
        at_ += 5;
        read_attributes(tag);
        return "base";
      } else {
        ++at_;
      }
    }
    return std::nullopt;
  }

 private:
  static bool is_tag(std::string_view rest, std::string_view opening) {
    return starts_with_folded(rest, opening) && (rest.size() == opening.size() || !is_name(rest[opening.size()]));
  }
  void skip_behind(std::string_view mark) {
    const auto end = html_.find(mark, at_ + 1);
    at_ = end == std::string_view::npos ? html_.size() : end + mark.size();
  }
  void skip_behind_folded(std::string_view mark) {
    do at_ = html_.find('<', at_ + 1);
    while (at_ != std::string_view::npos && !starts_with_folded(html_.substr(at_), mark));
    if (at_ == std::string_view::npos) at_ = html_.size();
  }
  void skip_space() {
    while (at_ < html_.size() && is_space(html_[at_])) ++at_;
  }
  void read_attributes(LinkTag& tag) {
    tag = {};
    while (at_ < html_.size() && html_[at_] != '>') {
      const std::size_t begin = at_;
      while (at_ < html_.size() && is_name(html_[at_])) ++at_;
      const std::string name = lowered(html_.substr(begin, std::min<std::size_t>(at_ - begin, 32)));
      skip_space();
      if (at_ < html_.size() && html_[at_] == '=' && !name.empty()) {
        ++at_;
        skip_space();
        keep(tag, name, read_value());
      } else if (at_ == begin) {
        ++at_;
      }
    }
  }
  std::string_view read_value() {
    if (at_ >= html_.size()) return {};
    if (html_[at_] == '"' || html_[at_] == '\'') {
      const std::size_t begin = at_ + 1, end = std::min(html_.find(html_[at_], begin), html_.size());
      at_ = std::min(end + 1, html_.size());
      return html_.substr(begin, end - begin);
    }
    const std::size_t begin = at_;
    while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
    return html_.substr(begin, at_ - begin);
  }
  static void keep(LinkTag& tag, std::string_view name, std::string_view value) {
    std::string* field = name == "rel"     ? &tag.rel
                         : name == "type"  ? &tag.type
                         : name == "href"  ? &tag.href
                         : name == "title" ? &tag.title
                                           : nullptr;
    if (field == nullptr || !field->empty()) return;
    std::string decoded;
    append_decoded(decoded, value.substr(0, kLongestValue));
    *field = trimmed(decoded);
  }

  std::string_view html_;
  std::size_t at_ = 0;
};

bool has_token(std::string_view tokens, std::string_view wanted) {
  for (std::size_t at = 0; at < tokens.size();) {
    while (at < tokens.size() && is_space(tokens[at])) ++at;
    const std::size_t begin = at;
    while (at < tokens.size() && !is_space(tokens[at])) ++at;
    if (lowered(tokens.substr(begin, at - begin)) == wanted) return true;
  }
  return false;
}

bool names_feed(const LinkTag& tag) {
  if (tag.href.empty() || is_script_uri(tag.href)) return false;
  const std::string type = lowered(trimmed(std::string_view(tag.type).substr(0, tag.type.find(';'))));
  if (has_token(tag.rel, "feed")) return true;
  return has_token(tag.rel, "alternate") && !has_token(tag.rel, "stylesheet") &&
         std::find(kFeedTypes.begin(), kFeedTypes.end(), type) != kFeedTypes.end();
}

}  // namespace

std::vector<FoundFeed> find_feeds(std::string_view html, std::string_view page) {
  std::vector<FoundFeed> found;
  std::string base(page);
  bool has_base = false;
  TagScan scan(html);
  LinkTag tag;
  while (found.size() < kMostFeeds) {
    const auto name = scan.next(tag);
    if (!name) break;
    if (*name == "base") {
      if (!has_base && !tag.href.empty() && !is_script_uri(tag.href)) {  // the first counts, as in browsers
        base = resolve_reference(page, tag.href);
        has_base = true;
      }
    } else if (names_feed(tag)) {
      found.push_back({tag.href, tag.title, lowered(tag.type)});
    }
  }
  // a <base> counts for the whole page, wherever it stands
  std::vector<FoundFeed> resolved;
  for (FoundFeed& feed : found) {
    feed.url = resolve_reference(base, feed.url);
    const bool known =
        std::any_of(resolved.begin(), resolved.end(), [&](const FoundFeed& other) { return other.url == feed.url; });
    if (!known) resolved.push_back(std::move(feed));
  }
  return resolved;
}

}  // namespace newsd
