#include "feeds/extract/line_roles.h"

#include "feeds/extract/author_note.h"
#include "feeds/extract/body_run.h"
#include "feeds/extract/byline.h"
#include "feeds/extract/caption.h"
#include "feeds/extract/date_line.h"
#include "feeds/extract/house_notice.h"
#include "feeds/text/fold.h"
#include "feeds/text/sentence.h"

#include <algorithm>
#include <unordered_set>

namespace newsd {
namespace {

/// So many lines behind the headline may be standfirst, byline, date and captions.
constexpr std::size_t kHeadUnits = 14;
/// Lines of fewer words without a stop are crossheads, not captions.
constexpr std::size_t kLongestCaption = 300, kLongestNotice = 900, kCaptionWords = 12, kRunWords = 5, kRunMeanWords = 9;
/// Behind a caption's first sentence stands a credit, which is shorter.
constexpr std::size_t kMoreBytes = 80;
/// Units between a caption and its words without the credit, and bytes of these.
constexpr std::size_t kAround = 2, kCaptionBytes = 24;

/// "— Ann Poe (@annpoe) May 3, 2024"
bool is_post_signature(std::string_view line) {
  return line.starts_with("— ") && line.find("(@") != std::string_view::npos;
}

class Labeller {
 public:
  Labeller(const TextUnits& text, const std::vector<LineFeatures>& features, const std::optional<Headline>& headline)
      : units_(text.units),
        features_(features),
        headline_(headline),
        begin_(headline ? headline->at + 1 : 0),
        run_(find_body_run(features, begin_)) {
    out_.lines.resize(units_.size());
    for (const LineFeatures& f : features_) {
      sentences_ += is_long_sentence(f);
    }
  }

  LineRoles label() {
    for (std::size_t i = 0; i < units_.size(); ++i) label_by_place(i);
    if (run_.empty()) take_what_there_is();
    if (headline_) set(headline_->at, LineRole::Headline, headline_->how);
    label_captions();
    label_head();
    set_body_how();
    return std::move(out_);
  }

 private:
  bool is(std::size_t i, LineRole role) const { return out_.lines[i].role == role; }
  void set(std::size_t i, LineRole role, std::string_view how) { out_.lines[i] = {role, RemovedKind::Other, how}; }
  void remove(std::size_t i, RemovedKind kind, std::string_view how) { out_.lines[i] = {LineRole::Removed, kind, how}; }

  void label_by_place(std::size_t i) {
    const LineFeatures& f = features_[i];
    if (f.occurrence > 0 && (f.words >= 4 || !f.ends_sentence) && !repeats_what_was_left_out(i)) {
      const bool set_phrase = f.phrase != nullptr;
      return remove(i, set_phrase ? f.phrase->kind : RemovedKind::Repeat, "repeated-line");
    }
    if (f.phrase != nullptr) return remove(i, f.phrase->kind, "phrase");
    if (run_.contains(i)) return label_inside(i);
    if (i < begin_ || (!run_.empty() && i < run_.first)) return remove(i, RemovedKind::Navigation, "before-body");
    remove(i, RemovedKind::Other, "behind-body");
  }

  /// A sentence of the body that stood in front of it, too: as a teaser or below a picture.
  bool repeats_what_was_left_out(std::size_t i) const {
    const LineFeatures& f = features_[i];
    return is_long_sentence(f) && run_.contains(i) && !inside_.contains(f.key) &&
           !(headline_ && features_[headline_->at].key == f.key);
  }

  void label_inside(std::size_t i) {
    const LineFeatures& f = features_[i];
    const std::string& text = units_[i].text;
    if (i < run_.dense && !f.ends_sentence) return remove(i, RemovedKind::Navigation, "before-body");
    if (f.credit_line) return set(i, LineRole::Caption, "credit-line");
    if (ends_with_credit(text, f.length)) return set(i, LineRole::Caption, "caption-credit-pattern");
    if (f.ends_sentence && (f.length <= kLongestNotice || text.find("ookie") != std::string::npos)) {
      fold_for_matching(text, folded_);
      if (const auto kind = house_notice(folded_)) return remove(i, *kind, "house-notice");
    }
    if (is_post_signature(text)) return remove(i, RemovedKind::Social, "post-signature");
    if (f.length <= kLongestNotice && is_author_note(text)) return remove(i, RemovedKind::Signature, "author-note");
    if (!f.ends_sentence && f.words <= 12 && f.digits >= kDateDigits && read_date_line(text))
      return remove(i, RemovedKind::Other, "date-line");
    if (f.separators > 1) return remove(i, RemovedKind::Other, "separators");
    if (!f.ends_sentence && f.digits * 3 > f.length) return remove(i, RemovedKind::Other, "digits");
    if (!f.ends_sentence && !f.ends_open && !f.unspaced && f.words <= 2)
      return remove(i, RemovedKind::Other, "fragment");
    set(i, LineRole::Body, "paragraph-run");
    inside_.insert(f.key);
  }

  /// Nothing reads like running text: what is no set phrase is the article, if it says more than a name.
  void take_what_there_is() {
    for (std::size_t i = begin_; i < units_.size(); ++i) {
      const LineFeatures& f = features_[i];
      if (f.phrase == nullptr && f.occurrence == 0 && (f.words >= 4 || (f.unspaced && f.words >= 4)))
        set(i, LineRole::Body, "all-lines");
    }
  }

  /// A paragraph whose end is missing: behind a sentence there is more.
  bool has_sentences(std::size_t i) const {
    const std::string& text = units_[i].text;
    return first_sentence(text).size() + kMoreBytes < text.size();
  }

  bool is_fragment(std::size_t i) const {
    const LineFeatures& f = features_[i];
    return is(i, LineRole::Body) && !f.ends_sentence && !f.ends_open && !f.begins_small && !has_sentences(i);
  }

  /// Captions by their marks, and by standing without a stop among lines that have one: alone when long, or two and
  /// more together.
  void label_captions() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const bool in_head = i >= begin_ && i < run_.dense && i < begin_ + kHeadUnits;
      const bool candidate = is(i, LineRole::Body) || (in_head && is(i, LineRole::Removed) &&
                                                       features_[i].phrase == nullptr && features_[i].words > 2);
      if (candidate && features_[i].caption_marks) set(i, LineRole::Caption, "caption-credit-pattern");
    }
    label_repeated_captions();
    if (sentences_ < 3) return;
    for (std::size_t i = run_.first; i < run_.last; ++i) {
      if (!is_fragment(i)) continue;
      std::size_t end = i, words = 0, shortest = features_[i].words;
      while (end < run_.last && (is_fragment(end) || is(end, LineRole::Caption))) {
        shortest = std::min(shortest, features_[end].words);
        words += features_[end++].words;
      }
      label_fragments(i, end, words, shortest);
      i = end;
    }
  }

  /// A caption's words without its credit, next to it: the alternative text of the picture.
  void label_repeated_captions() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (!is(i, LineRole::Caption)) continue;
      const std::size_t end = std::min(i + kAround + 1, units_.size());
      for (std::size_t near = i < kAround ? 0 : i - kAround; near < end; ++near) {
        const std::string& words = units_[near].text;
        if (is(near, LineRole::Body) && words.size() >= kCaptionBytes && units_[i].text.starts_with(words))
          set(near, LineRole::Caption, "repeated-caption");
      }
    }
  }

  void label_fragments(std::size_t begin, std::size_t end, std::size_t words, std::size_t shortest) {
    const std::size_t count = end - begin;
    const bool alone = count == 1 && words >= kCaptionWords && features_[begin].length <= kLongestCaption;
    const bool run = count > 1 && shortest >= kRunWords && words >= kRunMeanWords * count;
    if (!alone && !run) return;
    for (std::size_t i = begin; i < end; ++i) {
      if (is(i, LineRole::Body)) set(i, LineRole::Caption, alone ? "unterminated-line" : "unterminated-run");
    }
  }

  /// Standfirst, byline and date between the headline and the body; a byline or date also just before the headline.
  void label_head() {
    const std::size_t body = first_body();
    const std::size_t from = begin_ < 3 ? 0 : begin_ - 3;
    for (std::size_t i = from; i < std::min(begin_ + kHeadUnits, units_.size()); ++i) {
      if (is(i, LineRole::Headline) || is(i, LineRole::Caption) || features_[i].length > 240) continue;
      const bool before_body = i <= body + 1;
      if (!before_body) break;
      if (read_byline(units_[i].text) && i >= begin_) {
        set(i, LineRole::Byline, "byline-line");
      } else if (!features_[i].ends_sentence && features_[i].words <= 24 && features_[i].digits >= kDateDigits &&
                 read_date_line(units_[i].text)) {
        set(i, LineRole::Published, "date-line");
      } else if (!features_[i].ends_sentence && features_[i].words <= 16 && i < body && is(i, LineRole::Removed) &&
                 mentions_date(units_[i].text)) {
        remove(i, RemovedKind::Signature, "date-line");
      }
    }
    if (headline_) label_standfirst();
  }

  std::size_t first_body() const {
    for (std::size_t i = begin_; i < units_.size(); ++i) {
      if (is(i, LineRole::Body)) return i;
    }
    return units_.size();
  }

  /// One sentence right behind the headline and in front of captions, byline or date sums the article up; so does a
  /// long line without a stop there.
  void label_standfirst() {
    std::size_t at = begin_;
    while (at < units_.size() && is(at, LineRole::Removed) && features_[at].words <= 4) ++at;
    if (at + 1 >= units_.size() || at > begin_ + 3) return;
    const LineFeatures& f = features_[at];
    const bool eligible = is(at, LineRole::Body) ||
                          (is(at, LineRole::Removed) && f.phrase == nullptr && f.occurrence == 0) ||
                          (is(at, LineRole::Caption) && out_.lines[at].how.starts_with("unterminated"));
    if (!eligible || f.length > 320 || f.words < 8) return;
    std::size_t next = at + 1;
    while (next < units_.size() && is(next, LineRole::Removed) && features_[next].words <= 4) ++next;
    if (next >= units_.size()) return;
    const bool caption = is(next, LineRole::Caption),
               signed_off = is(next, LineRole::Byline) || is(next, LineRole::Published);
    if (!caption && !signed_off) return;
    // there must be a body left without it
    const bool body_follows = std::any_of(out_.lines.begin() + static_cast<std::ptrdiff_t>(next), out_.lines.end(),
                                          [](const LabelledLine& l) { return l.role == LineRole::Body; });
    if (body_follows) set(at, LineRole::Standfirst, caption ? "standfirst-before-caption" : "standfirst-before-byline");
  }

  void set_body_how() {
    std::size_t body = 0, sentences = 0;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (!is(i, LineRole::Body)) continue;
      ++body;
      sentences += features_[i].ends_sentence;
    }
    out_.body_how = run_.empty() ? "all-lines" : "paragraph-run";
    out_.body_confidence = body == 0 ? 0 : run_.empty() ? 40 : 50 + static_cast<int>(45 * sentences / body);
  }

  const std::vector<TextUnit>& units_;
  const std::vector<LineFeatures>& features_;
  const std::optional<Headline>& headline_;
  std::size_t begin_;
  BodyRun run_;
  std::size_t sentences_ = 0;
  std::string folded_;
  std::unordered_set<std::uint64_t> inside_;  ///< keys of the body's lines so far
  LineRoles out_;
};

}  // namespace

LineRoles label_lines(const TextUnits& text, const std::vector<LineFeatures>& features,
                      const std::optional<Headline>& headline) {
  return Labeller(text, features, headline).label();
}

}  // namespace newsd
