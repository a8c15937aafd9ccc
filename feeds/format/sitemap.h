// Sitemaps (sitemaps.org 0.9), with Google's news and image extensions, and their indexes: events → entries, or the
// addresses of further sitemaps. One thread.
#pragma once

#include "feeds/format/feed.h"
#include "feeds/format/feed_vocabulary.h"
#include "feeds/format/xml_events.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// A sitemap that a sitemap index names.
struct ListedSitemap {
  std::string url;
  FeedDate updated;
  bool operator==(const ListedSitemap&) const = default;
};

class SitemapBuilder : public XmlHandler {
 public:
  SitemapBuilder(std::string base, std::size_t max_entries) : base_(std::move(base)), max_entries_(max_entries) {}

  void start_element(const XmlElement& element) override;
  void end_element() override;
  void text(std::string_view characters) override;

  std::size_t size() const { return feed_.entries.size() + index_.size(); }
  bool is_index() const { return is_index_; }
  Feed take_feed();
  std::vector<ListedSitemap> take_index() { return std::move(index_); }

 private:
  struct Frame {
    FeedNamespace space = FeedNamespace::Other;
    std::string name;
  };
  void store(const Frame& frame, std::string_view text);
  void store_news(Entry& entry, std::string_view name, std::string_view text);
  void store_url(Entry& entry, std::string_view name, std::string_view text);

  std::string base_;
  std::size_t max_entries_;
  std::vector<Frame> frames_;
  std::string text_;
  bool is_index_ = false;
  Feed feed_;
  Entry* entry_ = nullptr;
  std::vector<ListedSitemap> index_;
  ListedSitemap* listed_ = nullptr;
};

/// One URL a line, as sitemaps may be, too; nothing when a line is something else.
std::optional<Feed> read_sitemap_text(std::string_view text, std::size_t max_entries);

}  // namespace newsd
