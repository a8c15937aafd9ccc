#include "feeds/extract/page_pictures.h"

#include "feeds/extract/caption.h"
#include "feeds/text/controls.h"
#include "feeds/text/lines.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr std::size_t kMostPictures = 20;

/// Of "a.jpg 320w, b.jpg 640w" the last, which is the largest as they are written.
std::string_view last_of_srcset(std::string_view set) {
  const auto comma = set.rfind(", ");
  const std::string_view last = trimmed(comma == std::string_view::npos ? set : set.substr(comma + 2));
  return last.substr(0, std::min(last.find(' '), last.size()));
}

/// The address of an img: lazy ones stand in data- attributes.
std::string address_of(const HtmlTree& tree, std::size_t n) {
  for (HtmlAttr name :
       {HtmlAttr::DataSrc, HtmlAttr::DataOriginal, HtmlAttr::Src, HtmlAttr::DataSrcset, HtmlAttr::Srcset}) {
    std::string_view value = trimmed(tree.attribute(n, name));
    if (name == HtmlAttr::DataSrcset || name == HtmlAttr::Srcset) value = last_of_srcset(value);
    if (value.starts_with("//")) return "https:" + on_one_line(value);
    if (value.starts_with("http")) return on_one_line(value);
  }
  return {};
}

class PictureReader {
 public:
  PictureReader(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page, const PageBody& body)
      : tree_(tree), facts_(facts), page_(page), body_(body) {}

  std::vector<Picture> read() {
    const std::string* lead = !facts_.images.empty()      ? &facts_.images.front()
                              : !facts_.ld.images.empty() ? &facts_.ld.images.front()
                                                          : nullptr;
    if (lead != nullptr && lead->starts_with("http")) add({{}, {}, {}, on_one_line(*lead)});
    for (std::size_t i = 0; i < page_.blocks.size() && out_.size() < kMostPictures; ++i) {
      if (is_caption(i)) i = read_caption(i) - 1;
    }
    return std::move(out_);
  }

 private:
  /// Captions inside the body, and those in figures anywhere before its end.
  bool is_caption(std::size_t i) const {
    const LabelledBlock& label = body_.blocks[i];
    if (label.role == BlockRole::Caption) return true;
    const bool kind = label.kind == RemovedKind::Caption || label.kind == RemovedKind::Credit;
    return label.role == BlockRole::Removed && kind && page_.blocks[i].in_figure &&
           page_.blocks[i].first < tree_[body_.container].end;
  }

  /// Reads the caption at block i and what belongs to it; returns the next block.
  std::size_t read_caption(std::size_t i) {
    std::vector<std::string_view> lines;
    const std::uint32_t figure = figure_of(page_.blocks[i].node);
    std::size_t next = i;
    while (next < page_.blocks.size() && is_caption(next) && lines.size() < 4 &&
           page_.blocks[next].first < tree_[figure].end)
      lines.emplace_back(page_.blocks[next++].text);
    if (next == i) lines.emplace_back(page_.blocks[next++].text);
    Picture picture;
    for (std::string_view line : lines) {
      const PictureCredit credit = picture_credit(line);
      if (!credit.name.empty() && picture.credit.empty()) picture.credit = on_one_line(credit.name);
      if (credit.begin == 0 && !credit.name.empty()) continue;
      if (!picture.caption.empty()) picture.caption += ' ';
      picture.caption += on_one_line(line);
    }
    for (std::uint32_t n = figure; n < tree_[figure].end && picture.url.empty(); ++n) {
      if (tree_[n].tag != HtmlTag::Img && tree_[n].tag != HtmlTag::AmpImg) continue;
      picture.url = address_of(tree_, n);
      picture.alt = on_one_line(tree_.attribute(n, HtmlAttr::Alt));
    }
    if (!picture.caption.empty() || !picture.url.empty() || !picture.credit.empty()) add(std::move(picture));
    return next;
  }

  /// The figure around a node; without one, an element a little above it, where its image should stand.
  std::uint32_t figure_of(std::uint32_t node) const {
    std::uint32_t near = node;
    for (std::uint32_t n = node, up = 0; n != 0 && up < 6; n = tree_[n].parent, ++up) {
      if (tree_[n].tag == HtmlTag::Figure) return n;
      if (up <= 2) near = n;
    }
    return near;
  }

  void add(Picture picture) {
    const auto same = std::find_if(out_.begin(), out_.end(),
                                   [&](const Picture& p) { return !picture.url.empty() && p.url == picture.url; });
    if (same == out_.end()) {
      out_.push_back(std::move(picture));
    } else if (same->caption.empty()) {
      *same = std::move(picture);
    }
  }

  const HtmlTree& tree_;
  const PageFacts& facts_;
  const PageBlocks& page_;
  const PageBody& body_;
  std::vector<Picture> out_;
};

}  // namespace

std::vector<Picture> page_pictures(const HtmlTree& tree, const PageFacts& facts, const PageBlocks& page,
                                   const PageBody& body) {
  return PictureReader(tree, facts, page, body).read();
}

}  // namespace newsd
