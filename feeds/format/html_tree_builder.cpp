#include "feeds/format/html_tree_builder.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using enum HtmlTag;

bool is_heading(HtmlTag tag) { return tag >= H1 && tag <= H6; }
bool is_cell(HtmlTag tag) { return tag == Td || tag == Th; }
bool is_row_group(HtmlTag tag) { return tag == Tbody || tag == Thead || tag == Tfoot; }

// What the standard calls scopes: elements an end tag does not reach across.
bool ends_scope(HtmlTag tag) {
  return tag == Document || tag == Html || tag == Table || is_cell(tag) || tag == Caption || tag == Template ||
         tag == Object || tag == Applet || tag == Marquee;
}
bool ends_button_scope(HtmlTag tag) { return ends_scope(tag) || tag == Button; }
bool ends_list_scope(HtmlTag tag) { return ends_scope(tag) || tag == Ul || tag == Ol || tag == Menu || tag == Dir; }
bool ends_table_scope(HtmlTag tag) { return tag == Document || tag == Html || tag == Table || tag == Template; }
bool ends_row_group_scope(HtmlTag tag) { return ends_table_scope(tag); }
bool ends_row_scope(HtmlTag tag) { return ends_table_scope(tag) || is_row_group(tag); }
bool ends_cell_scope(HtmlTag tag) { return ends_row_scope(tag) || tag == Tr; }

bool belongs_in_head(HtmlTag tag) {
  return tag == Base || tag == Link || tag == Meta || tag == Noscript || tag == Script || tag == Style ||
         tag == Template || tag == Title || tag == Bgsound || tag == Basefont || tag == Noframes;
}

/// HTML elements that end an svg or math element they stand in by mistake.
bool breaks_out(HtmlTag tag) {
  return closes_paragraph(tag) || tag == Img || tag == Span || tag == B || tag == Strong || tag == Em || tag == I ||
         tag == Body || tag == Head || tag == Br || tag == Table || tag == Meta;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f") == std::string_view::npos; }

}  // namespace

HtmlTreeBuilder::HtmlTreeBuilder(HtmlTree& tree, const HtmlLimits& limits)
    : tree_(tree), tokens_(tree.html_, limits.max_attributes), limits_(limits) {}

void HtmlTreeBuilder::build() {
  tree_.nodes_.reserve(tree_.html_.size() / 40 + 16);
  tree_.attributes_.reserve(tree_.html_.size() / 60 + 16);
  push(append(Document, 0));
  for (HtmlToken token = tokens_.next(); token.kind != HtmlToken::Kind::End; token = tokens_.next()) {
    if (tree_.nodes_.size() >= limits_.max_nodes) {
      tree_.truncated_ = true;
      break;
    }
    switch (token.kind) {
      case HtmlToken::Kind::StartTag: start(token); break;
      case HtmlToken::Kind::EndTag: end(token); break;
      case HtmlToken::Kind::Text: text(token); break;
      case HtmlToken::Kind::End: break;
    }
  }
  pop_to(0);
}

std::uint32_t HtmlTreeBuilder::append(HtmlTag tag, std::size_t at) {
  HtmlNode node;
  node.tag = tag;
  node.parent = open_.empty() ? 0 : open_.back();
  node.at = static_cast<std::uint32_t>(at);
  const auto n = static_cast<std::uint32_t>(tree_.nodes_.size());
  node.end = n + 1;
  node.first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
  tree_.nodes_.push_back(node);
  return n;
}

/// Leaves `depth` elements open.
void HtmlTreeBuilder::pop_to(std::size_t depth) {
  const auto end = static_cast<std::uint32_t>(tree_.nodes_.size());
  while (open_.size() > depth) {
    HtmlNode& node = tree_.nodes_[open_.back()];
    node.end = end;
    --open_of_[static_cast<std::size_t>(node.tag)];
    open_.pop_back();
  }
}

void HtmlTreeBuilder::push(std::uint32_t n) {
  open_.push_back(n);
  ++open_of_[static_cast<std::size_t>(tree_.nodes_[n].tag)];
}

bool HtmlTreeBuilder::is_open(HtmlTag tag, Stops stops) const {
  if (count_open(tag) == 0) return false;
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (tag_at(i) == tag) return true;
    if (stops(tag_at(i))) return false;
  }
  return false;
}

bool HtmlTreeBuilder::close(HtmlTag tag, Stops stops) {
  if (count_open(tag) == 0) return false;
  for (std::size_t i = open_.size(); i-- > 1;) {
    if (tag_at(i) == tag) {
      pop_to(i);
      return true;
    }
    if (stops(tag_at(i))) return false;
  }
  return false;
}

void HtmlTreeBuilder::close_list_item(HtmlTag tag) {
  const bool item = tag == Li;
  if (item ? count_open(Li) == 0 : count_open(Dd) + count_open(Dt) == 0) return;
  for (std::size_t i = open_.size(); i-- > 1;) {
    const HtmlTag open = tag_at(i);
    if (item ? open == Li : open == Dd || open == Dt) return pop_to(i);
    if (is_special(open) && open != Address && open != Div && open != P) return;
  }
}

void HtmlTreeBuilder::close_table_parts(HtmlTag tag) {
  if (is_cell(tag)) {
    if (!close(Td, ends_cell_scope)) close(Th, ends_cell_scope);
    return;
  }
  close(Caption, ends_table_scope);
  close(Tr, ends_row_scope);
  if (tag == Tr) return;
  for (HtmlTag group : {Tbody, Thead, Tfoot, Colgroup}) close(group, ends_row_group_scope);
}

void HtmlTreeBuilder::close_head_before(HtmlTag tag) {
  if (body_seen_ || belongs_in_head(tag)) return;
  close(Head, ends_scope);
}

void HtmlTreeBuilder::close_implied(HtmlTag tag) {
  if (in_foreign() && breaks_out(tag)) {
    if (!close(Svg, is_block)) close(Math, is_block);
  }
  if (tag == Li || tag == Dd || tag == Dt) close_list_item(tag);
  if (closes_paragraph(tag)) close(P, ends_button_scope);
  if (is_heading(tag) && is_heading(top())) pop_to(open_.size() - 1);
  if (is_cell(tag) || tag == Tr || is_row_group(tag) || tag == Colgroup || tag == Caption) close_table_parts(tag);
  if (tag == Button) close(Button, ends_scope);
  if (tag == A) close(A, is_special);
  if (tag == Select || tag == Input || tag == Textarea) close(Select, ends_scope);
  if ((tag == Option || tag == Optgroup) && top() == Option) pop_to(open_.size() - 1);
  if (tag == Optgroup && top() == Optgroup) pop_to(open_.size() - 1);
}

/// A second html, body or nested form adds nothing to the tree.
bool HtmlTreeBuilder::is_ignored(const HtmlToken& token) {
  if (token.tag == Html) return std::exchange(html_seen_, true);
  if (token.tag == Body) return std::exchange(body_seen_, true);
  if (token.tag == Form) return is_open(Form, ends_scope);
  return token.tag == Frameset || token.tag == Frame || (token.tag == Head && body_seen_);
}

void HtmlTreeBuilder::start(const HtmlToken& token) {
  close_head_before(token.tag);
  if (is_ignored(token)) return;
  close_implied(token.tag);
  const std::uint32_t n = append(token.tag, token.at);
  HtmlNode& node = tree_.nodes_[n];
  if (token.tag == Other) node.text = token.text;
  for (const RawHtmlAttribute& raw : tokens_.attributes()) {
    tree_.attributes_.push_back({raw.name, tree_.decoded(raw.value)});
  }
  node.attributes = static_cast<std::uint16_t>(tokens_.attributes().size());
  const bool closed = is_void(token.tag) || (token.self_closing && in_foreign());
  if (closed || open_.size() >= limits_.max_depth) return;
  push(n);
}

void HtmlTreeBuilder::end(const HtmlToken& token) {
  const HtmlTag tag = token.tag;
  if (tag == Html || tag == Body || is_void(tag)) {
    if (tag == Br) append(Br, token.at);
    return;
  }
  if (!is_heading(tag) && count_open(tag) == 0) return;
  if (tag == Other) {
    for (std::size_t i = open_.size(); i-- > 1 && !is_special(tag_at(i));) {
      if (tag_at(i) == Other && tree_.nodes_[open_[i]].text == token.text) return pop_to(i);
    }
    return;
  }
  if (is_heading(tag)) {
    for (std::size_t i = open_.size(); i-- > 1 && !ends_scope(tag_at(i));) {
      if (is_heading(tag_at(i))) return pop_to(i);
    }
    return;
  }
  if (tag == Form && top() != Form) return;  // its content goes on until its parent ends
  if (tag == P) return void(close(P, ends_button_scope));
  if (tag == Li) return void(close(Li, ends_list_scope));
  if (tag == Table || is_row_group(tag) || tag == Tr || is_cell(tag) || tag == Caption || tag == Colgroup)
    return void(close(tag, tag == Table ? ends_table_scope : ends_row_group_scope));
  close(tag, is_special(tag) ? ends_scope : is_special);
}

void HtmlTreeBuilder::text(const HtmlToken& token) {
  if (!token.raw && !is_raw_text(top())) {
    if (is_blank(token.text) && (top() == Head || top() == Html || top() == Document)) return;
    if (!body_seen_ && top() == Head) close(Head, ends_scope);
  }
  const std::uint32_t n = append(Text, token.at);
  tree_.nodes_[n].text = token.raw ? token.text : tree_.decoded(token.text);
}

}  // namespace newsd
