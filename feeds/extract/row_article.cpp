#include "feeds/extract/row_article.h"

#include "feeds/extract/least_words.h"
#include "feeds/extract/plain_html.h"
#include "feeds/extract/text_article.h"
#include "feeds/format/text.h"
#include "feeds/text/controls.h"
#include "feeds/text/lines.h"
#include "feeds/text/sentence.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr std::size_t kMostWarnings = 100;

/// One line of text: white space squeezed at line ends, control characters gone.
std::string one_line(std::string text) {
  text = without_controls(std::move(text));
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::replace(text.begin(), text.end(), '\r', ' ');
  std::replace(text.begin(), text.end(), '\t', ' ');
  return std::string(trimmed(text));
}

class RowReader {
 public:
  RowReader(ArticleRow row, const ReadLimits& limits, std::vector<std::string>& warnings)
      : row_(std::move(row)), limits_(limits), warnings_(warnings) {}

  std::variant<Article, Refusal> read() {
    const std::string line = std::to_string(row_.line);
    article_.member = line;
    article_.id = one_line(std::move(row_.id));
    article_.headline = article_.title = one_line(std::move(row_.title));
    if (!article_.headline.empty()) found("headline");
    read_body();
    read_url();
    read_date("published", row_.published, article_.published);
    read_date("updated", row_.updated, article_.updated);
    read_names();
    article_.language = one_line(std::move(row_.language));
    for (const std::string& name : row_.odd) complain("the value of " + name + " has a type that is not read");
    if (article_.headline.empty() && !article_.paragraphs.empty()) {
      article_.title = first_sentence(article_.paragraphs.front());
      article_.fields["title"] = {"first-sentence", std::nullopt, 100};
    }
    if (!has_words(article_, limits_.min_words)) {
      const std::string least = std::to_string(limits_.min_words) + (limits_.min_words == 1 ? " word" : " words");
      return Refusal{{ReadError::NoArticle, "headline and body together have fewer than " + least, "line " + line},
                     article_.id,
                     line};
    }
    name_missing(article_);
    return std::move(article_);
  }

 private:
  void found(const char* field) { article_.fields[field] = {"row", LineRange{row_.line, row_.line}, 100}; }
  void complain(const std::string& what) {
    if (warnings_.size() < kMostWarnings) warnings_.push_back("line " + std::to_string(row_.line) + ": " + what);
    if (std::find(article_.flags.begin(), article_.flags.end(), Flag::Malformed) == article_.flags.end())
      article_.flags.push_back(Flag::Malformed);
  }

  void read_body() {
    std::size_t bytes = 0;
    const bool plain = !trimmed(row_.text).empty();
    if (plain) {
      TextUnits text =
          read_text(without_controls(std::move(row_.text)), {limits_.max_lines, limits_.max_line_bytes, 1});
      if (text.truncated) article_.flags.push_back(Flag::Truncated);
      for (TextUnit& unit : text.units) add_paragraph(article_, std::move(unit.text), limits_.max_text_bytes, bytes);
    } else {
      for (std::string& paragraph : html_paragraphs(without_controls(std::move(row_.html)))) {
        paragraph = trimmed(without_controls(std::move(paragraph)));  // &#7; is one too
        if (!paragraph.empty()) add_paragraph(article_, std::move(paragraph), limits_.max_text_bytes, bytes);
      }
    }
    article_.paragraph_lines.assign(article_.paragraphs.size(), {row_.line, row_.line});
    if (!article_.paragraphs.empty()) {
      found("body");
      if (!plain) article_.fields["body"].how = "row-html";
    }
  }

  void read_url() {
    if (trimmed(row_.url).empty()) return;
    auto url = Url::parse(row_.url);
    if (url.has_error()) return complain("the url is left out, " + url.error().text);
    article_.url = std::move(*url);
    found("url");
  }

  void read_date(const char* field, const std::string& text, std::optional<When>& to) {
    if (trimmed(text).empty()) return;
    to = when_from_iso(text);
    if (!to) return complain(std::string(field) + " is left out, it is no ISO 8601 date");
    found(field);
  }

  void read_names() {
    for (std::string& name : row_.authors) {
      name = one_line(std::move(name));
      if (name.empty()) continue;
      if (!article_.byline.empty()) article_.byline += ", ";
      article_.byline += name;
      article_.authors.push_back(std::move(name));
    }
    if (!article_.byline.empty()) found("byline");
    article_.publisher = one_line(std::move(row_.source));
    if (!article_.publisher.empty()) found("publisher");
  }

  ArticleRow row_;
  const ReadLimits& limits_;
  std::vector<std::string>& warnings_;
  Article article_;
};

}  // namespace

std::variant<Article, Refusal> row_article(ArticleRow row, const ReadLimits& limits,
                                           std::vector<std::string>& warnings) {
  return RowReader(std::move(row), limits, warnings).read();
}

}  // namespace newsd
