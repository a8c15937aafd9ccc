#include "feeds/format/json_feed.h"

#include "feeds/format/feed_place.h"
#include "feeds/format/text_construct.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"

namespace newsd {
namespace {

/// The text of a member; a number's digits count as text, since ids are often numbers.
std::string text_of(const JsonValue& object, std::string_view name) {
  const JsonValue* value = object.find(name);
  if (value == nullptr) return {};
  if (const auto* text = value->as_string()) return std::string(trimmed(*text));
  const auto* digits = value->as_number();
  return digits == nullptr ? std::string() : *digits;
}

const std::vector<JsonValue>& list_of(const JsonValue& object, std::string_view name) {
  static const std::vector<JsonValue> kNone;
  const JsonValue* value = object.find(name);
  return value != nullptr && value->as_array() != nullptr ? *value->as_array() : kNone;
}

class Reader {
 public:
  Reader(const std::string& base, std::size_t max_entries) : base_(base), max_entries_(max_entries) {}

  Feed read(const JsonValue& value) {
    Feed feed;
    feed.format = text_of(value, "version").find("1.1") == std::string::npos ? FeedFormat::Json10 : FeedFormat::Json11;
    feed.title = text(value, "title", "text/plain");
    feed.description = text(value, "description", "text/plain");
    feed.language = text_of(value, "language");
    feed.link = address(value, "home_page_url");
    if (!feed.link.empty()) feed.links.push_back({"alternate", feed.link, "text/html", "", "", ""});
    feed.self = address(value, "feed_url");
    if (!feed.self.empty()) feed.links.push_back({"self", feed.self, "application/feed+json", "", "", ""});
    if (auto next = address(value, "next_url"); !next.empty())
      feed.links.push_back({"next", next, "application/feed+json", "", "", ""});
    feed.icon = address(value, "icon");
    feed.image.url = feed.icon;
    if (feed.icon.empty()) feed.icon = address(value, "favicon");
    read_authors(value, feed);
    for (const JsonValue& hub : list_of(value, "hubs")) {
      if (auto url = address(hub, "url"); !url.empty()) feed.pace.hubs.push_back(std::move(url));
    }
    for (const JsonValue& item : list_of(value, "items")) {
      if (!item.is_object()) continue;
      if (feed.entries.size() == max_entries_) {
        feed.truncated = true;
        break;
      }
      feed.entries.push_back(read_item(item));
    }
    return feed;
  }

 private:
  std::string address(const JsonValue& object, std::string_view name) const {
    const std::string text = text_of(object, name);
    return text.empty() || is_script_uri(text) ? std::string() : resolve_reference(base_, text);
  }

  FeedText text(const JsonValue& object, std::string_view name, std::string_view type) const {
    FeedText out;
    out.value = text_of(object, name);
    if (out.value.empty()) return out;
    out.type = type;
    out.base = base_;
    finish_text(out, false, false);
    return out;
  }

  void read_authors(const JsonValue& object, FeedMetadata& owner) const {
    const auto add = [&](const JsonValue& author) {
      FeedPerson person{text_of(author, "name"), "", address(author, "url")};
      if (person.empty()) return;
      owner.author = person_as_text(person);
      owner.authors.push_back(std::move(person));
    };
    for (const JsonValue& author : list_of(object, "authors")) add(author);
    const JsonValue* single = object.find("author");  // 1.0
    if (single != nullptr && owner.authors.empty()) add(*single);
  }

  void read_attachments(const JsonValue& item, Entry& entry) const {
    for (const JsonValue& attachment : list_of(item, "attachments")) {
      Enclosure enclosure{address(attachment, "url"), text_of(attachment, "mime_type"),
                          text_of(attachment, "size_in_bytes")};
      if (enclosure.url.empty()) continue;
      entry.links.push_back({"enclosure", enclosure.url, enclosure.type, "", "", enclosure.length});
      entry.enclosures.push_back(std::move(enclosure));
    }
  }

  Entry read_item(const JsonValue& item) const {
    Entry entry;
    entry.id = text_of(item, "id");
    entry.title = text(item, "title", "text/plain");
    entry.summary = text(item, "summary", "text/plain");
    entry.language = text_of(item, "language");
    entry.link = address(item, "url");
    if (!entry.link.empty()) entry.links.push_back({"alternate", entry.link, "text/html", "", "", ""});
    const std::string external = address(item, "external_url");
    if (!external.empty()) entry.links.push_back({"related", external, "text/html", "", "", ""});
    if (entry.link.empty()) entry.link = external;
    for (const auto& [name, type] : {std::pair{"content_html", "text/html"}, std::pair{"content_text", "text/plain"}}) {
      if (FeedText content = text(item, name, type); !content.value.empty())
        entry.content.push_back({std::move(content), ""});
    }
    entry.image.url = address(item, "image");
    if (entry.image.url.empty()) entry.image.url = address(item, "banner_image");
    if (auto date = text_of(item, "date_published"); !date.empty()) entry.published = feed_date(date);
    if (auto date = text_of(item, "date_modified"); !date.empty()) entry.updated = feed_date(date);
    read_authors(item, entry);
    for (const JsonValue& tag : list_of(item, "tags")) {
      if (const auto* term = tag.as_string()) add_category(entry.categories, {std::string(trimmed(*term)), "", ""});
    }
    read_attachments(item, entry);
    return entry;
  }

  const std::string& base_;
  std::size_t max_entries_;
};

}  // namespace

bool is_json_feed(const JsonValue& value) {
  if (!value.is_object()) return false;
  const std::string version = text_of(value, "version");
  if (version.find("jsonfeed.org/version/") != std::string::npos) return true;
  return (version == "1" || version == "1.0" || version == "1.1") && value.find("items") != nullptr;
}

Feed read_json_feed(const JsonValue& value, const std::string& base, std::size_t max_entries) {
  return Reader(base, max_entries).read(value);
}

}  // namespace newsd
