#include "feeds/extract/page_leftovers.h"

#include "feeds/extract/author_note.h"
#include "feeds/extract/house_notice.h"
#include "feeds/extract/page_date.h"
#include "feeds/text/fold.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

/// Two paragraphs of one notice stand no further apart.
constexpr std::size_t kNoticeBlocks = 6;

/// Notes on authors stand among so many last blocks.
constexpr std::size_t kLastBlocks = 5;

class Leftovers {
 public:
  Leftovers(const std::vector<PageBlock>& blocks, const BodyHints& hints, std::size_t first, std::size_t last,
            std::vector<LabelledBlock>& labels)
      : blocks_(blocks), hints_(hints), first_(first), last_(last), labels_(labels) {}

  void drop() {
    drop_house_notices();
    drop_teasers();
    drop_author_notes();
    drop_lone_headings();
  }

 private:
  void remove(std::size_t i, RemovedKind kind, std::string_view how) {
    labels_[i].role = BlockRole::Removed;
    labels_[i].kind = kind;
    labels_[i].how = how;
  }

  /// Appeals, consent and mailings, with what stands between two paragraphs of them. An article about such things says
  /// so in its headline.
  void drop_house_notices() {
    std::string folded;
    fold_for_matching(hints_.headline, folded);
    if (house_notice(folded) || folded.find("cookie") != std::string::npos) return;
    std::size_t before = blocks_.size();
    for (std::size_t i = first_; i < last_; ++i) {
      if (labels_[i].role != BlockRole::Body || is_heading(blocks_[i])) continue;
      fold_for_matching(blocks_[i].text, folded);
      const auto kind = house_notice(folded);
      if (!kind) continue;
      const std::size_t first = before < i && i - before <= kNoticeBlocks ? before + 1 : i;
      for (std::size_t n = first; n <= i; ++n) {
        if (labels_[n].role == BlockRole::Body) remove(n, *kind, "house-notice");
      }
      before = i;
    }
  }

  /// Teasers of other articles: lines with a name and a day, one after another. With the line before the
  /// first, which is its title, everything from there is none of the article. A live blog has such lines from the
  /// start.
  void drop_teasers() {
    std::size_t first = last_, count = 0;
    double before = 0, all = 0;
    for (std::size_t i = first_; i < last_; ++i) {
      if (labels_[i].role != BlockRole::Body) continue;
      all += std::max(labels_[i].weight, 0.0);
      if (!is_author_and_day(blocks_[i])) continue;
      if (count++ == 0) {
        first = i;
        before = all;
      }
    }
    if (count < 2 || before * 4 < all) return;
    if (first > first_ && !blocks_[first - 1].ends_sentence && blocks_[first - 1].length < 150) --first;
    for (std::size_t i = first; i < last_; ++i) {
      if (labels_[i].role == BlockRole::Body) remove(i, RemovedKind::Related, "teaser");
    }
  }

  /// "Ida Holm February 12, 2024"
  static bool is_author_and_day(const PageBlock& b) {
    const bool begins_with_name = !b.text.empty() && b.text.front() >= 'A' && b.text.front() <= 'Z';
    return begins_with_name && b.words >= 4 && b.words <= 8 && b.length <= 80 && !b.ends_sentence &&
           find_date(b.text, true).has_value();
  }

  /// "Ida Holm writes about boats", "Ida is the harbour correspondent".
  static bool is_about(std::string_view text, std::string_view author) {
    if (author.size() >= 6 && text.starts_with(author)) return true;
    const std::string_view name = author.substr(0, author.find(' '));
    if (name.size() < 3 || name.size() == author.size() || !text.starts_with(name)) return false;
    text.remove_prefix(name.size());
    return text.starts_with(" is a") || text.starts_with(" is the ") || text.starts_with(" is our ");
  }

  /// "Ida Holm has written about boats for twelve years": among the last blocks, one that begins with an author's name.
  void drop_author_notes() {
    std::size_t body = 0;
    for (std::size_t i = blocks_.size(); i-- > 0 && body < kLastBlocks;) {
      if (labels_[i].role != BlockRole::Body) continue;
      ++body;
      if (i == first_ || blocks_[i].length > 700) continue;
      if (is_author_note(blocks_[i].text)) remove(i, RemovedKind::Signature, "author-note");
      for (const std::string& author : hints_.authors) {
        if (is_about(blocks_[i].text, author)) remove(i, RemovedKind::Signature, "author-note");
      }
    }
  }

  /// A heading belongs to what stands below it.
  void drop_lone_headings() {
    bool text_follows = false;
    for (std::size_t i = blocks_.size(); i-- > 0;) {
      if (labels_[i].role != BlockRole::Body) continue;
      if (!is_heading(blocks_[i]))
        text_follows = true;
      else if (!std::exchange(text_follows, false))
        remove(i, RemovedKind::Related, "lone-heading");
    }
  }

  const std::vector<PageBlock>& blocks_;
  const BodyHints& hints_;
  std::size_t first_, last_;
  std::vector<LabelledBlock>& labels_;
};

}  // namespace

void drop_leftovers(const std::vector<PageBlock>& blocks, const BodyHints& hints, std::size_t first, std::size_t last,
                    std::vector<LabelledBlock>& labels) {
  Leftovers(blocks, hints, first, last, labels).drop();
}

}  // namespace newsd
