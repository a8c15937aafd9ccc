// HTML → a tree of elements and text in one array, in the order of the document. Pure, any thread, linear in time and
// memory whatever the nesting. It follows the HTML standard in where elements end; it does not move misplaced elements
// (no foster parents, no adoption). Scripts and styles are in it as text; what counts is extraction's question.
#pragma once

#include "feeds/format/html_names.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct HtmlAttribute {
  HtmlAttr name = HtmlAttr::Other;
  std::string_view value;  ///< decoded
};

/// Nodes are numbered in document order: the subtree of node n is n … end - 1.
struct HtmlNode {
  HtmlTag tag = HtmlTag::Text;
  std::uint16_t attributes = 0;
  std::uint32_t first_attribute = 0;
  std::uint32_t parent = 0;
  std::uint32_t end = 0;
  std::uint32_t at = 0;   ///< byte of the document
  std::string_view text;  ///< decoded, of Text; the name as written, of Other
};

struct HtmlLimits {
  std::size_t max_nodes = 1'000'000;
  std::size_t max_depth = 512;  ///< deeper elements stand beside one another at that depth
  std::size_t max_attributes = 256;
};

class HtmlTree {
 public:
  /// html: well-formed UTF-8, must outlive the tree. Node 0 is the Document.
  explicit HtmlTree(std::string_view html, const HtmlLimits& limits = {});

  std::size_t size() const { return nodes_.size(); }
  const HtmlNode& operator[](std::size_t n) const { return nodes_[n]; }
  std::span<const HtmlAttribute> attributes(std::size_t n) const {
    return {attributes_.data() + nodes_[n].first_attribute, nodes_[n].attributes};
  }
  /// Empty when it is absent or has no value.
  std::string_view attribute(std::size_t n, HtmlAttr name) const;
  bool has_attribute(std::size_t n, HtmlAttr name) const;
  /// The text below a node, runs of white space as one space, none at the ends; nothing of scripts and styles.
  std::string text_of(std::size_t n) const;
  bool truncated() const { return truncated_; }  ///< there are more nodes than the limit
  std::string_view source() const { return html_; }

 private:
  friend class HtmlTreeBuilder;
  std::string_view decoded(std::string_view raw);

  std::string_view html_;
  std::vector<HtmlNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
  std::deque<std::string> decoded_;  ///< texts with references; their places never move
  bool truncated_ = false;
};

}  // namespace newsd
