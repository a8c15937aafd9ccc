#include "feeds/extract/entry_page.h"

#include "feeds/extract/text_article.h"
#include "feeds/text/fold.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"
#include "feeds/text/words.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {
namespace {

constexpr std::size_t kMostPictures = 50;

std::size_t words_of(const Article& article) {
  std::size_t words = 0;
  for (const std::string& paragraph : article.paragraphs) words += count_words(paragraph);
  return words;
}

bool has(const Article& article, Flag flag) {
  return std::find(article.flags.begin(), article.flags.end(), flag) != article.flags.end();
}

/// "the harbour was closed […]": a feed that carries the whole text under its name for whole texts does not end so.
bool is_cut_off(std::string_view paragraph) {
  constexpr std::array<std::string_view, 4> kEnds = {"[…]", "[...]", "…", "..."};
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return paragraph.ends_with(end); });
}

constexpr std::size_t kMostCompared = 64 << 10;  // bytes of the page's text
constexpr std::size_t kLongWord = 4;

/// The longer words of a text, folded; of scripts without spaces the characters.
std::vector<std::string> long_words(std::string_view text) {
  std::vector<std::string> words;
  std::string folded, word;
  fold_for_matching(text, folded);
  const auto end_word = [&](std::size_t least) {
    if (word.size() >= least) words.push_back(word);
    word.clear();
  };
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(folded, at);
    if (!is_word_character(c) || is_unspaced(c)) end_word(kLongWord);
    if (!is_word_character(c)) continue;
    word.append(folded, begin, at - begin);
    if (is_unspaced(c)) end_word(1);
  }
  end_word(kLongWord);
  return words;
}

/// Whether at least half of the entry's longer words stand on the page. On a page that asks for consent, or a front
/// page that took the article's place, nearly none do.
bool speaks_of(const Article& page, const Article& entry) {
  std::vector<std::string> words = long_words(entry.headline);
  constexpr std::size_t kTelling = 3;  // fewer may stand anywhere
  if (words.size() < kTelling && !entry.paragraphs.empty()) {
    for (std::string& word : long_words(entry.paragraphs.front())) words.push_back(std::move(word));
  }
  std::string text = page.headline, folded;
  for (const std::string& paragraph : page.paragraphs) {
    if (text.size() >= kMostCompared) break;
    text += '\n' + paragraph;
  }
  fold_for_matching(shortened(text, kMostCompared), folded);
  const auto stands_there = [&](const std::string& word) { return folded.find(word) != std::string::npos; };
  const auto found = static_cast<std::size_t>(std::count_if(words.begin(), words.end(), stands_there));
  return 2 * found >= words.size();
}

bool says_nothing(const std::string& text) { return text.empty(); }
bool says_nothing(const std::optional<When>& when) { return !when; }
bool says_nothing(const std::optional<Url>& url) { return !url; }
std::string_view said(const std::string& text) { return text; }
std::string_view said(const std::optional<When>& when) { return when->value; }
std::string_view said(const std::optional<Url>& url) { return url->str(); }

class Merger {
 public:
  Merger(Article entry, Article page) : article_(std::move(entry)), page_(std::move(page)) {}

  Article merged() {
    take_text();
    const bool no_byline = article_.byline.empty();
    take("headline", article_.headline, page_.headline);
    take("byline", article_.byline, page_.byline);
    if (no_byline) article_.authors = std::move(page_.authors);
    take("infoSources", article_.publisher, page_.publisher, "publisher");
    take("published", article_.published, page_.published);
    take("updated", article_.updated, page_.updated);
    take("url", article_.url, page_.url);
    if (article_.language.empty()) article_.language = std::move(page_.language);
    if (article_.credit.empty()) article_.credit = std::move(page_.credit);
    take_title();
    take_pictures();
    take_categories();
    name_missing(article_);
    return std::move(article_);
  }

 private:
  /// How the page's field was found.
  Provenance of_page(const std::string& name) const {
    const auto found = page_.fields.find(name);
    return found != page_.fields.end() ? found->second : Provenance{"page", std::nullopt, 50};
  }

  /// kept: the name under which the feed's provenance stands, where it is another.
  template <class T>
  void take(const char* name, T& ours, T& theirs, const char* kept = nullptr) {
    if (says_nothing(theirs)) return;
    const Provenance found = of_page(name);
    if (says_nothing(ours)) {
      ours = std::move(theirs);
      article_.fields[name] = found;
    } else if (said(ours) != said(theirs)) {
      article_.fields[kept != nullptr ? kept : name].other = OtherValue{found.how, std::string(said(theirs))};
    }
  }

  void take_text() {
    if (article_.summary.empty() && !article_.paragraphs.empty()) {
      for (const std::string& paragraph : article_.paragraphs) {
        if (!article_.summary.empty()) article_.summary += ' ';
        article_.summary += paragraph;
      }
      article_.fields["description"] = article_.fields["body"];
    }
    take("description", article_.summary, page_.summary);
    article_.paragraphs = std::move(page_.paragraphs);
    article_.fields["body"] = of_page("body");
    article_.removed = std::move(page_.removed);
    article_.paragraph_lines = std::move(page_.paragraph_lines);
    article_.container = page_.container;
    article_.left_out = std::move(page_.left_out);
    std::erase(article_.flags, Flag::Partial);
    std::erase(page_.flags, Flag::Listing);  // that it is an article is said by the feed
    for (const Flag flag : page_.flags) {
      if (!has(article_, flag)) article_.flags.push_back(flag);
    }
  }

  /// Without a headline it is the first sentence of the text, which is the page's now.
  void take_title() {
    article_.fields.erase("title");
    article_.title = article_.headline;
    if (!article_.headline.empty()) return;
    article_.title = first_sentence(article_.paragraphs.front());
    article_.fields["title"] = of_page("title");
  }

  void take_pictures() {
    for (std::size_t i = 0; i < page_.pictures.size() && article_.pictures.size() < kMostPictures; ++i) {
      Picture& picture = page_.pictures[i];
      const auto is_same = [&](const Picture& known) { return !picture.url.empty() && known.url == picture.url; };
      const auto known = std::find_if(article_.pictures.begin(), article_.pictures.end(), is_same);
      if (known == article_.pictures.end()) {
        article_.pictures.push_back(std::move(picture));
        article_.fields[photo(article_.pictures.size())] = of_page(photo(i + 1));
        continue;
      }
      for (const auto part : {&Picture::caption, &Picture::alt, &Picture::credit}) {
        if ((*known.*part).empty()) *known.*part = std::move(picture.*part);
      }
    }
  }
  static std::string photo(std::size_t number) { return "associations.photo-" + std::to_string(number); }

  void take_categories() {
    for (std::string& name : page_.categories) {
      const auto& known = article_.categories;
      if (std::find(known.begin(), known.end(), name) == known.end()) article_.categories.push_back(std::move(name));
    }
  }

  Article article_, page_;
};

}  // namespace

bool wants_page(const Article& entry) {
  if (!entry.url) return false;
  return entry.paragraphs.empty() || has(entry, Flag::Partial) || is_cut_off(entry.paragraphs.back());
}

bool page_tells_more(const Article& entry, const Article& page) {
  return words_of(page) > words_of(entry) && speaks_of(page, entry);
}

Article with_page(Article entry, Article page) { return Merger(std::move(entry), std::move(page)).merged(); }

}  // namespace newsd
