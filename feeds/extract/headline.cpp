#include "feeds/extract/headline.h"

#include "feeds/extract/byline.h"
#include "feeds/extract/date_line.h"

#include <algorithm>

namespace newsd {
namespace {

/// How far a page's navigation may reach; what comes behind is the body of something.
constexpr std::size_t kSearchedUnits = 250;
constexpr std::size_t kLongest = 200, kShortest = 12;

bool ends_with_stop(std::string_view text) { return text.ends_with('.') && !text.ends_with("..."); }

bool could_be_headline(const TextUnit& unit, const LineFeatures& f) {
  if (f.phrase != nullptr || f.length > kLongest || f.length < kShortest || f.begins_small || f.ends_open ||
      f.caption_marks)
    return false;
  if (!f.unspaced && f.words < 3 && f.occurrences < 2) return false;
  if (ends_with_stop(unit.text) || unit.text.ends_with("。") || unit.text.starts_with('<')) return false;
  if (f.digits * 3 > f.length || f.separators > 1) return false;
  return !read_byline(unit.text) && (f.digits < kDateDigits || !read_date_line(unit.text));
}

/// Whether a caption that stands close behind begins with the line: then it is the alternative text of that picture.
bool begins_caption(const TextUnits& text, const std::vector<LineFeatures>& features, std::size_t at) {
  for (std::size_t next = at + 1; next < std::min(at + 3, features.size()); ++next) {
    if (features[next].caption_marks && text.units[next].text.starts_with(text.units[at].text)) return true;
  }
  return false;
}

/// Where the running text begins: the first long sentence that another sentence follows closely, else the first long
/// sentence.
std::size_t first_prose(const std::vector<LineFeatures>& features) {
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (!is_long_sentence(features[i]) || features[i].occurrence > 0) continue;
    if (!first) first = i;
    for (std::size_t next = i + 1; next < std::min(i + 5, features.size()); ++next) {
      if (is_long_sentence(features[next])) return i;
    }
  }
  return first.value_or(features.size());
}

double score(const LineFeatures& f, std::size_t distance, std::size_t repeats) {
  const double size =
      f.unspaced ? std::min(static_cast<double>(f.length) / 5, 10.0) : std::min(static_cast<double>(f.words), 10.0);
  return size * 0.5 + (repeats > 1 ? 3.0 : 0.0) - 0.12 * static_cast<double>(std::min<std::size_t>(distance, 40));
}

}  // namespace

std::optional<Headline> find_headline(const TextUnits& text, const std::vector<LineFeatures>& features) {
  const std::size_t prose = first_prose(features);
  const std::size_t end = std::min({prose, features.size(), kSearchedUnits});
  std::optional<std::size_t> best;
  double best_score = 0;
  for (std::size_t i = 0; i < end; ++i) {
    if (!could_be_headline(text.units[i], features[i]) || features[i].occurrence > 0) continue;
    if (begins_caption(text, features, i)) continue;
    // the last of its repeats in front of the text says how near it stands
    std::size_t near = i;
    for (std::size_t later = i + 1; later < end; ++later) {
      if (features[later].key == features[i].key) near = later;
    }
    const double s = score(features[i], end - near, features[i].occurrences);
    if (!best || s > best_score) {
      best = i;
      best_score = s;
    }
  }
  if (!best || prose == features.size()) {
    // no running text at all: only a first line with something behind it can head it
    const bool heads = !features.empty() && features.size() > 1 && could_be_headline(text.units[0], features[0]) &&
                       features[1].ends_sentence;
    if (!heads) return std::nullopt;
    best = 0;
  }
  const LineFeatures& f = features[*best];
  if (f.occurrences > 1) return Headline{*best, "repeated-line", 95};
  if (*best == 0) {
    const bool alone = text.units.size() > 1 && text.units[1].block != text.units[0].block;
    return alone ? Headline{0, "first-block-single-line", 97} : Headline{0, "first-line", 90};
  }
  return Headline{*best, "line-before-body", 75};
}

}  // namespace newsd
