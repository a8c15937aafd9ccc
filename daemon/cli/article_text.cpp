#include "daemon/cli/article_text.h"

#include "daemon/cli/shown_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace newsd {
namespace {

class Page {
 public:
  explicit Page(const Palette& palette) : palette_(palette) {}

  void heading(std::string_view name, const Origin& origin) {
    add("{}{}  {}, {} bytes{}\n\n", palette_.dim, shown(name), to_string(origin.format), origin.bytes, palette_.reset);
  }

  void article(const Article& article) {
    if (!article.headline.empty())
      add("{}{}{}\n\n", palette_.bold, shown(article.headline), palette_.reset);
    else
      add("{}(no headline){}\n\n", palette_.dim, palette_.reset);
    if (!article.summary.empty()) add("{}{}{}\n\n", palette_.cyan, shown(article.summary), palette_.reset);
    fact("byline", article.byline);
    fact("published", article.published ? article.published->value : "");
    fact("updated", article.updated ? article.updated->value : "");
    fact("publisher", article.publisher);
    fact("credit", article.credit);
    fact("url", article.url ? article.url->str() : "");
    if (has_facts_) add("\n");
    for (const auto& paragraph : article.paragraphs) add("{}\n\n", shown(paragraph));
    for (const auto& picture : article.pictures)
      fact("picture", picture.caption + (picture.credit.empty() ? "" : " (" + picture.credit + ")"));
    if (!article.missing.empty()) fact("not in the input", fmt::format("{}", fmt::join(article.missing, ", ")));
    removed(article.removed);
  }

  void refusal(const Refusal& refusal) {
    add("{}refused{}{}: {} ({})\n", palette_.red, refusal.member.empty() ? "" : " part " + shown(refusal.member),
        palette_.reset, shown(refusal.reason.text), refusal.reason.code);
  }

  void rule() { add("{}{}{}\n", palette_.dim, std::string(40, '-'), palette_.reset); }
  std::string take() { return std::move(out_); }

 private:
  template <class... A>
  void add(fmt::format_string<A...> format, A&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<A>(values)...);
  }

  void fact(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    add("{}{}:{} {}\n", palette_.dim, name, palette_.reset, shown(value));
    has_facts_ = true;
  }

  void removed(const std::vector<Removed>& removed) {
    if (removed.empty()) return;
    add("\n{}removed:{}\n", palette_.bold, palette_.reset);
    for (const auto& part : removed) {
      add("{}{:>7}  {:<13}{} {}\n", palette_.dim, shown(part.lines), to_string(part.kind), palette_.reset,
          shown(part.text));
    }
  }

  const Palette& palette_;
  std::string out_;
  bool has_facts_ = false;
};

}  // namespace

std::string text_of(const Reading& reading, std::string_view name, const Palette& palette) {
  Page page(palette);
  page.heading(name, reading.origin);
  bool is_first = true;
  for (const auto& item : reading.items) {
    if (!is_first) page.rule();
    is_first = false;
    if (const auto* refusal = std::get_if<Refusal>(&item))
      page.refusal(*refusal);
    else
      page.article(std::get<Article>(item));
  }
  return page.take();
}

}  // namespace newsd
