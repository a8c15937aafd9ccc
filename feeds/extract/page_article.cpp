#include "feeds/extract/page_article.h"

#include "feeds/extract/line_key.h"
#include "feeds/extract/page_authors.h"
#include "feeds/extract/page_blocks.h"
#include "feeds/extract/page_body.h"
#include "feeds/extract/page_date.h"
#include "feeds/extract/page_facts.h"
#include "feeds/extract/page_headline.h"
#include "feeds/extract/page_pictures.h"
#include "feeds/extract/plain_html.h"
#include "feeds/extract/text_article.h"
#include "feeds/text/controls.h"
#include "feeds/text/lines.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

constexpr std::size_t kRemovedBytes = 300;
constexpr std::size_t kMostLeftOut = 300;
/// A body of fewer characters is doubted: JSON-LD may hold more of it.
constexpr std::size_t kShortBody = 1500;
constexpr std::size_t kPaywalledBody = 1200;
/// Characters; a shorter body on a page with much running text is looked for again.
constexpr std::size_t kDoubtfulBody = 300;

/// Countries whose readers take 3/4/2024 for the third of April although they write English.
bool writes_month_first(std::string_view language, std::string_view host) {
  constexpr auto kDayFirst =
      std::to_array<std::string_view>({".uk", ".au", ".in", ".nz", ".ie", ".za", ".ng", ".ke", ".sg", ".my", ".pk"});
  if (!language.empty() && !language.starts_with("en")) return false;
  if (language.size() > 2 && !language.ends_with("US") && !language.ends_with("us")) return false;
  return std::none_of(kDayFirst.begin(), kDayFirst.end(), [&](std::string_view tld) { return host.ends_with(tld); });
}

class PageReader {
 public:
  PageReader(std::string_view html, const std::optional<Url>& url, std::size_t max_body_bytes, const PageMemory& memory)
      : tree_(html),
        url_(url),
        max_body_bytes_(max_body_bytes),
        memory_(memory),
        facts_(page_facts(tree_)),
        page_(page_blocks(tree_)) {
    if (tree_.truncated()) flag(Flag::Truncated);
  }

  PageReading read() {
    write_url();
    find_body();
    find_place();
    write_headline();
    write_body();
    write_facts();
    write_dates();
    write_authors();
    write_pictures();
    write_removed();
    write_left_out();
    write_flags();
    name_missing(article_);
    return {std::move(article_), std::move(page_), std::move(body_), headline_node_};
  }

 private:
  std::string_view host() const { return url_ ? std::string_view(url_->host()) : std::string_view(); }
  void flag(Flag f) {
    if (std::find(article_.flags.begin(), article_.flags.end(), f) == article_.flags.end()) article_.flags.push_back(f);
  }
  void found(const std::string& field, std::string_view how, int confidence) {
    article_.fields[field] = {std::string(how), std::nullopt, confidence};
  }
  std::string_view description() const {
    for (const std::string* text : {&facts_.og_description, &facts_.ld.description, &facts_.description}) {
      if (!text->empty()) return *text;
    }
    return {};
  }

  void find_body() {
    const BodyHints hints{description(), facts_.og_title.empty() ? facts_.title : facts_.og_title, facts_.ld.authors,
                          remembered_element()};
    body_ = page_body(tree_, page_, hints);
    const std::size_t length = length_of(page_, body_);
    if (length >= kDoubtfulBody || page_.running < 4 * kDoubtfulBody) return;
    // next to nothing on a page full of text: the names of its elements misled
    PageBlocks all = page_;
    for (PageBlock& block : all.blocks) {
      const bool misnamed =
          block.why == "class" && block.kind != RemovedKind::Cookie && block.kind != RemovedKind::Related;
      if (misnamed) block.kind.reset();
    }
    PageBody other = page_body(tree_, all, hints);
    if (length_of(all, other) < 4 * std::max(length, kDoubtfulBody / 2)) return;
    page_ = std::move(all);
    body_ = std::move(other);
  }

  std::optional<std::uint64_t> remembered_element() const {
    if (memory_.learned.knowledge == nullptr) return std::nullopt;
    const SourceKnowledge* known = memory_.learned.of(source_of(article_, *memory_.origin));
    return known == nullptr ? std::nullopt : known->container(memory_.learned.enough);
  }

  static std::size_t length_of(const PageBlocks& page, const PageBody& body) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      if (body.blocks[i].role == BlockRole::Body) length += page.blocks[i].length;
    }
    return length;
  }

  void find_place() {
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      if (body_.blocks[i].role != BlockRole::Body) continue;
      if (body_begin_ == 0) body_begin_ = page_.blocks[i].first;
      body_end_ = page_.blocks[i].last + 1;
    }
    if (body_begin_ == 0) body_begin_ = body_end_ = static_cast<std::uint32_t>(tree_.size());
  }

  void write_headline() {
    const PageHeadline headline = page_headline(tree_, facts_, host(), body_begin_);
    headline_node_ = headline.node;
    article_.headline = article_.title = on_one_line(headline.text);
    if (!article_.headline.empty()) found("headline", headline.how, headline.confidence);
  }

  void write_body() {
    std::size_t length = 0;
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      if (body_.blocks[i].role == BlockRole::Body) length += page_.blocks[i].text.size();
    }
    const bool told = facts_.ld.body.size() > 2 * length && length < kShortBody && facts_.ld.body.size() > 250;
    if (told) return write_told_body();
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      if (body_.blocks[i].role != BlockRole::Body) continue;
      std::string paragraph = on_one_line(page_.blocks[i].text);
      if (paragraph.empty() || !add_paragraph(article_, std::move(paragraph), max_body_bytes_, bytes)) continue;
      article_.paragraph_lines.push_back({page_.blocks[i].line, page_.blocks[i].line});
    }
    if (article_.paragraphs.empty()) return;
    article_.container = body_.container_key;
    found("body", body_.how, body_.confidence);
    if (article_.headline.empty()) {
      article_.title = first_sentence(article_.paragraphs.front());
      found("title", "first-sentence", 100);
    }
  }

  /// The body JSON-LD tells, for pages that show it only by script.
  void write_told_body() {
    std::size_t bytes = 0;
    std::string_view rest = facts_.ld.body;
    if (rest.find("</p>") != std::string_view::npos || rest.find("<br") != std::string_view::npos) {
      for (std::string& paragraph : html_paragraphs(rest)) {
        paragraph = on_one_line(paragraph);
        if (!paragraph.empty()) add_paragraph(article_, std::move(paragraph), max_body_bytes_, bytes);
      }
    } else {
      for (const Line& line : split_lines(rest).lines) {
        std::string paragraph = on_one_line(line.text);
        if (!paragraph.empty()) add_paragraph(article_, std::move(paragraph), max_body_bytes_, bytes);
      }
    }
    found("body", "json-ld", 80);
    for (LabelledBlock& block : body_.blocks) {
      if (block.role == BlockRole::Body) block = {BlockRole::Removed, RemovedKind::Repeat, "json-ld", block.weight};
    }
  }

  void write_facts() {
    if (std::string text = on_one_line(description()); !text.empty()) {
      article_.summary = std::move(text);
      found("description", "meta", 90);
    }
    const std::pair<const std::string*, std::string_view> sites[] = {{&facts_.site_name, "og:site_name"},
                                                                     {&facts_.ld.publisher, "json-ld"},
                                                                     {&facts_.application, "application-name"}};
    for (const auto& [name, how] : sites) {
      article_.publisher = on_one_line(*name);
      if (article_.publisher.empty()) continue;
      found("infoSources", how, 95);
      break;
    }
    article_.language = on_one_line(!facts_.language.empty() ? facts_.language : facts_.ld.language);
    std::replace(article_.language.begin(), article_.language.end(), '_', '-');
  }

  /// The canonical address, unless it names the front page or, for a page whose own is known, another host.
  void write_url() {
    article_.url = url_;
    for (const auto& [text, how] : {std::pair<const std::string&, std::string_view>{facts_.canonical, "canonical"},
                                    {facts_.og_url, "og:url"},
                                    {facts_.ld.url, "json-ld"}}) {
      const auto parsed = Url::parse(text);
      if (text.empty() || !parsed) continue;
      const auto path = parsed->str().find('/', 8);
      if (path == std::string::npos || path + 1 == parsed->str().size()) continue;
      if (url_ && !is_same_site(parsed->host(), url_->host())) continue;
      article_.url = *parsed;
      found("url", how, 90);
      return;
    }
  }

  static bool is_same_site(std::string_view a, std::string_view b) {
    const auto tail = [](std::string_view host) {
      const auto dot = host.rfind('.');
      const auto before = dot == std::string_view::npos || dot == 0 ? dot : host.rfind('.', dot - 1);
      return before == std::string_view::npos ? host : host.substr(before + 1);
    };
    return tail(a) == tail(b);
  }

  void write_dates() {
    const PageDates dates =
        page_dates(tree_, facts_, page_,
                   {headline_node_, body_begin_, body_end_, url_ ? std::string_view(url_->str()) : std::string_view(),
                    writes_month_first(article_.language, host())});
    article_.published = dates.published.when;
    article_.updated = dates.updated.when;
    if (article_.published) found("published", dates.published.how, dates.published.confidence);
    if (article_.updated) found("updated", dates.updated.how, dates.updated.confidence);
  }

  void write_authors() {
    PageAuthors authors = page_authors(tree_, facts_, page_, {host(), headline_node_, body_end_});
    if (authors.how.empty()) return;
    for (std::string& name : authors.names) {
      name = on_one_line(name);
      if (!name.empty()) article_.authors.push_back(std::move(name));
    }
    article_.byline = on_one_line(authors.raw);
    found("byline", authors.how, authors.confidence);
  }

  void write_pictures() {
    article_.pictures = page_pictures(tree_, facts_, page_, body_);
    for (std::size_t i = 0; i < article_.pictures.size(); ++i)
      found("associations.photo-" + std::to_string(i + 1), article_.pictures[i].caption.empty() ? "meta" : "figure",
            80);
  }

  /// Neighbouring blocks of one kind become one entry: a page's menus need not be listed word by word.
  void write_removed() {
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      const std::uint32_t line = page_.blocks[i].line;
      const LabelledBlock& label = body_.blocks[i];
      if (label.role != BlockRole::Removed) continue;
      const bool joins = i > 0 && body_.blocks[i - 1].role == BlockRole::Removed && !article_.removed.empty() &&
                         article_.removed.back().kind == label.kind;
      if (joins) {
        article_.removed.back().lines.last = line;
        continue;
      }
      if (!article_.removed.empty() && line <= article_.removed.back().lines.last) continue;  // several on one line
      article_.removed.push_back(
          {{line, line}, label.kind, on_one_line(shortened(page_.blocks[i].text, kRemovedBytes))});
    }
  }

  /// Lines that are no part of the body here for where they stand and what they say, not for the elements around them.
  void write_left_out() {
    if (memory_.learned.knowledge == nullptr) return;
    std::string room;
    for (std::size_t i = 0; i < page_.blocks.size() && article_.left_out.size() < kMostLeftOut; ++i) {
      if (body_.blocks[i].role != BlockRole::Removed || page_.blocks[i].kind) continue;
      if (const std::uint64_t key = line_key(page_.blocks[i].text, room); key != 0) article_.left_out.push_back(key);
    }
  }

  void write_flags() {
    std::size_t length = 0;
    for (const std::string& paragraph : article_.paragraphs) length += paragraph.size();
    if (facts_.ld.paid || facts_.metered) {
      flag(Flag::Paywalled);
      if (length < kPaywalledBody) flag(Flag::Partial);
    }
    const bool says_so = !facts_.ld.type.empty() || facts_.og_type == "article" || article_.published;
    if (article_.paragraphs.empty() && !article_.headline.empty() && says_so) flag(Flag::Partial);
    if (facts_.ld.type == "LiveBlogPosting" || facts_.ld.live_updates >= 5) flag(Flag::Liveblog);
    if (is_listing(length)) flag(Flag::Listing);
  }

  /// Whether the page is anything but an article: a section front, a product, a forum, a company. Weights fitted to 260
  /// labelled pages of seven kinds and checked on 526 news pages, of which 1 in 38 is taken for one.
  bool is_listing(std::size_t length) const {
    const auto how = [&](const char* field) {
      const auto found = article_.fields.find(field);
      return found == article_.fields.end() ? std::string_view() : std::string_view(found->second.how);
    };
    const std::string_view date = how("published");
    double article = 0;
    if (!facts_.ld.type.empty()) article += 2;
    if (facts_.ld.listing) article -= 0.7;
    if (facts_.og_type == "article") article += 1.5;
    if (facts_.og_type == "website" || facts_.og_type == "product" || facts_.og_type == "profile") article -= 0.5;
    if (!date.empty() && date != "text" && date != "url") article += 1.2;
    if (!article_.authors.empty()) article += 0.8;
    if (length > 1500) article += 0.5;
    if (url_ && words_in_path() >= 4) article += 0.8;
    if (date == "url") article += 0.8;
    // without an address that much less is known: only what speaks against an article counts
    return article < (url_ ? 2 : 0);
  }

  /// Of the address's part with the most words: headlines become long ones.
  std::size_t words_in_path() const {
    std::size_t most = 0, words = 1;
    const std::string& text = url_->str();
    for (std::size_t i = std::min(text.find('/', 8), text.size()); i < text.size() && text[i] != '?'; ++i) {
      words = text[i] == '/' ? 1 : words + (text[i] == '-');
      most = std::max(most, words);
    }
    return most;
  }

  HtmlTree tree_;
  const std::optional<Url>& url_;
  std::size_t max_body_bytes_;
  const PageMemory& memory_;
  PageFacts facts_;
  PageBlocks page_;
  PageBody body_;
  std::uint32_t headline_node_ = 0, body_begin_ = 0, body_end_ = 0;
  Article article_;
};

}  // namespace

Article page_article(std::string_view html, const std::optional<Url>& url, std::size_t max_body_bytes,
                     const PageMemory& memory) {
  return page_reading(html, url, max_body_bytes, memory).article;
}

PageReading page_reading(std::string_view html, const std::optional<Url>& url, std::size_t max_body_bytes,
                         const PageMemory& memory) {
  return PageReader(html, url, max_body_bytes, memory).read();
}

}  // namespace newsd
