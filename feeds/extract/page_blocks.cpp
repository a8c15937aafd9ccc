#include "feeds/extract/page_blocks.h"

#include "feeds/extract/class_evidence.h"
#include "feeds/text/eight_bytes.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace newsd {
namespace {

using enum HtmlTag;

/// Bytes of text that a noscript element is looked into from, and the share of a page's text that it must hold to be
/// more than the copy of what a script shows.
constexpr std::size_t kMuchText = 1000;
constexpr double kMostWithoutScript = 0.6;

/// Elements whose content is never shown as text.
bool is_dropped(HtmlTag tag) {
  switch (tag) {
    case Script:
    case Style:
    case Template:
    case Noscript:
    case Head:
    case Svg:
    case Math:
    case Iframe:
    case Object:
    case Textarea:
    case Select:
    case Datalist:
    case Audio:
    case Video:
    case Canvas:
    case Map:
    case Noembed:
    case Noframes:
    case Button:
    case Title: return true;
    default: return false;
  }
}

/// What an element is by its own name.
std::optional<RemovedKind> kind_of(HtmlTag tag) {
  switch (tag) {
    case Nav:
    case Footer:
    case Menu:
    case Aside: return RemovedKind::Navigation;
    case Form:
    case Fieldset:
    case Search:
    case Dialog: return RemovedKind::Widget;
    case Figcaption: return RemovedKind::Caption;
    default: return std::nullopt;
  }
}

bool names_a_block(HtmlTag tag) {
  return (tag >= H1 && tag <= H6) || tag == P || tag == Li || tag == Blockquote || tag == Td || tag == Th ||
         tag == Pre || tag == Dt || tag == Dd || tag == Figcaption || tag == Caption || tag == Address ||
         tag == Summary;
}

bool is_hidden(const HtmlTree& tree, std::size_t n) {
  for (const HtmlAttribute& attribute : tree.attributes(n)) {
    if (attribute.name == HtmlAttr::Hidden) return true;
    if (attribute.name == HtmlAttr::AriaHidden && attribute.value == "true") return true;
    if (attribute.name != HtmlAttr::Style) continue;
    const auto display = attribute.value.find("display");
    if (display == std::string_view::npos) continue;
    const auto value = attribute.value.find_first_not_of(": \t", display + 7);
    if (value != std::string_view::npos && attribute.value.substr(value).starts_with("none")) return true;
  }
  return false;
}

/// Posts of social networks that a script makes a frame of.
bool is_embed(std::string_view names) {
  for (std::string_view name : {"twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed",
                                "reddit-card", "reddit-embed", "fb-post", "text-post-media"}) {
    if (names.find(name) != std::string_view::npos) return true;
  }
  return false;
}

/// Eight bytes at a time: pages are long.
std::uint32_t count_line_feeds(std::string_view text) {
  std::size_t count = 0, at = 0;
  for (; at + EightBytes::kSize <= text.size(); at += EightBytes::kSize)
    count += EightBytes::at(text.data() + at).count('\n');
  for (; at < text.size(); ++at) count += text[at] == '\n';
  return static_cast<std::uint32_t>(count);
}

/// An element that may have to be left out, and how much of the page's running text it may cost at most.
struct Cut {
  std::uint32_t node = 0;
  RemovedKind kind = RemovedKind::Other;
  std::string_view why;
  double most = 0;
};

class BlockReader {
 public:
  explicit BlockReader(const HtmlTree& tree) : tree_(tree) {}

  PageBlocks read() {
    open_.push_back(0);
    for (std::size_t n = 1; n < tree_.size();) n = visit(n);
    close_until(tree_.size());
    end_block();
    apply_cuts();
    number_lines();
    return std::move(out_);
  }

 private:
  void number_lines() {
    std::uint32_t line = 1;
    std::size_t counted = 0;
    for (PageBlock& block : out_.blocks) {
      line += count_line_feeds(tree_.source().substr(counted, block.at - counted));
      counted = block.at;
      block.line = line;
    }
  }

  std::size_t visit(std::size_t n) {
    close_until(n);
    const HtmlNode& node = tree_[n];
    if (node.tag == Text) {
      add_text(n);
      return n + 1;
    }
    if (is_dropped(node.tag) && !(node.tag == Noscript && holds_much_text(n))) {
      if (node.tag != Noscript || is_block(node.tag)) space_ = true;
      return node.end;
    }
    enter(n);
    return n + 1;
  }

  /// What is shown without scripts is a picture or a complaint nearly always, yet some pages put their text there. Of
  /// such elements within one another the outermost decides: no text is looked at twice.
  bool holds_much_text(std::size_t n) {
    if (n < shown_to_) return true;
    std::size_t bytes = 0;
    for (std::size_t inner = n + 1; inner < tree_[n].end && bytes < kMuchText; ++inner) {
      if (tree_[inner].tag == Text) bytes += tree_[inner].text.size();
    }
    if (bytes >= kMuchText) shown_to_ = tree_[n].end;
    return bytes >= kMuchText;
  }

  void enter(std::size_t n) {
    const HtmlTag tag = tree_[n].tag;
    if (tag == Br) {
      // two on end part paragraphs
      if (break_) end_block();
      break_ = space_ = true;
      return;
    }
    if (is_block(tag)) end_block();
    spare_holders(n);
    note_cut(n);
    if (tree_[n].end == n + 1) return;
    open_.push_back(static_cast<std::uint32_t>(n));
    links_ += tag == A;
    bolds_ += tag == B || tag == Strong || tag == Em || tag == I;
    lists_ += tag == Li;
    quotes_ += tag == Blockquote;
    tables_ += tag == Td || tag == Th;
    figures_ += tag == Figure;
  }

  void close_until(std::size_t n) {
    while (open_.size() > 1 && tree_[open_.back()].end <= n) {
      const HtmlTag tag = tree_[open_.back()].tag;
      if (is_block(tag)) end_block();
      links_ -= tag == A;
      bolds_ -= tag == B || tag == Strong || tag == Em || tag == I;
      lists_ -= tag == Li;
      quotes_ -= tag == Blockquote;
      tables_ -= tag == Td || tag == Th;
      figures_ -= tag == Figure;
      open_.pop_back();
    }
  }

  /// What is said to be the page's main part is no part of a dialog or a menu, whatever the elements around it are
  /// named.
  void spare_holders(std::size_t n) {
    const bool is_main =
        tree_[n].tag == Main || (tree_[n].attributes > 0 && (tree_.attribute(n, HtmlAttr::Role) == "main" ||
                                                             tree_.attribute(n, HtmlAttr::Itemprop) == "articleBody"));
    if (!is_main || ++mains_ > kMostMains) return;
    std::erase_if(cuts_, [&](const Cut& cut) { return cut.why == "class" && tree_[cut.node].end > n; });
  }

  void note_cut(std::size_t n) {
    const HtmlNode& node = tree_[n];
    if (node.tag == Html || node.tag == Body || node.tag == Main) return;
    const auto index = static_cast<std::uint32_t>(n);
    if (const auto kind = kind_of(node.tag)) cuts_.push_back({index, *kind, "element", node.tag == Nav ? 0.9 : 0.35});
    if (node.tag == Noscript) cuts_.push_back({index, RemovedKind::Other, "hidden", kMostWithoutScript});
    if (node.attributes == 0) return;
    if (is_hidden(tree_, n)) cuts_.push_back({index, RemovedKind::Other, "hidden", 0.4});
    if (node.tag == Blockquote && is_embed(tree_.attribute(n, HtmlAttr::Class))) {
      cuts_.push_back({index, RemovedKind::Social, "embed", 0.4});
      return;
    }
    const ClassEvidence evidence = class_evidence(tree_, n);
    if (!evidence.kind || evidence.body) return;
    const bool inline_element = !is_block(node.tag);
    const double most = *evidence.kind == RemovedKind::CommentForm ? 0.85
                        : evidence.content || inline_element       ? 0.15
                                                                   : 0.3;
    cuts_.push_back({index, *evidence.kind, "class", most});
  }

  void add_text(std::size_t n) {
    const auto is_space = [](char c) { return (c & 0x80) == 0 && (c <= ' ' || c == 0x7F); };
    const std::string_view text = tree_[n].text;
    std::size_t added = 0;
    for (std::size_t at = 0; at < text.size();) {
      if (is_space(text[at])) {
        space_ = true;
        ++at;
        continue;
      }
      std::size_t end = at + 1;
      while (end < text.size() && !is_space(text[end])) ++end;
      if (open_block_.text.empty()) begin_block(n);
      open_block_.last = static_cast<std::uint32_t>(n);
      if (space_ && !open_block_.text.empty()) open_block_.text += ' ';
      space_ = break_ = false;
      open_block_.text += text.substr(at, end - at);
      added += end - at;
      at = end;
    }
    if (links_ > 0) open_block_.linked += added;
    if (bolds_ > 0) open_block_.bold += added;
    bytes_ += added;
  }

  void begin_block(std::size_t n) {
    open_block_.first = static_cast<std::uint32_t>(n);
    open_block_.at = tree_[n].at;
    open_block_.tag = Div;
    bool named = false, held = false;
    for (std::size_t i = open_.size(); i-- > 0 && !(named && held);) {
      const HtmlTag tag = tree_[open_[i]].tag;
      if (!held && is_block(tag)) {
        open_block_.node = open_[i];
        held = true;
      }
      if (!named && (names_a_block(tag) || tag == Div || tag == Section || tag == Article)) {
        open_block_.tag = tag;
        named = true;
      }
    }
    open_block_.in_list = lists_ > 0;
    open_block_.in_quote = quotes_ > 0;
    open_block_.in_table = tables_ > 0;
    open_block_.in_figure = figures_ > 0;
    space_ = false;
  }

  void end_block() {
    space_ = break_ = false;
    PageBlock block = std::exchange(open_block_, {});
    const std::size_t bytes = std::exchange(bytes_, 0);
    if (block.text.empty()) return;
    measure(block, bytes);
    if (block.length == 0) return;
    if (is_running_text(block)) out_.running += block.length;
    out_.blocks.push_back(std::move(block));
  }

  static void measure(PageBlock& block, std::size_t bytes) {
    std::size_t characters = 0, unspaced = 0;
    bool ascii = true;
    for (char c : block.text) ascii &= (c & 0x80) == 0;
    if (ascii) {
      characters = block.text.size();
    } else {
      for (std::size_t at = 0; at < block.text.size();) {
        unspaced += is_unspaced(next_character(block.text, at));
        ++characters;
      }
    }
    block.length = characters + 2 * unspaced;
    const auto scaled = [&](std::size_t part) { return bytes == 0 ? 0 : part * block.length / bytes; };
    block.linked = std::min(scaled(block.linked), block.length);
    block.bold = std::min(scaled(block.bold), block.length);
    block.words = count_words(block.text);
    block.ends_sentence = ends_sentence(block.text);
  }

  /// Length of running text in the blocks before each.
  std::vector<std::size_t> running_before() const {
    std::vector<std::size_t> sums{0};
    for (const PageBlock& block : out_.blocks)
      sums.push_back(sums.back() + (is_running_text(block) ? block.length : 0));
    return sums;
  }

  std::size_t index_of(std::size_t node) const {
    return static_cast<std::size_t>(std::partition_point(out_.blocks.begin(), out_.blocks.end(),
                                                         [&](const PageBlock& b) { return b.first < node; }) -
                                    out_.blocks.begin());
  }

  /// Names that many small elements bear and that together hold half of the page's running text: a gallery's captions
  /// are its article, and what is named a menu is none.
  struct Excess {
    bool captions = false, menus = false;
  };
  Excess find_excess(const std::vector<std::size_t>& sums) const {
    std::size_t captions = 0, menus = 0;
    std::uint32_t counted_to = 0;
    for (const Cut& cut : cuts_) {
      const bool caption = cut.kind == RemovedKind::Caption;
      if (cut.node < counted_to || (!caption && (cut.kind != RemovedKind::Navigation || cut.why != "class"))) continue;
      const std::size_t cost = sums[index_of(tree_[cut.node].end)] - sums[index_of(cut.node)];
      // one by itself is judged by its own share
      if (static_cast<double>(cost) <= cut.most * static_cast<double>(out_.running))
        (caption ? captions : menus) += cost;
      counted_to = tree_[cut.node].end;
    }
    return {captions * 2 > out_.running, menus * 2 > out_.running};
  }

  /// Outer elements first: what they cut, inner ones need not judge.
  void apply_cuts() {
    const std::vector<std::size_t> sums = running_before();
    const Excess excess = find_excess(sums);
    std::uint32_t cut_to = 0;
    for (const Cut& cut : cuts_) {
      if (cut.node < cut_to || (excess.captions && cut.kind == RemovedKind::Caption) ||
          (excess.menus && cut.kind == RemovedKind::Navigation && cut.why == "class"))
        continue;
      const std::size_t first = index_of(cut.node), last = index_of(tree_[cut.node].end);
      const auto cost = static_cast<double>(sums[last] - sums[first]);
      // a body in several parts, each named "paywall" or "widget", must not be lost part by part
      double& spent = spent_[static_cast<std::size_t>(cut.kind)];
      const bool adds_up = cut.why == "class" && !may_repeat(cut.kind);
      if (cost + (adds_up ? spent : 0) > cut.most * static_cast<double>(out_.running)) continue;
      spent += cost;
      for (std::size_t i = first; i < last; ++i) {
        if (out_.blocks[i].last >= tree_[cut.node].end) continue;  // it only begins with the element
        out_.blocks[i].kind = cut.kind;
        out_.blocks[i].why = cut.why;
      }
      cut_to = tree_[cut.node].end;
    }
  }

  /// Kinds a page may hold more of than of its article.
  static bool may_repeat(RemovedKind kind) {
    return kind == RemovedKind::Related || kind == RemovedKind::CommentForm || kind == RemovedKind::Navigation ||
           kind == RemovedKind::Cookie;
  }

  static constexpr std::size_t kMostMains = 8;

  const HtmlTree& tree_;
  PageBlocks out_;
  std::size_t mains_ = 0;
  std::size_t shown_to_ = 0;        ///< the end of the noscript element that is looked into
  std::array<double, 16> spent_{};  ///< length of running text cut already, by kind
  std::vector<std::uint32_t> open_;
  std::vector<Cut> cuts_;
  PageBlock open_block_;
  std::size_t bytes_ = 0;
  bool space_ = false, break_ = false;
  std::size_t links_ = 0, bolds_ = 0, lists_ = 0, quotes_ = 0, tables_ = 0, figures_ = 0;
};

}  // namespace

bool is_heading(const PageBlock& block) { return block.tag >= H1 && block.tag <= H6; }

bool is_running_text(const PageBlock& block) {
  return !is_heading(block) && block.length >= 80 && block.link_share() < 0.5 &&
         (block.ends_sentence || block.length >= 200);
}

PageBlocks page_blocks(const HtmlTree& tree) { return BlockReader(tree).read(); }

}  // namespace newsd
