#include "feeds/extract/text_article.h"

#include "feeds/extract/byline.h"
#include "feeds/extract/caption.h"
#include "feeds/extract/date_line.h"
#include "feeds/extract/headline.h"
#include "feeds/extract/line_roles.h"
#include "feeds/text/fold.h"
#include "feeds/text/lines.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr std::size_t kRemovedBytes = 300;

constexpr auto kSourceLeads = std::to_array<std::string_view>(
    {"source", "sources", "quelle", "quellen", "fonte", "fuente", "bron", "источник", "来源"});

bool has_flag(const Article& article, Flag flag) {
  return std::find(article.flags.begin(), article.flags.end(), flag) != article.flags.end();
}
void flag(Article& article, Flag flag) {
  if (!has_flag(article, flag)) article.flags.push_back(flag);
}

/// "Source: News Agencies" → "News Agencies"; empty when the line is none or names nobody in a few words.
std::string_view credited_source(std::string_view line) {
  auto colon = line.find(':');
  std::size_t sign = 1;
  if (colon == std::string_view::npos) {
    colon = line.find("：");
    sign = 3;
  }
  if (colon == std::string_view::npos || colon > 40) return {};
  const std::string lead = fold_for_matching(line.substr(0, colon));
  if (std::find(kSourceLeads.begin(), kSourceLeads.end(), lead) == kSourceLeads.end()) return {};
  const std::string_view name = trimmed(line.substr(colon + sign));
  return name.empty() || count_words(name) > 8 || name.find("://") != std::string_view::npos ? std::string_view()
                                                                                             : name;
}

/// Puts an article together from labelled lines, in their order.
class Writer {
 public:
  Writer(const TextUnits& text, const LineRoles& roles, std::size_t max_body_bytes)
      : units_(text.units), roles_(roles), max_body_bytes_(max_body_bytes) {
    if (text.truncated) flag(article_, Flag::Truncated);
  }

  Article write(const std::optional<Headline>& headline) {
    if (headline) {
      article_.headline = units_[headline->at].text;
      article_.title = article_.headline;
      article_.fields["headline"] = {std::string(headline->how), units_[headline->at].lines, headline->confidence};
    }
    for (std::size_t i = 0; i < units_.size(); i = put(i)) continue;
    if (body_) article_.fields["body"] = {std::string(roles_.body_how), body_, roles_.body_confidence};
    if (!headline && !article_.paragraphs.empty()) {
      article_.title = first_sentence(article_.paragraphs.front());
      article_.fields["title"] = {"first-sentence", first_paragraph_, 100};
    }
    name_missing(article_);
    return std::move(article_);
  }

 private:
  /// Writes the unit, and those after it that belong to it; returns the next.
  std::size_t put(std::size_t i) {
    const TextUnit& unit = units_[i];
    const LabelledLine& line = roles_.lines[i];
    switch (line.role) {
      case LineRole::Headline: return i + 1;
      case LineRole::Standfirst:
        article_.summary = unit.text;
        article_.fields["description"] = {std::string(line.how), unit.lines, 84};
        return i + 1;
      case LineRole::Body: put_body(unit); return i + 1;
      case LineRole::Caption: return put_picture(i);
      case LineRole::Byline: put_byline(unit); return i + 1;
      case LineRole::Published: put_date(unit); return i + 1;
      case LineRole::Removed: put_removed(unit, line.kind); return i + 1;
    }
    return i + 1;
  }

  void put_body(const TextUnit& unit) {
    if (!add_paragraph(article_, unit.text, max_body_bytes_, body_bytes_)) return;
    article_.paragraph_lines.push_back(unit.lines);
    if (!body_) body_ = first_paragraph_ = unit.lines;
    body_->last = unit.lines.last;
  }

  void put_byline(const TextUnit& unit) {
    auto byline = read_byline(unit.text);
    if (!byline || !article_.byline.empty()) return put_removed(unit, RemovedKind::Signature);
    article_.byline = std::move(byline->raw);
    article_.authors = std::move(byline->names);
    article_.fields["byline"] = {"byline-line", unit.lines, 92};
  }

  void put_date(const TextUnit& unit) {
    auto dates = read_date_line(unit.text);
    const bool taken = !dates || (dates->published && article_.published) || (dates->updated && article_.updated);
    if (taken) return put_removed(unit, RemovedKind::Signature);
    const std::string how = dates->said_so ? "published-line" : "date-line";
    const int confidence = dates->said_so ? 92 : 80;
    if (dates->published) {
      article_.published = std::move(dates->published);
      article_.fields["published"] = {how, unit.lines, confidence};
    }
    if (dates->updated) {
      article_.updated = std::move(dates->updated);
      article_.fields["updated"] = {how, unit.lines, confidence};
    }
  }

  /// Caption lines that belong to one picture: in one block with the same credit (or only one of them credited), or a
  /// credit line behind its caption.
  bool belongs_together(std::size_t first, std::size_t next) const {
    if (next >= units_.size() || roles_.lines[next].role != LineRole::Caption) return false;
    const std::string& text = units_[next].text;
    if (is_credit_line(text)) return !is_credit_line(units_[first].text) && next == first + 1;
    if (next != first + 1 || units_[first].block != units_[next].block) return false;
    const std::string one = picture_credit(units_[first].text).name, other = picture_credit(text).name;
    return !one.empty() && fold_for_matching(one) == fold_for_matching(other);
  }

  std::size_t put_picture(std::size_t first) {
    std::vector<std::string_view> lines{units_[first].text};
    std::size_t end = first + 1;
    while (belongs_together(first, end)) lines.push_back(units_[end++].text);
    const LineRange range{units_[first].lines.first, units_[end - 1].lines.last};
    const bool only_credit = is_credit_line(lines.front());
    std::string text;
    for (std::string_view line : lines) (text += text.empty() ? "" : "\n") += line;
    article_.removed.push_back(
        {range, only_credit ? RemovedKind::Credit : RemovedKind::Caption, std::string(shortened(text, kRemovedBytes))});
    if (only_credit) return end;
    article_.pictures.push_back(picture_from(lines));
    const std::string_view how = roles_.lines[first].how;
    const int confidence = how == "caption-credit-pattern" ? 90 : how == "unterminated-run" ? 75 : 60;
    article_.fields["associations.photo-" + std::to_string(article_.pictures.size())] = {std::string(how), range,
                                                                                         confidence};
    return end;
  }

  void put_removed(const TextUnit& unit, RemovedKind kind) {
    if (kind == RemovedKind::Credit) {
      if (const std::string_view source = credited_source(unit.text); !source.empty() && article_.credit.empty()) {
        article_.credit = source;
        article_.fields["infoSources"] = {"source-line", unit.lines, 95};
      }
    }
    if (kind == RemovedKind::Paywall) flag(article_, Flag::Paywalled);
    article_.removed.push_back({unit.lines, kind, std::string(shortened(unit.text, kRemovedBytes))});
  }

  const std::vector<TextUnit>& units_;
  const LineRoles& roles_;
  std::size_t max_body_bytes_;
  std::size_t body_bytes_ = 0;
  std::optional<LineRange> body_, first_paragraph_;
  Article article_;
};

}  // namespace

void name_missing(Article& article) {
  article.missing.clear();
  if (article.headline.empty()) article.missing.emplace_back("headline");
  if (!article.published) article.missing.emplace_back("published");
  if (article.byline.empty()) article.missing.emplace_back("byline");
  if (!article.url) article.missing.emplace_back("url");
  if (article.publisher.empty()) article.missing.emplace_back("publisher");
}

bool add_paragraph(Article& article, std::string paragraph, std::size_t max_body_bytes, std::size_t& body_bytes) {
  const std::size_t gap = article.paragraphs.empty() ? 0 : 2;
  if (body_bytes + gap + paragraph.size() > max_body_bytes) {
    flag(article, Flag::Truncated);
    body_bytes = max_body_bytes;  // nothing is added behind what was left out
    if (!article.paragraphs.empty()) return false;
    paragraph = trimmed(shortened(paragraph, max_body_bytes));
  } else {
    body_bytes += gap + paragraph.size();
  }
  article.paragraphs.push_back(std::move(paragraph));
  return true;
}

Article text_article(const TextUnits& text, std::size_t max_body_bytes) {
  const std::vector<LineFeatures> features = line_features(text.units);
  const std::optional<Headline> headline = find_headline(text, features);
  const LineRoles roles = label_lines(text, features, headline);
  return Writer(text, roles, max_body_bytes).write(headline);
}

}  // namespace newsd
