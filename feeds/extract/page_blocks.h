// A page's tree → its blocks: the pieces of text that stand by themselves when it is shown, in order, each with what
// can be seen of it and of the elements around it. Pure, any thread, linear. It chooses no body: page_body.h does.
#pragma once

#include "feeds/article/article.h"
#include "feeds/format/html_tree.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct PageBlock {
  std::uint32_t node = 0;             ///< the block-level element that holds it
  std::uint32_t first = 0, last = 0;  ///< its first and last text node
  std::uint32_t at = 0;               ///< byte of the page where its text begins
  std::uint32_t line = 1;             ///< the page's own, of that byte
  HtmlTag tag = HtmlTag::Div;  ///< the nearest of p, h1 … h6, li, blockquote, td, figcaption, pre, dt, dd, a, div …
  std::string text;            ///< white space squeezed
  std::size_t length = 0;      ///< characters; one of a script without spaces counts as three
  std::size_t linked = 0;      ///< of them in links
  std::size_t bold = 0;        ///< of them in b, strong, em, i
  std::size_t words = 0;
  bool ends_sentence = false;
  bool in_list = false, in_quote = false, in_table = false, in_figure = false;
  std::optional<RemovedKind> kind;  ///< set when the elements around it say that it is no part of a body
  std::string_view why;             ///< the rule that said so: "element", "class", "hidden"

  double link_share() const { return length == 0 ? 0 : static_cast<double>(linked) / static_cast<double>(length); }
};

bool is_heading(const PageBlock& block);

/// A block that reads like running text: a sentence of some length that is no link.
bool is_running_text(const PageBlock& block);

struct PageBlocks {
  std::vector<PageBlock> blocks;
  std::size_t running = 0;  ///< length of all running text, pruned or not
};

/// Elements that are no part of a body (nav, aside, form, hidden ones, those named so) set the kind of their blocks,
/// unless that would cost too much of the page's running text: then the name lied.
PageBlocks page_blocks(const HtmlTree& tree);

}  // namespace newsd
