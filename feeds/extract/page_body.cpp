#include "feeds/extract/page_body.h"

#include "feeds/extract/caption.h"
#include "feeds/extract/class_evidence.h"
#include "feeds/extract/element_key.h"
#include "feeds/extract/house_notice.h"
#include "feeds/extract/page_leftovers.h"
#include "feeds/extract/phrases.h"
#include "feeds/text/fold.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

/// A standfirst is looked for so many blocks before the body.
constexpr std::size_t kHeadBlocks = 25;

constexpr double kMostAgainst = 5;

/// Bodies that turn out to be notices are given up so many times.
constexpr int kMostTries = 3;
/// Weight of a body that may be a notice by mistake, and of one that may be a piece of a longer one.
constexpr double kShortNotice = 5, kShortBody = 20;
/// What a short block weighs there, of its weight elsewhere, and how much more the longer one must weigh.
constexpr double kShortWeight = 0.1, kMuchMore = 1.1;
constexpr std::size_t kLongestNotice = 600;

/// An element named as the body that holds this share of it is a part of it.
constexpr double kSecondPart = 0.08;

/// Where other bodies of the source stood, this one does if so much of what speaks for any is there.
constexpr double kRemembered = 0.5;

/// In hundreds of characters of running text.
double weight_of(const PageBlock& b) {
  if (b.kind) return 0;
  const double linked = b.link_share(), length = static_cast<double>(b.length);
  if (is_heading(b)) return linked > 0.5 ? -0.4 : 0;
  if (linked > 0.5) return -0.3 - std::min(length, 300.0) / 300;
  const double own = 1 - linked;
  if (is_running_text(b)) return std::min(length, 1000.0) / 100 * own * (b.tag == HtmlTag::P ? 1.1 : 1);
  if (b.ends_sentence && length >= 25) return length / 100 * own * (b.tag == HtmlTag::P ? 1.1 : 0.7);
  if (b.tag == HtmlTag::P || b.tag == HtmlTag::Blockquote) return length >= 25 ? 0.1 : -0.05;
  return length < 25 ? -0.25 : -0.15;
}

class BodyFinder {
 public:
  BodyFinder(const HtmlTree& tree, const PageBlocks& page, const BodyHints& hints)
      : tree_(tree), blocks_(page.blocks), hints_(hints), description_(fold_for_matching(hints.description)) {
    out_.blocks.resize(blocks_.size());
    double against = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const double weight = weight_of(blocks_[i]);
      // however long a list of links between two parts of a body, it weighs no more than some paragraphs
      against = weight < 0 ? against + weight : weight > 0 ? 0 : against;
      out_.blocks[i].weight = against < -kMostAgainst ? 0 : weight;
    }
    sum_up();
  }

  PageBody find() {
    for (int tries = 0; tries < kMostTries; ++tries) {
      choose_container();
      choose_run();
      if (!weigh_notices_out()) break;
    }
    if (out_.container != 0) out_.container_key = element_key(tree_, out_.container);
    if (!is_recalled_) reach_from_heading();
    label();
    add_standfirst();
    rate();
    return std::move(out_);
  }

 private:
  struct Range {
    std::size_t first = 0, last = 0;
  };

  /// Whether most of what was chosen are set phrases and notices of the house: the note below a form, an appeal. They
  /// weigh nothing then.
  bool weigh_notices_out() {
    double all = 0, notices = 0;
    std::vector<std::size_t> found;
    std::string folded;
    for (std::size_t i = run_.first; i < run_.last; ++i) {
      const double weight = out_.blocks[i].weight;
      if (weight <= 0) continue;
      all += weight;
      if (blocks_[i].length >= kLongestNotice) continue;
      fold_for_matching(blocks_[i].text, folded);
      if (find_phrase(phrase_form(folded), blocks_[i].words) == nullptr && !house_notice(folded)) continue;
      notices += weight;
      found.push_back(i);
    }
    if (notices * 2 < all || found.empty() || all > kShortNotice) return false;
    for (const std::size_t i : found) out_.blocks[i].weight = 0;
    sum_up();
    out_.container = 0;
    return true;
  }

  /// A short body may be a piece of one that consists of lists, tables and sentences by turns: recipes, results,
  /// descriptions. What stands behind the page's heading is tried, with what is short weighing little against it.
  void reach_from_heading() {
    const double chosen = weight_for(run_);
    if (chosen > kShortBody) return;
    std::size_t heading = 0;
    while (heading < blocks_.size() && (blocks_[heading].tag != HtmlTag::H1 || blocks_[heading].kind)) ++heading;
    const auto [run, sum] = heaviest_run({heading, blocks_.size()}, [&](std::size_t i) {
      const double weight = out_.blocks[i].weight;
      return weight > 0 || blocks_[i].link_share() > 0.5 ? weight : weight * kShortWeight;
    });
    if (sum <= 0 && chosen <= 0 && heading < blocks_.size()) {
      run_ = {heading + 1, blocks_.size()};
      out_.container_key = 0;
      out_.how = "all-blocks";
      return;
    }
    if (weight_for(run) <= chosen * kMuchMore) return;
    run_ = run;
    out_.container_key = 0;
    out_.how = "behind-heading";
  }

  /// What speaks for it, without what speaks against it.
  double weight_for(Range range) const {
    double sum = 0;
    for (std::size_t i = range.first; i < range.last; ++i) sum += std::max(out_.blocks[i].weight, 0.0);
    return sum;
  }

  void sum_up() {
    sums_.assign(1, 0);
    for (const LabelledBlock& b : out_.blocks) sums_.push_back(sums_.back() + b.weight);
  }

  std::size_t index_of(std::size_t node) const {
    return static_cast<std::size_t>(
        std::partition_point(blocks_.begin(), blocks_.end(), [&](const PageBlock& b) { return b.first < node; }) -
        blocks_.begin());
  }
  Range range_of(std::uint32_t node) const { return {index_of(node), index_of(tree_[node].end)}; }
  double sum_of(std::uint32_t node) const {
    const Range range = range_of(node);
    return sums_[range.last] - sums_[range.first];
  }

  /// The element with the greatest sum of weights; then as far down as nearly all of it is kept.
  void choose_container() {
    std::vector<std::uint32_t> candidates;
    std::vector<bool> seen(tree_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (out_.blocks[i].weight <= 0) continue;
      for (std::uint32_t n = blocks_[i].node; !seen[n]; n = tree_[n].parent) {
        seen[n] = true;
        candidates.push_back(n);
        if (n == 0) break;
      }
    }
    std::sort(candidates.begin(), candidates.end());
    double best = 0;
    for (std::uint32_t n : candidates) {
      const double sum = sum_of(n);
      if (sum > best) {
        best = sum;
        out_.container = n;
      }
    }
    out_.how = "densest-element";
    descend(candidates, best);
    recall(candidates, best);
  }

  /// The element that bodies of this source stood in before, where it holds enough of this page.
  void recall(const std::vector<std::uint32_t>& candidates, double best) {
    is_recalled_ = false;
    if (!hints_.container) return;
    double most = kRemembered * best;
    std::uint32_t found = 0;
    for (const std::uint32_t n : candidates) {
      const double sum = sum_of(n);
      if (sum <= most || element_key(tree_, n) != *hints_.container) continue;
      most = sum;
      found = n;
    }
    if (found == 0 || found == out_.container) return;
    is_recalled_ = true;
    out_.container = found;
    out_.how = "remembered-element";
  }

  /// Into an element that holds nearly all of it, or is named as the body and holds most, unless others are named so
  /// too: a body may stand in several parts.
  void descend(const std::vector<std::uint32_t>& candidates, double best) {
    std::vector<std::uint32_t> named;
    double named_sum = 0;
    for (std::uint32_t n : candidates) {
      if (n <= out_.container || n >= tree_[out_.container].end || !class_evidence(tree_, n).body) continue;
      if (!named.empty() && n < tree_[named.back()].end) continue;
      named.push_back(n);
      named_sum += sum_of(n);
    }
    double kept = best;
    for (std::uint32_t n : candidates) {
      if (n <= out_.container || n >= tree_[out_.container].end) continue;
      const double sum = sum_of(n);
      const bool alone = std::binary_search(named.begin(), named.end(), n) && named_sum - sum < kSecondPart * best;
      if (sum < best * (alone ? 0.7 : 0.9) || sum < kept * (alone ? 0.75 : 0.93)) continue;
      out_.container = n;
      kept = sum;
      if (alone) out_.how = "named-element";
    }
  }

  /// Inside the container: what stands behind or before a long row of links is not the article's.
  void choose_run() {
    run_ = heaviest_run(range_of(out_.container), [&](std::size_t i) { return out_.blocks[i].weight; }).run;
  }

  struct Run {
    Range run;
    double sum = 0;
  };
  /// The blocks on end with the greatest sum of weights; empty when none weighs for the body.
  template <class Weight>
  Run heaviest_run(Range within, Weight weight) {
    Run best;
    std::size_t first = within.first;
    double sum = 0;
    headed_ = 0;
    for (std::size_t i = within.first; i < within.last; ++i) {
      if (begins_another(i, best.sum)) break;
      if (sum <= 0) {
        sum = 0;
        first = i;
      }
      sum += weight(i);
      if (sum > best.sum) best = {{first, i + 1}, sum};
    }
    return best;
  }

  /// An h1 in an article element of its own, behind the text of another: pages that load the next article below.
  bool begins_another(std::size_t i, double best) {
    if (blocks_[i].tag != HtmlTag::H1 || blocks_[i].kind) return false;
    const std::uint32_t article = article_of(blocks_[i].node);
    const bool another = headed_ != 0 && article != 0 && article != headed_ && best > 0;
    if (headed_ == 0) headed_ = article;
    return another;
  }

  std::uint32_t article_of(std::uint32_t node) const {
    for (std::uint32_t n = node; n != 0; n = tree_[n].parent) {
      if (tree_[n].tag == HtmlTag::Article) return n;
    }
    return 0;
  }

  void remove(std::size_t i, RemovedKind kind, std::string_view how) {
    out_.blocks[i].role = BlockRole::Removed;
    out_.blocks[i].kind = kind;
    out_.blocks[i].how = how;
  }

  void label() {
    std::string folded;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const PageBlock& b = blocks_[i];
      if (b.kind) {
        remove(i, *b.kind, b.why);
        continue;
      }
      if (i < run_.first || i >= run_.last) {
        remove(i, i < run_.first ? RemovedKind::Navigation : RemovedKind::Other, "outside");
        continue;
      }
      label_inside(i, folded);
    }
    drop_leftovers(blocks_, hints_, run_.first, run_.last, out_.blocks);
  }

  void label_inside(std::size_t i, std::string& folded) {
    const PageBlock& b = blocks_[i];
    const double linked = b.link_share();
    if (b.length < 400) {
      fold_for_matching(b.text, folded);
      if (b.tag == HtmlTag::H1) return remove(i, RemovedKind::Repeat, "headline");
      if (const Phrase* phrase = find_phrase(phrase_form(folded), b.words)) return remove(i, phrase->kind, "phrase");
      if (!b.ends_sentence && (has_caption_marks(b.text, folded) || ends_with_credit(b.text, b.length))) {
        out_.blocks[i].role = BlockRole::Caption;
        out_.blocks[i].how = "caption-credit-pattern";
        return;
      }
    }
    if (linked > 0.8 && !(b.ends_sentence && b.tag == HtmlTag::P && b.length >= 80))
      return remove(i, RemovedKind::Related, "links");
    if (linked > 0.5 && (b.in_list || !b.ends_sentence)) return remove(i, RemovedKind::Related, "links");
    if (b.in_figure && !is_running_text(b)) {
      out_.blocks[i].role = BlockRole::Caption;
      out_.blocks[i].how = "figure";
      return;
    }
    out_.blocks[i].role = BlockRole::Body;
    out_.blocks[i].how = "inside";
  }

  /// A sentence or two between headline and body: what the page gives as its description, or stands alone there.
  void add_standfirst() {
    std::size_t first = 0;
    while (first < blocks_.size() && out_.blocks[first].role != BlockRole::Body) ++first;
    if (first == blocks_.size()) return;
    std::size_t heading = first;
    for (std::size_t back = 0; heading > 0 && back < kHeadBlocks && blocks_[heading].tag != HtmlTag::H1; ++back)
      --heading;
    if (blocks_[heading].tag != HtmlTag::H1) heading = first < kHeadBlocks ? 0 : first - kHeadBlocks;
    std::string folded;
    for (std::size_t i = heading; i < first; ++i) {
      const PageBlock& b = blocks_[i];
      if (b.tag == HtmlTag::H1 || b.length < 30 || b.length > 600 || b.link_share() > 0.3) continue;
      fold_for_matching(b.text, folded);
      const bool described =
          description_.size() >= 30 &&
          (folded.starts_with(
               std::string_view(description_).substr(0, std::min<std::size_t>(description_.size(), 60))) ||
           (folded.size() >= 40 && description_.starts_with(folded)));
      if (!described && !stands_alone(i, folded)) continue;
      out_.blocks[i].role = BlockRole::Body;
      out_.blocks[i].how = "standfirst";
      return;
    }
  }

  bool stands_alone(std::size_t i, std::string_view folded) const {
    const PageBlock& b = blocks_[i];
    if (b.kind || !b.ends_sentence || b.length < 50 || b.words < 8 || b.in_list || b.in_figure) return false;
    return find_phrase(phrase_form(folded), b.words) == nullptr && !has_caption_marks(b.text, folded);
  }

  void rate() {
    double body = 0, all = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const double weight = std::max(out_.blocks[i].weight, 0.0);
      all += weight;
      if (out_.blocks[i].role == BlockRole::Body) body += weight;
    }
    out_.confidence = all <= 0 ? 20 : static_cast<int>(30 + 65 * body / all * std::min(1.0, body / 8));
  }

  const HtmlTree& tree_;
  const std::vector<PageBlock>& blocks_;
  const BodyHints& hints_;
  std::string description_;
  std::vector<double> sums_;
  Range run_;
  bool is_recalled_ = false;  ///< the container is another than the page by itself gave, by what its source did before
  std::uint32_t headed_ = 0;  ///< the article element whose h1 was seen first
  PageBody out_;
};

}  // namespace

PageBody page_body(const HtmlTree& tree, const PageBlocks& page, const BodyHints& hints) {
  return BodyFinder(tree, page, hints).find();
}

}  // namespace newsd
