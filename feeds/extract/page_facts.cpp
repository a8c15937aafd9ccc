#include "feeds/extract/page_facts.h"

#include "feeds/text/lines.h"

#include <algorithm>
#include <array>

namespace newsd {
namespace {

using enum HtmlTag;

enum class Says {
  Published,
  Updated,
  Author,
  OgTitle,
  TwitterTitle,
  Title,
  Description,
  OgDescription,
  OgType,
  OgUrl,
  SiteName,
  Application,
  Image,
  Section,
  Language,
  Tier
};

struct MetaName {
  std::string_view name;  ///< small letters
  Says says;
};
// clang-format off
constexpr auto kMetaNames = std::to_array<MetaName>({
    {"article:published_time", Says::Published}, {"og:published_time", Says::Published}, {"article:published", Says::Published}, {"og:article:published_time", Says::Published},
    {"datepublished", Says::Published}, {"date", Says::Published}, {"pubdate", Says::Published}, {"publishdate", Says::Published}, {"publish-date", Says::Published}, {"publish_date", Says::Published},
    {"publication_date", Says::Published}, {"publicationdate", Says::Published}, {"publication-date", Says::Published}, {"publishedat", Says::Published}, {"article.published", Says::Published},
    {"article.created", Says::Published}, {"article_date_original", Says::Published}, {"originalpublicationdate", Says::Published}, {"published_at", Says::Published}, {"published-date", Says::Published},
    {"parsely-pub-date", Says::Published}, {"sailthru.date", Says::Published}, {"dc.date", Says::Published}, {"dc.date.issued", Says::Published}, {"dcterms.created", Says::Published}, {"dcterms.issued", Says::Published},
    {"dcterms.date", Says::Published}, {"dc.date.created", Says::Published}, {"dcterms.available", Says::Published}, {"citation_publication_date", Says::Published}, {"citation_date", Says::Published}, {"article:post_date", Says::Published},
    {"rnews:datepublished", Says::Published}, {"ptime", Says::Published}, {"cxenseparse:recs:publishtime", Says::Published}, {"cxenseparse:publishtime", Says::Published}, {"shareaholic:article_published_time", Says::Published},
    {"last-modified", Says::Updated}, {"lastmod", Says::Updated}, {"article:modified_time", Says::Updated}, {"og:updated_time", Says::Updated}, {"og:modified_time", Says::Updated}, {"datemodified", Says::Updated},
    {"dcterms.modified", Says::Updated}, {"dc.date.modified", Says::Updated}, {"modified", Says::Updated}, {"revised", Says::Updated}, {"article:modified", Says::Updated}, {"lastmodified", Says::Updated},
    {"author", Says::Author}, {"article:author", Says::Author}, {"byl", Says::Author}, {"parsely-author", Says::Author}, {"sailthru.author", Says::Author}, {"dc.creator", Says::Author}, {"dcterms.creator", Says::Author},
    {"cxenseparse:author", Says::Author}, {"article:author_name", Says::Author}, {"og:author", Says::Author}, {"citation_author", Says::Author}, {"dc.creator.personalname", Says::Author}, {"authors", Says::Author},
    {"article.author", Says::Author}, {"og:article:author", Says::Author}, {"mol:byline", Says::Author}, {"byline", Says::Author},
    {"og:title", Says::OgTitle}, {"twitter:title", Says::TwitterTitle}, {"description", Says::Description}, {"og:description", Says::OgDescription}, {"twitter:description", Says::OgDescription},
    {"headline", Says::Title}, {"dc.title", Says::Title}, {"dcterms.title", Says::Title}, {"parsely-title", Says::Title}, {"sailthru.title", Says::Title}, {"cxenseparse:title", Says::Title},
    {"og:type", Says::OgType}, {"og:url", Says::OgUrl}, {"og:site_name", Says::SiteName}, {"application-name", Says::Application}, {"apple-mobile-web-app-title", Says::Application}, {"al:android:app_name", Says::Application},
    {"og:image", Says::Image}, {"og:image:url", Says::Image}, {"twitter:image", Says::Image}, {"article:section", Says::Section}, {"content_category", Says::Section}, {"parsely-section", Says::Section}, {"section", Says::Section}, {"og:locale", Says::Language}, {"content-language", Says::Language}, {"language", Says::Language},
    {"article:content_tier", Says::Tier},
});
// clang-format on

/// What cards call an author, in small letters.
constexpr auto kWrittenBy = std::to_array<std::string_view>(
    {"written by", "author", "verfasst von", "geschrieben von", "autor", "écrit par", "escrito por", "scritto da",
     "geschreven door", "skrevet av", "skrevet af", "skriven av", "yazan", "автор", "napisano przez"});

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

bool is_same_letter(char small, char any) {
  return small == (any >= 'A' && any <= 'Z' ? static_cast<char>(any | 0x20) : any);
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool before = at == 0 || text[at - 1] == ' ';
    const bool behind = at + word.size() == text.size() || text[at + word.size()] == ' ';
    if (before && behind) return true;
  }
  return false;
}

void keep_first(std::string& to, std::string_view text) {
  if (to.empty()) to = trimmed(text);
}

class FactReader {
 public:
  explicit FactReader(const HtmlTree& tree) : tree_(tree) {}

  PageFacts read() {
    for (std::size_t n = 1; n < tree_.size(); ++n) {
      const HtmlNode& node = tree_[n];
      if (node.tag == Text) continue;
      if (node.tag == Script) {
        read_script(n);
      } else if (node.tag == Svg || node.tag == Template) {
        n = node.end - 1;
      } else {
        read_element(n);
      }
    }
    out_.ld = read_json_ld(scripts_);
    return std::move(out_);
  }

 private:
  void read_script(std::size_t n) {
    if (n + 1 >= tree_[n].end) return;
    const std::string type = lower_case(tree_.attribute(n, HtmlAttr::Type));
    const std::string_view text = tree_[n + 1].text;
    // of which some pages forget to say that it is JSON-LD
    const bool is_unnamed = type.empty() && text.substr(0, 60).find("\"@context\"") != std::string_view::npos;
    if (type.find("ld+json") != std::string::npos || is_unnamed) scripts_.push_back(text);
  }

  void read_element(std::size_t n) {
    switch (tree_[n].tag) {
      case Meta: return read_meta(n);
      case Link: return read_link(n);
      case Html:
        keep_first(out_.language, tree_.attribute(n, HtmlAttr::Lang));
        keep_first(out_.language, tree_.attribute(n, HtmlAttr::XmlLang));
        out_.amp |= tree_.has_attribute(n, HtmlAttr::Amp);
        return;
      case Title:
        if (out_.title.empty()) out_.title = tree_.text_of(n);
        return;
      case H1: out_.headings.push_back(static_cast<std::uint32_t>(n)); break;
      case Time:
        if (tree_.has_attribute(n, HtmlAttr::Datetime)) out_.times.push_back(static_cast<std::uint32_t>(n));
        break;
      default: break;
    }
    if (tree_[n].attributes > 0) read_markup(n);
  }

  void read_meta(std::size_t n) {
    const std::string_view content = trimmed(tree_.attribute(n, HtmlAttr::Content));
    if (content.empty()) return;
    for (HtmlAttr key : {HtmlAttr::Property, HtmlAttr::Name, HtmlAttr::HttpEquiv, HtmlAttr::Itemprop}) {
      const std::string_view name = tree_.attribute(n, key);
      if (name.empty() || name.size() > 48) continue;
      const std::string small = lower_case(name);
      if (read_card(small, content)) return;
      const auto known =
          std::find_if(kMetaNames.begin(), kMetaNames.end(), [&](const MetaName& meta) { return meta.name == small; });
      if (known == kMetaNames.end()) continue;
      take(known->says, content);
      return;
    }
  }

  /// A card's lines come in pairs: twitter:label1 "Written by", twitter:data1 "Anna Bartol".
  bool read_card(std::string_view name, std::string_view content) {
    if (name == "twitter:misc:written by") {
      out_.authors.push_back({std::string(content), "meta"});
      return true;
    }
    if (name.starts_with("twitter:label")) {
      const std::string label = lower_case(content);
      const bool names_author = std::find(kWrittenBy.begin(), kWrittenBy.end(), label) != kWrittenBy.end();
      if (names_author) author_card_ = name.substr(13);
      return true;
    }
    if (!name.starts_with("twitter:data")) return false;
    if (!author_card_.empty() && name.substr(12) == author_card_)
      out_.authors.push_back({std::string(content), "meta"});
    return true;
  }

  void take(Says says, std::string_view content) {
    switch (says) {
      case Says::Published: out_.published.push_back({std::string(content), "meta"}); return;
      case Says::Updated: out_.updated.push_back({std::string(content), "meta"}); return;
      case Says::Author: out_.authors.push_back({std::string(content), "meta"}); return;
      case Says::OgTitle: return keep_first(out_.og_title, content);
      case Says::TwitterTitle: return keep_first(out_.twitter_title, content);
      case Says::Title: return keep_first(out_.meta_title, content);
      case Says::Description: return keep_first(out_.description, content);
      case Says::OgDescription: return keep_first(out_.og_description, content);
      case Says::OgType: return keep_first(out_.og_type, content);
      case Says::OgUrl: return keep_first(out_.og_url, content);
      case Says::SiteName: return keep_first(out_.site_name, content);
      case Says::Application: return keep_first(out_.application, content);
      case Says::Image:
        if (out_.images.size() < 8) out_.images.emplace_back(content);
        return;
      case Says::Section: return keep_first(out_.section, content);
      case Says::Language: return keep_first(out_.language, content);
      case Says::Tier: out_.metered |= content == "metered" || content == "locked"; return;
    }
  }

  void read_link(std::size_t n) {
    const std::string rel = lower_case(tree_.attribute(n, HtmlAttr::Rel));
    if (rel == "canonical") keep_first(out_.canonical, tree_.attribute(n, HtmlAttr::Href));
  }

  /// Microdata, rel and class names of authors and dates.
  void read_markup(std::size_t n) {
    const std::string_view itemprop = tree_.attribute(n, HtmlAttr::Itemprop);
    if (itemprop == "datePublished" || itemprop == "dateModified") {
      std::string_view value = tree_.attribute(n, HtmlAttr::Content);
      if (value.empty()) value = tree_.attribute(n, HtmlAttr::Datetime);
      std::string text = value.empty() ? tree_.text_of(n) : std::string(value);
      (itemprop == "datePublished" ? out_.published : out_.updated).push_back({std::move(text), "itemprop"});
    }
    constexpr std::size_t kMostBylines = 200;
    if (out_.bylines.size() >= kMostBylines) return;
    const bool marked = has_word(itemprop, "author") || has_word(tree_.attribute(n, HtmlAttr::Rel), "author");
    if (marked || is_byline_class(tree_.attribute(n, HtmlAttr::Class)))
      out_.bylines.push_back(static_cast<std::uint32_t>(n));
  }

  static bool is_byline_class(std::string_view names) {
    if (names.size() < 6) return false;
    constexpr auto kWords =
        std::to_array<std::string_view>({"author", "byline", "autor", "auteur", "redakteur", "writer", "firma"});
    const auto stands_at = [&](std::size_t at, std::string_view word) {
      return names.size() - at >= word.size() &&
             std::equal(word.begin(), word.end(), names.begin() + at, is_same_letter);
    };
    for (std::size_t at = 0; at < names.size(); ++at) {
      const char c = static_cast<char>(names[at] | 0x20);
      if (c != 'a' && c != 'b' && c != 'r' && c != 'w' && c != 'f') continue;
      if (std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return stands_at(at, word); }))
        return true;
    }
    return false;
  }

  const HtmlTree& tree_;
  std::vector<std::string_view> scripts_;
  std::string author_card_;  ///< the number of the card's line that names the author
  PageFacts out_;
};

}  // namespace

PageFacts page_facts(const HtmlTree& tree) { return FactReader(tree).read(); }

}  // namespace newsd
