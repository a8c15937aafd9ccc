// Where elements begin and end: the tokens of a page → the nodes of an HtmlTree. Used by html_tree.cpp alone.
#pragma once

#include "feeds/format/html_tokenizer.h"
#include "feeds/format/html_tree.h"

#include <array>
#include <vector>

namespace newsd {

class HtmlTreeBuilder {
 public:
  HtmlTreeBuilder(HtmlTree& tree, const HtmlLimits& limits);
  void build();

 private:
  using Stops = bool (*)(HtmlTag);

  void start(const HtmlToken& token);
  void end(const HtmlToken& token);
  void text(const HtmlToken& token);
  bool is_ignored(const HtmlToken& token);
  void close_implied(HtmlTag tag);
  void close_list_item(HtmlTag tag);
  void close_table_parts(HtmlTag tag);
  void close_head_before(HtmlTag tag);
  /// Pops the innermost open element of the tag unless an element that stops the search is open inside it.
  bool close(HtmlTag tag, Stops stops);
  std::uint32_t append(HtmlTag tag, std::size_t at);
  void push(std::uint32_t n);
  void pop_to(std::size_t depth);
  std::uint32_t count_open(HtmlTag tag) const { return open_of_[static_cast<std::size_t>(tag)]; }
  bool in_foreign() const { return count_open(HtmlTag::Svg) + count_open(HtmlTag::Math) > 0; }
  HtmlTag top() const { return tree_.nodes_[open_.back()].tag; }
  HtmlTag tag_at(std::size_t depth) const { return tree_.nodes_[open_[depth]].tag; }
  bool is_open(HtmlTag tag, Stops stops) const;

  HtmlTree& tree_;
  HtmlTokenizer tokens_;
  HtmlLimits limits_;
  std::vector<std::uint32_t> open_;
  std::array<std::uint32_t, 256> open_of_{};  ///< how many elements of each tag are open
  bool html_seen_ = false, body_seen_ = false;
};

}  // namespace newsd
