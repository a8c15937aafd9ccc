#include "feeds/format/opml.h"

#include "feeds/format/feed_place.h"
#include "feeds/format/opml_builder.h"
#include "feeds/format/parse_feed.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"

#include <algorithm>
#include <map>

namespace newsd {
namespace {

/// A folder's path in full is copied to each of its feeds: this much of it.
constexpr std::size_t kLongestFolder = 1000;

bool same_folded(std::string_view a, std::string_view lower_case) {
  return std::equal(a.begin(), a.end(), lower_case.begin(), lower_case.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y; });
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  for (char c : value) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) >= ' ')
          out += c;
        else
          out += ' ';
    }
  }
  out += '"';
}

void append_feed(std::string& out, const OpmlFeed& feed, std::string_view indent) {
  out += indent;
  out += "<outline type=\"rss\"";
  const std::string& title = feed.title.empty() ? feed.url : feed.title;
  append_attribute(out, "text", title);
  append_attribute(out, "title", title);
  append_attribute(out, "xmlUrl", feed.url);
  if (!feed.home_page.empty()) append_attribute(out, "htmlUrl", feed.home_page);
  out += "/>\n";
}

}  // namespace

void OpmlBuilder::start_element(const XmlElement& element) {
  in_body_ |= same_folded(element.name, "body");
  std::string folder;
  if (in_body_ && same_folded(element.name, "outline")) {
    const FeedAttributes attributes(element);
    std::string_view title = attributes.get("title");
    if (title.empty()) title = attributes.get("text");
    // OPML 2.0 spells it xmlUrl, and other readers find no other spelling
    std::string_view url;
    for (const XmlAttribute& a : element.attributes) {
      if (a.name == "xmlUrl") url = trimmed(a.value);
    }
    if (url.empty() || is_script_uri(url)) {
      folder = title;
    } else if (feeds_.size() < max_feeds_) {
      OpmlFeed feed;
      feed.url = resolve_reference(base_, url);
      feed.title = title;
      if (const auto page = attributes.get("htmlurl"); !page.empty() && !is_script_uri(page))
        feed.home_page = resolve_reference(base_, page);
      for (const std::string& outer : open_) {
        if (outer.empty() || feed.folder.size() + outer.size() > kLongestFolder) continue;
        if (!feed.folder.empty()) feed.folder += '/';
        feed.folder += outer;
      }
      feeds_.push_back(std::move(feed));
    }
  }
  open_.push_back(std::move(folder));
}

void OpmlBuilder::end_element() {
  if (!open_.empty()) open_.pop_back();
}

Result<std::vector<OpmlFeed>> read_opml(std::string_view bytes) {
  auto document = parse_feed_document(bytes);
  if (!document) return document.error();
  auto* list = std::get_if<FeedList>(&*document);
  if (list == nullptr || list->format != FeedFormat::Opml)
    return Error{FeedError::NotAFeed, "this is no OPML feed list"};
  return std::move(list->outlines);
}

std::string write_opml(const std::vector<OpmlFeed>& feeds, std::string_view title) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>";
  std::string escaped;
  append_attribute(escaped, "", title);
  out += std::string_view(escaped).substr(3, escaped.size() - 4);  // what stands between ` ="` and `"`
  out += "</title>\n  </head>\n  <body>\n";
  std::map<std::string_view, std::size_t> places;  // of folders in the order of their first feed
  std::vector<std::vector<const OpmlFeed*>> folders;
  for (const OpmlFeed& feed : feeds) {
    const auto place = places.try_emplace(feed.folder, folders.size()).first->second;
    if (place == folders.size()) folders.emplace_back();
    folders[place].push_back(&feed);
  }
  for (const auto& members : folders) {
    const std::string& folder = members.front()->folder;
    if (!folder.empty()) {
      out += "    <outline";
      append_attribute(out, "text", folder);
      append_attribute(out, "title", folder);
      out += ">\n";
    }
    for (const OpmlFeed* feed : members) append_feed(out, *feed, folder.empty() ? "    " : "      ");
    if (!folder.empty()) out += "    </outline>\n";
  }
  out += "  </body>\n</opml>\n";
  return out;
}

}  // namespace newsd
