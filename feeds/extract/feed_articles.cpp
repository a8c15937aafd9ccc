#include "feeds/extract/feed_articles.h"

#include "feeds/extract/least_words.h"
#include "feeds/extract/plain_html.h"
#include "feeds/extract/text_article.h"
#include "feeds/text/controls.h"
#include "feeds/text/lines.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace newsd {
namespace {

using namespace std::chrono;

constexpr std::size_t kMostWarnings = 100;
constexpr std::size_t kMostPictures = 50;
constexpr std::size_t kLongestMember = 200;
/// Before the web there were no feeds: an older date is a default that nobody filled in.
constexpr sys_days kFirstFeeds = 1990y / January / 1;

bool is_markup(const FeedText& text) { return text.type == "text/html" || text.type == "application/xhtml+xml"; }

/// One line of plain text without control characters.
std::string one_line(std::string text) {
  text = without_controls(std::move(text));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  std::string out;
  for (char c : trimmed(text)) {
    if (c != ' ' || !out.ends_with(' ')) out += c;
  }
  return out;
}

std::vector<std::string> paragraphs_of(const FeedText& text) {
  // plain text from feeds is HTML often enough: what looks like a tag is none of the reader's words
  const bool markup = is_markup(text) || text.value.find("</") != std::string::npos;
  std::vector<std::string> out;
  if (markup) {
    out = html_paragraphs(text.value);
  } else {
    std::string paragraph;
    for (const Line& line : split_lines(text.value).lines) {
      const auto words = trimmed(line.text);
      if (!words.empty()) {
        if (!paragraph.empty()) paragraph += ' ';
        paragraph += words;
      } else if (!paragraph.empty()) {
        out.push_back(std::move(paragraph));
        paragraph.clear();
      }
    }
    if (!paragraph.empty()) out.push_back(std::move(paragraph));
  }
  for (std::string& paragraph : out) paragraph = one_line(std::move(paragraph));
  std::erase_if(out, [](const std::string& paragraph) { return paragraph.empty(); });
  return out;
}

std::string line_of(const FeedText& text) {
  std::string out;
  for (const std::string& paragraph : paragraphs_of(text)) {
    if (!out.empty()) out += ' ';
    out += paragraph;
  }
  return out;
}

std::optional<When> when_of(const FeedDate& date) {
  if (!date.at) return std::nullopt;
  const std::string text = to_rfc3339(*date.at);
  switch (date.precision) {
    case Precision::Time: return When{text.substr(0, 19) + "Z", date.precision, one_line(date.raw)};
    case Precision::Day: return When{text.substr(0, 10), date.precision, one_line(date.raw)};
    case Precision::Month: return When{text.substr(0, 7), date.precision, one_line(date.raw)};
    case Precision::Year: return When{text.substr(0, 4), date.precision, one_line(date.raw)};
  }
  return std::nullopt;
}

/// http and https are one page.
std::string_view without_scheme(std::string_view link) {
  for (const std::string_view scheme : {"https:", "http:"}) {
    if (link.starts_with(scheme)) return link.substr(scheme.size());
  }
  return link;
}

/// Guids that stand at entries with different links say nothing about which entry it is.
std::set<std::string> shared_guids(const std::vector<Entry>& entries) {
  std::map<std::string_view, std::string_view> links;
  std::set<std::string> shared;
  for (const Entry& entry : entries) {
    if (entry.id.empty()) continue;
    const std::string_view link = without_scheme(entry.link);
    const auto [first, is_new] = links.try_emplace(entry.id, link);
    if (!is_new && first->second != link) shared.insert(entry.id);
  }
  return shared;
}

class EntryReader {
 public:
  EntryReader(const Entry& entry, const Feed& feed, Reading& reading, const ReadLimits& limits)
      : entry_(entry), feed_(feed), reading_(reading), limits_(limits) {}

  std::variant<Article, Refusal> read(bool guid_is_shared) {
    if (!guid_is_shared) article_.guid = one_line(entry_.id);
    read_url();
    article_.member = member(guid_is_shared);
    article_.headline = article_.title = line_of(entry_.title);
    if (!article_.headline.empty()) found("headline", "feed-title");
    read_text();
    read_names();
    read_date("published", entry_.published.raw.empty() ? entry_.created : entry_.published, article_.published);
    read_date("updated", entry_.updated, article_.updated);
    article_.language = language();
    read_pictures();
    read_categories();
    if (article_.headline.empty() && !article_.paragraphs.empty()) {
      article_.title = first_sentence(article_.paragraphs.front());
      found("title", "first-sentence");
    }
    if (!has_words(article_, limits_.min_words)) {
      return Refusal{{ReadError::NoArticle, "the entry has no title and no text", article_.member},
                     article_.guid.empty() ? article_.member : article_.guid,
                     article_.member};
    }
    name_missing(article_);
    return std::move(article_);
  }

 private:
  void found(const char* field, const char* how) { article_.fields[field] = {how, std::nullopt, 100}; }
  void complain(const std::string& what) {
    if (reading_.warnings.size() < kMostWarnings) reading_.warnings.push_back(article_.member + ": " + what);
  }

  /// What the entry is called in its document, whatever its place in it.
  std::string member(bool guid_is_shared) const {
    std::string name = guid_is_shared ? std::string() : entry_.id;
    if (name.empty()) name = entry_.link;
    if (name.empty()) name = line_of(entry_.title) + " " + entry_.published.raw;
    return one_line(std::string(shortened(name, kLongestMember)));
  }

  void read_url() {
    for (const std::string* link : {&entry_.link, &entry_.id}) {
      if (link == &entry_.id && entry_.id_is_permalink == false) continue;
      if (auto url = Url::parse(*link)) {
        article_.url = std::move(*url);
        found("url", link == &entry_.link ? "feed-link" : "feed-guid");
        return;
      }
    }
  }

  /// The whole text where the feed carries it; else what the feed tells of it, as a part.
  void read_text() {
    const FeedText* body = nullptr;
    std::vector<std::string> text;
    for (const FeedContent& content : entry_.content) {
      if (body != nullptr && content.value.size() <= body->value.size()) continue;
      std::vector<std::string> paragraphs = paragraphs_of(content);
      if (paragraphs.empty()) continue;
      text = std::move(paragraphs);
      body = &content;
    }
    std::vector<std::string> summary = paragraphs_of(entry_.summary);
    if (summary.empty()) summary = paragraphs_of(entry_.subtitle);
    if (body != nullptr) {
      found("body", "feed-content");
      if (!summary.empty() && summary.front() != text.front()) {
        article_.summary = line_of(entry_.summary.value.empty() ? entry_.subtitle : entry_.summary);
        found("description", "feed-summary");
      }
    } else if (!summary.empty()) {
      text = std::move(summary);
      found("body", "feed-summary");
      article_.flags.push_back(Flag::Partial);
    }
    std::size_t bytes = 0;
    for (std::string& paragraph : text) add_paragraph(article_, std::move(paragraph), limits_.max_text_bytes, bytes);
    if (feed_.malformed) article_.flags.push_back(Flag::Malformed);
  }

  void read_names() {
    // RFC 4287, 4.2.1: an entry without author has its source's, else its feed's
    const bool atom = feed_.format == FeedFormat::Atom || feed_.format == FeedFormat::Atom03 ||
                      feed_.format == FeedFormat::Atom10 || feed_.format == FeedFormat::Json11 ||
                      feed_.format == FeedFormat::Json10;
    const FeedMetadata* from = &entry_;
    if (from->authors.empty() && entry_.source && !entry_.source->authors.empty())
      from = &*entry_.source;
    else if (from->authors.empty() && atom)
      from = &feed_;
    for (const FeedPerson& author : from->authors) {
      std::string name = one_line(author.name);
      if (name.empty()) continue;
      if (!article_.byline.empty()) article_.byline += ", ";
      article_.byline += name;
      article_.authors.push_back(std::move(name));
    }
    if (!article_.byline.empty()) found("byline", from == &entry_ ? "feed-author" : "feed-author-inherited");
    const FeedPerson& publisher = entry_.publisher.name.empty() ? feed_.publisher : entry_.publisher;
    article_.publisher = entry_.source ? line_of(entry_.source->title) : std::string();
    if (article_.publisher.empty()) article_.publisher = one_line(publisher.name);
    if (!article_.publisher.empty()) found("publisher", "feed-publisher");
  }

  void read_date(const char* field, const FeedDate& date, std::optional<When>& to) {
    to = when_of(date);
    if (to) {
      found(field, "feed-date");
      if (*date.at < Instant{kFirstFeeds}) complain(std::string(field) + " lies before there were feeds: " + to->value);
      const Instant now = reading_.origin.received_at;
      if (now != Instant{} && *date.at > now + 24h) complain(std::string(field) + " lies in the future: " + to->value);
    } else if (!date.raw.empty()) {
      complain(std::string(field) + " is left out, it is no date that newsd reads");
    }
  }

  std::string language() const {
    for (const std::string* tag : {&entry_.language, &entry_.title.language, &feed_.language}) {
      const bool plausible = !tag->empty() && tag->size() <= 35 && std::all_of(tag->begin(), tag->end(), [](char c) {
        return c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      });
      if (plausible) return *tag;
    }
    return {};
  }

  void add_picture(const std::string& url, const std::string& caption, const std::string& credit) {
    if (url.empty() || article_.pictures.size() == kMostPictures) return;
    const bool known =
        std::any_of(article_.pictures.begin(), article_.pictures.end(), [&](const Picture& p) { return p.url == url; });
    if (known) return;
    article_.pictures.push_back({one_line(caption), {}, one_line(credit), one_line(url)});
    article_.fields["associations.photo-" + std::to_string(article_.pictures.size())] = {"feed-media", std::nullopt,
                                                                                         100};
  }

  void read_pictures() {
    for (const MediaContent& media : entry_.media.contents) {
      if (media.medium == "image" || media.type.starts_with("image/"))
        add_picture(media.url, media.description.empty() ? media.title : media.description, media.credit);
    }
    for (const Enclosure& enclosure : entry_.enclosures) {
      if (enclosure.type.starts_with("image/")) add_picture(enclosure.url, {}, {});
    }
    add_picture(entry_.image.url, {}, {});
    if (article_.pictures.empty()) {
      for (const std::string& thumbnail : entry_.media.thumbnails) add_picture(thumbnail, {}, {});
    }
  }

  void read_categories() {
    for (const FeedCategory& category : entry_.categories) {
      std::string name = one_line(category.label.empty() ? category.term : category.label);
      const bool known =
          std::find(article_.categories.begin(), article_.categories.end(), name) != article_.categories.end();
      if (!name.empty() && !known) article_.categories.push_back(std::move(name));
    }
  }

  const Entry& entry_;
  const Feed& feed_;
  Reading& reading_;
  const ReadLimits& limits_;
  Article article_;
};

}  // namespace

void append_feed_articles(Reading& reading, Feed feed, const ReadLimits& limits) {
  reading.feed = facts_of(feed);
  if (feed.truncated)
    reading.warnings.push_back("only the first " + std::to_string(feed.entries.size()) + " entries were read");
  const auto shared = shared_guids(feed.entries);
  for (Entry& kept : feed.entries) {
    const Entry entry = std::move(kept);  // gone when it is read: a feed may be large
    const bool is_shared = shared.contains(entry.id);
    std::visit([&](auto&& item) { reading.items.emplace_back(std::forward<decltype(item)>(item)); },
               EntryReader(entry, feed, reading, limits).read(is_shared));
  }
}

}  // namespace newsd
