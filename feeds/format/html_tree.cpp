#include "feeds/format/html_tree.h"

#include "feeds/format/html_tree_builder.h"
#include "feeds/text/entities.h"

#include <algorithm>
#include <utility>

namespace newsd {

HtmlTree::HtmlTree(std::string_view html, const HtmlLimits& limits) : html_(html) {
  HtmlTreeBuilder(*this, limits).build();
}

std::string_view HtmlTree::decoded(std::string_view raw) {
  if (raw.find('&') == std::string_view::npos) return raw;
  std::string& text = decoded_.emplace_back();
  append_decoded(text, raw);
  return text;
}

std::string_view HtmlTree::attribute(std::size_t n, HtmlAttr name) const {
  for (const HtmlAttribute& attribute : attributes(n)) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

bool HtmlTree::has_attribute(std::size_t n, HtmlAttr name) const {
  const auto all = attributes(n);
  return std::any_of(all.begin(), all.end(), [&](const HtmlAttribute& a) { return a.name == name; });
}

std::string HtmlTree::text_of(std::size_t n) const {
  std::string out;
  bool space = false;
  std::uint32_t block = 0;
  for (std::size_t i = n; i < nodes_[n].end; ++i) {
    const HtmlNode& node = nodes_[i];
    if (node.tag == HtmlTag::Script || node.tag == HtmlTag::Style) {
      i = node.end - 1;
      continue;
    }
    space |= is_block(node.tag);
    if (node.tag != HtmlTag::Text) continue;
    std::uint32_t holder = node.parent;
    while (holder > n && !is_block(nodes_[holder].tag)) holder = nodes_[holder].parent;
    space |= std::exchange(block, holder) != holder;
    for (char c : node.text) {
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        space = true;
        continue;
      }
      if (space && !out.empty()) out += ' ';
      space = false;
      out += c;
    }
  }
  return out;
}

}  // namespace newsd
