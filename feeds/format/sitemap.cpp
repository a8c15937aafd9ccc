#include "feeds/format/sitemap.h"

#include "feeds/article/url.h"
#include "feeds/format/feed_place.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"

#include <algorithm>

namespace newsd {
namespace {

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

void set_link(Entry& entry, std::string url) {
  entry.links.push_back({"alternate", url, "text/html", "", "", ""});
  entry.link = std::move(url);
}

}  // namespace

void SitemapBuilder::start_element(const XmlElement& element) {
  Frame frame{feed_namespace(element.uri, element.prefix), lowered(element.name)};
  // the sitemap namespace itself comes in many spellings: it is the one that is no extension
  if (frame.space == FeedNamespace::Core || frame.space == FeedNamespace::Other) frame.space = FeedNamespace::Sitemap;
  const bool plain = frame.space == FeedNamespace::Sitemap;
  if (frames_.empty()) is_index_ = frame.name == "sitemapindex";
  if (plain && frame.name == "url" && entry_ == nullptr && !is_index_) {
    if (feed_.entries.size() < max_entries_) {
      entry_ = &feed_.entries.emplace_back();
    } else {
      feed_.truncated = true;
    }
  } else if (plain && frame.name == "sitemap" && listed_ == nullptr && is_index_ && index_.size() < max_entries_) {
    listed_ = &index_.emplace_back();
  }
  text_.clear();
  frames_.push_back(std::move(frame));
}

void SitemapBuilder::text(std::string_view characters) { text_ += characters; }

void SitemapBuilder::end_element() {
  if (frames_.empty()) return;
  const Frame frame = std::move(frames_.back());
  frames_.pop_back();
  if (frame.space == FeedNamespace::Sitemap && frame.name == "url")
    entry_ = nullptr;
  else if (frame.space == FeedNamespace::Sitemap && frame.name == "sitemap")
    listed_ = nullptr;
  else if (const auto value = trimmed(text_); !value.empty())
    store(frame, value);
  text_.clear();
}

void SitemapBuilder::store(const Frame& frame, std::string_view text) {
  const bool plain = frame.space == FeedNamespace::Sitemap;
  if (listed_ != nullptr && plain) {
    if (frame.name == "loc" && !is_script_uri(text)) listed_->url = resolve_reference(base_, text);
    if (frame.name == "lastmod") listed_->updated = feed_date(text);
  }
  if (entry_ == nullptr) return;
  if (plain) store_url(*entry_, frame.name, text);
  if (frame.space == FeedNamespace::News) store_news(*entry_, frame.name, text);
  if (frame.space == FeedNamespace::SitemapImage && !is_script_uri(text)) {
    if (frame.name == "loc")
      entry_->media.contents.push_back({resolve_reference(base_, text), "", "image", "", "", "", "", ""});
    else if (frame.name == "caption" && !entry_->media.contents.empty())
      entry_->media.contents.back().description = text;
    else if (frame.name == "title" && !entry_->media.contents.empty())
      entry_->media.contents.back().title = text;
  }
}

void SitemapBuilder::store_url(Entry& entry, std::string_view name, std::string_view text) {
  if (name == "loc" && !is_script_uri(text)) set_link(entry, resolve_reference(base_, text));
  if (name == "lastmod") entry.updated = feed_date(text);
}

void SitemapBuilder::store_news(Entry& entry, std::string_view name, std::string_view text) {
  if (name == "title") {
    entry.title = {std::string(text), "text/plain", "", base_};
  } else if (name == "publication_date") {
    entry.published = feed_date(text);
  } else if (name == "language") {
    entry.language = text;
  } else if (name == "name") {
    if (!entry.source) entry.source.emplace();
    entry.source->title = {std::string(text), "text/plain", "", base_};
  } else if (name == "keywords" || name == "genres" || name == "stock_tickers") {
    const std::string_view scheme = name == "keywords" ? "" : name;
    for (std::string_view rest = text; !rest.empty();) {
      const auto end = std::min(rest.find(','), rest.size());
      const auto term = trimmed(rest.substr(0, end));
      if (!term.empty()) add_category(entry.categories, {std::string(term), std::string(scheme), ""});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

Feed SitemapBuilder::take_feed() {
  feed_.format = FeedFormat::Sitemap;
  return std::move(feed_);
}

std::optional<Feed> read_sitemap_text(std::string_view text, std::size_t max_entries) {
  Feed feed;
  feed.format = FeedFormat::Sitemap;
  for (const Line& line : split_lines(text).lines) {
    const std::string_view url = trimmed(line.text);
    if (url.empty()) continue;
    if (url.find_first_of(" \t") != std::string_view::npos || !Url::parse(url)) return std::nullopt;
    if (feed.entries.size() == max_entries) {
      feed.truncated = true;
      break;
    }
    set_link(feed.entries.emplace_back(), std::string(url));
  }
  if (feed.entries.empty()) return std::nullopt;
  return feed;
}

}  // namespace newsd
