// Reading HTML pages, whatever the bytes: the tree's ranges nest, depth is bounded, all text in the article is
// well-formed UTF-8, and the characters of every body paragraph stand in the page (or in its JSON-LD) in that order:
// scripts and buttons between them are left out, nothing is added.
#include "feeds/extract/page_article.h"
#include "feeds/format/html_tree.h"
#include "feeds/text/charset.h"
#include "feeds/text/utf8.h"

#include <cstdio>
#include <cstdlib>

using namespace newsd;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void check_tree(const HtmlTree& tree, const HtmlLimits& limits) {
  std::vector<std::size_t> depth(tree.size());
  for (std::size_t n = 0; n < tree.size(); ++n) {
    const HtmlNode& node = tree[n];
    require(node.end > n && node.end <= tree.size(), "a subtree ends outside the tree");
    require(node.at <= tree.source().size(), "a node begins outside the page");
    for (const HtmlAttribute& attribute : tree.attributes(n))
      require(is_valid_utf8(attribute.value), "an attribute is not UTF-8");
    if (n == 0) continue;
    require(node.parent < n && tree[node.parent].end >= node.end, "a subtree is not inside its parent's");
    depth[n] = depth[node.parent] + 1;
    require(depth[n] <= limits.max_depth, "the tree is deeper than its limit");
    if (node.tag == HtmlTag::Text) require(is_valid_utf8(node.text), "a text is not UTF-8");
  }
}

/// Without white space and control characters.
std::string squeezed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    const bool space = c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200F) || c == 0x3000 ||
                       c == 0xFEFF || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x1680;
    if (!space) append_utf8(out, c);
  }
  return out;
}

bool stands_in(std::string_view text, std::string_view page) {
  std::size_t at = 0;
  for (char c : text) {
    at = page.find(c, at);
    if (at++ == std::string_view::npos) return false;
  }
  return true;
}

void check_article(const Article& article, const HtmlTree& tree) {
  std::string page;
  for (std::size_t n = 0; n < tree.size(); ++n) page += tree[n].tag == HtmlTag::Text ? tree[n].text : "";
  const std::string haystack = squeezed(page);
  const bool told = article.fields.contains("body") && article.fields.at("body").how == "json-ld";
  for (const std::string& paragraph : article.paragraphs) {
    require(is_valid_utf8(paragraph) && !paragraph.empty(), "a paragraph is empty or not UTF-8");
    require(told || stands_in(squeezed(paragraph), haystack), "a paragraph does not stand in the page");
  }
  for (const std::string* field :
       {&article.headline, &article.title, &article.summary, &article.byline, &article.publisher, &article.language})
    require(is_valid_utf8(*field), "a field is not UTF-8");
  for (const auto& [name, provenance] : article.fields)
    require(provenance.confidence >= 0 && provenance.confidence <= 100, "a confidence is no percentage");
  std::uint32_t last = 0;
  for (const Removed& removed : article.removed) {
    require(removed.lines.first > last && removed.lines.first <= removed.lines.last, "removed lines are out of order");
    last = removed.lines.last;
    require(is_valid_utf8(removed.text) && removed.text.size() <= 300, "a removed text is too long or not UTF-8");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Decoded decoded = decode({reinterpret_cast<const char*>(data), size});
  const HtmlLimits limits;
  const HtmlTree tree(decoded.text, limits);
  check_tree(tree, limits);
  check_article(page_article(decoded.text, std::nullopt, 1 << 20), tree);
  return 0;
}
