#include "feeds/extract/body_run.h"

#include <algorithm>

namespace newsd {
namespace {

/// Before so many long sentences were seen, "Related" or "Comments" belongs to the page's head.
constexpr std::size_t kEnoughSentences = 3;
/// Characters of a line that nothing but a paragraph has: teasers and notices between headline and body are shorter.
constexpr std::size_t kParagraph = 160;
/// Paragraphs of a part of a list with dates, and of its last one, behind which the page ends; parts that make a list.
constexpr std::size_t kDatedPart = 2, kLastDatedPart = 8, kDatedList = 3;

/// The first unit that says the article is over: a set phrase of that kind behind enough sentences, unless most of the
/// text still follows.
std::size_t find_end(const std::vector<LineFeatures>& features, std::size_t begin) {
  std::size_t all = 0;
  for (std::size_t i = begin; i < features.size(); ++i) all += is_long_sentence(features[i]);
  std::size_t seen = 0;
  for (std::size_t i = begin; i < features.size(); ++i) {
    seen += is_long_sentence(features[i]);
    const Phrase* phrase = features[i].phrase;
    if (phrase == nullptr || !phrase->ends_article || seen < kEnoughSentences) continue;
    const bool certain = phrase->kind == RemovedKind::CommentForm && phrase->match != PhraseMatch::Whole;
    if (certain || (all - seen) * 2 <= seen) return i;
  }
  return features.size();
}

/// Where a list begins that what reads like running text ends with, of comments or of other articles: each of its parts
/// headed by a date, with hardly a paragraph in between; `end` when there is none.
std::size_t find_dated_list(const std::vector<LineFeatures>& features, std::size_t begin, std::size_t end) {
  std::size_t seen = 0, listed = 0, between = 0, first = end;
  for (std::size_t i = end; i-- > begin;) {
    if (is_long_sentence(features[i]) && ++between > (listed == 0 ? kLastDatedPart : kDatedPart)) break;
    if (!features[i].dated) continue;
    ++listed;
    between = 0;
    first = i;
  }
  if (listed < kDatedList) return end;
  for (std::size_t i = begin; i < first && seen < kEnoughSentences; ++i) seen += is_long_sentence(features[i]);
  return seen < kEnoughSentences ? end : first;
}

/// Where the body begins that a run of good lines is found in: boxes, menus and captions behind an article's first
/// paragraphs may outweigh these, yet between the headline and the run they are nobody else's.
std::size_t reach_back(const std::vector<LineFeatures>& features, std::size_t begin, std::size_t first) {
  for (std::size_t i = first; i-- > begin;) {
    const LineFeatures& f = features[i];
    if (f.phrase != nullptr && f.phrase->ends_article) break;
    if (f.phrase == nullptr && f.occurrence == 0 && f.ends_sentence && f.length >= kParagraph) first = i;
  }
  return first;
}

/// The run with the greatest sum of weights.
BodyRun heaviest_run(const std::vector<LineFeatures>& features, std::size_t begin, std::size_t end) {
  BodyRun best;
  double sum = 0, best_sum = 0;
  std::size_t first = begin;
  for (std::size_t i = begin; i < end; ++i) {
    if (sum <= 0) {
      sum = 0;
      first = i;
    }
    sum += weight_of(features[i]);
    if (sum > best_sum) {
      best_sum = sum;
      best = {first, i + 1, first};
    }
  }
  return best;
}

}  // namespace

double weight_of(const LineFeatures& f) {
  if (f.phrase != nullptr) return f.phrase->ends_article ? -2.0 : f.phrase->match == PhraseMatch::Whole ? -0.6 : -1.2;
  if (f.occurrence > 0) return -0.5;
  if (f.separators > 1 || f.digits * 3 > f.length) return -1.0;
  if (f.ends_sentence)
    return f.length >= 80 ? std::min(1.0 + static_cast<double>(f.length) / 150, 3.5) : f.length >= 40 ? 0.7 : 0.0;
  if (f.ends_open || f.begins_small) return f.length >= 40 ? 0.3 : -0.3;
  if (f.length >= 150) return 0.4;
  if (f.words <= 3) return -1.0;
  return -0.7;
}

BodyRun find_body_run(const std::vector<LineFeatures>& features, std::size_t begin) {
  BodyRun best = heaviest_run(features, begin, find_end(features, begin));
  const std::size_t list = find_dated_list(features, best.first, best.last);
  if (list < best.last) best = heaviest_run(features, best.first, list);
  if (begin > 0) best.first = reach_back(features, begin, best.first);  // behind a headline
  return best;
}

}  // namespace newsd
