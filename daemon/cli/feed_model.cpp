#include "daemon/cli/feed_model.h"

#include <charconv>

namespace newsd {
namespace {

std::string utc(Instant t) { return to_rfc3339(t).substr(0, 19) + "Z"; }

void date(JsonText& json, std::string_view name, const FeedDate& d) {
  if (d.at) json.member(name, utc(*d.at));
  if (!d.raw.empty()) json.member(std::string(name) + "_raw", d.raw);
}

std::string as_json(const std::string& text) {
  JsonText json;
  json.reserve(text.size() + text.size() / 8 + 16);  // markup has quotes, which take two bytes
  return json.string(text).take();
}

/// A text and its detail, which repeats it. value: the text's, as JSON.
void text(JsonText& json, std::string_view name, const FeedText& text, std::string_view value) {
  if (text.value.empty()) return;
  json.key(name).raw(value).key(std::string(name) + "_detail");
  json.begin_object().key("value").raw(value).member_if("type", text.type);
  json.member_if("language", text.language).member_if("base", text.base).end_object();
}

void text(JsonText& json, std::string_view name, const FeedText& t) {
  if (!t.value.empty()) text(json, name, t, as_json(t.value));
}

void person(JsonText& json, const FeedPerson& p) {
  json.begin_object().member_if("name", p.name).member_if("email", p.email).member_if("url", p.url).end_object();
}

void persons(JsonText& json, std::string_view name, const std::vector<FeedPerson>& list) {
  if (list.empty()) return;
  json.key(name).begin_array();
  for (const FeedPerson& p : list) person(json, p);
  json.end_array();
}

void generator(JsonText& json, const FeedGenerator& g) {
  json.member_if("generator", g.name);
  if (g == FeedGenerator{}) return;
  json.key("generator_detail").begin_object().member_if("name", g.name).member_if("url", g.url);
  json.member_if("version", g.version).end_object();
}

void links(JsonText& json, const std::vector<FeedLink>& list) {
  if (list.empty()) return;
  json.key("links").begin_array();
  for (const FeedLink& l : list) {
    json.begin_object().member_if("rel", l.rel).member_if("href", l.href).member_if("type", l.type);
    json.member_if("title", l.title).member_if("hreflang", l.hreflang).member_if("length", l.length).end_object();
  }
  json.end_array();
}

void categories(JsonText& json, const std::vector<FeedCategory>& list) {
  if (list.empty()) return;
  json.key("categories").begin_array();
  for (const FeedCategory& c : list) {
    json.begin_object()
        .member_if("term", c.term)
        .member_if("scheme", c.scheme)
        .member_if("label", c.label)
        .end_object();
  }
  json.end_array();
}

void itunes(JsonText& json, const Itunes& i) {
  if (i == Itunes{}) return;
  json.key("itunes").begin_object();
  if (i.block) json.key("block").boolean(*i.block);
  if (i.explicit_content) json.key("explicit").boolean(*i.explicit_content);
  json.member_if("duration", i.duration).member_if("keywords", i.keywords).end_object();
}

void image(JsonText& json, const FeedImage& i) {
  if (i == FeedImage{}) return;
  json.key("image").begin_object().member_if("url", i.url).member_if("title", i.title).member_if("link", i.link);
  json.member_if("description", i.description).member_if("width", i.width).member_if("height", i.height).end_object();
}

void in_reply_to(JsonText& json, const InReplyTo& r) {
  if (r == InReplyTo{}) return;
  json.key("thr_in-reply-to").begin_object().member_if("href", r.href).member_if("ref", r.ref);
  json.member_if("source", r.source).member_if("type", r.type).end_object();
}

/// What feeds, entries and sources have in common.
void metadata(JsonText& json, const FeedMetadata& m) {
  text(json, "title", m.title);
  json.member_if("link", m.link).member_if("id", m.id).member_if("language", m.language);
  text(json, "rights", m.rights);
  json.member_if("author", m.author);
  if (!m.authors.empty()) {
    json.key("author_detail");
    person(json, m.authors.back());
  }
  persons(json, "authors", m.authors);
  persons(json, "contributors", m.contributors);
  if (!m.publisher.empty()) {
    json.member("publisher", m.publisher.email.empty() || m.publisher.name.empty()
                                 ? m.publisher.name + m.publisher.email
                                 : m.publisher.name + " (" + m.publisher.email + ")");
    json.key("publisher_detail");
    person(json, m.publisher);
  }
  date(json, "published", m.published);
  date(json, "updated", m.updated);
  date(json, "created", m.created);
  links(json, m.links);
  categories(json, m.categories);
  image(json, m.image);
  in_reply_to(json, m.in_reply_to);
  itunes(json, m.itunes);
}

void number(JsonText& json, double value) {
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  json.raw({digits, static_cast<std::size_t>(end - digits)});
}

void point(JsonText& json, const std::vector<double>& coordinates) {
  json.begin_array();
  for (const double c : coordinates) number(json, c);
  json.end_array();
}

void geo(JsonText& json, const GeoShape& g) {
  if (g.type.empty() || g.points.empty()) return;
  json.key("geo").begin_object().member("type", g.type).key("coordinates");
  if (g.type == "Point") {
    point(json, g.points.front());
  } else {
    const bool ring = g.type == "Polygon";
    if (ring) json.begin_array();
    json.begin_array();
    for (const auto& p : g.points) point(json, p);
    json.end_array();
    if (ring) json.end_array();
  }
  json.end_object();
}

void media_contents(JsonText& json, const std::vector<MediaContent>& contents) {
  if (contents.empty()) return;
  json.key("content").begin_array();
  for (const MediaContent& c : contents) {
    json.begin_object().member_if("url", c.url).member_if("type", c.type).member_if("medium", c.medium);
    json.member_if("title", c.title).member_if("description", c.description).member_if("credit", c.credit);
    json.member_if("width", c.width).member_if("height", c.height).end_object();
  }
  json.end_array();
}

void media(JsonText& json, const Media& m) {
  if (m == Media{}) return;
  json.key("media").begin_object();
  media_contents(json, m.contents);
  if (!m.credits.empty()) {
    json.key("credit").begin_array();
    for (const MediaCredit& c : m.credits)
      json.begin_object().member_if("role", c.role).member_if("content", c.content).end_object();
    json.end_array();
  }
  if (!(m.license.empty() && m.license_href.empty())) {
    json.key("license").begin_object().member_if("content", m.license).member_if("href", m.license_href);
    json.member_if("type", m.license_type).end_object();
  }
  if (!m.player_url.empty()) json.key("player").begin_object().member("url", m.player_url).end_object();
  if (!m.rating.empty()) json.key("rating").begin_object().member("content", m.rating).end_object();
  if (!m.restricted.empty() || !m.restriction_relationship.empty()) {
    json.key("restriction").begin_object().member_if("relationship", m.restriction_relationship);
    json.key("content").begin_array();
    for (const std::string& where : m.restricted) json.string(where);
    json.end_array().end_object();
  }
  if (!m.thumbnails.empty()) {
    json.key("thumbnail").begin_array();
    for (const std::string& url : m.thumbnails) json.begin_object().member("url", url).end_object();
    json.end_array();
  }
  json.end_object();
}

void source(JsonText& json, const EntrySource& s) {
  json.key("source").begin_object();
  metadata(json, s);
  text(json, "description", s.description);
  generator(json, s.generator);
  json.member_if("icon", s.icon).member_if("logo", s.logo).member_if("url", s.url).end_object();
}

void content(JsonText& json, const FeedContent& c, std::string_view value) {
  json.begin_object();
  if (!c.value.empty()) json.key("value").raw(value);
  json.member_if("type", c.type).member_if("language", c.language);
  json.member_if("base", c.base).member_if("src", c.src).end_object();
}

/// Summary and contents. An entry that has content and no summary is summed up by its content, as readers of the model
/// expect: the longest of texts would be printed three times, so it is escaped once.
void texts(JsonText& json, const Entry& e) {
  const bool sums_up = e.summary.value.empty() && !e.content.empty();
  const std::string first = e.content.empty() ? std::string() : as_json(e.content.front().value);
  if (sums_up)
    text(json, "summary", e.content.front(), first);
  else
    text(json, "summary", e.summary);
  json.member_if("subtitle", e.subtitle.value);
  if (e.content.empty()) return;
  json.key("content").begin_array();
  content(json, e.content.front(), first);
  for (std::size_t i = 1; i < e.content.size(); ++i) content(json, e.content[i], as_json(e.content[i].value));
  json.end_array();
}

void enclosures(JsonText& json, const std::vector<Enclosure>& list) {
  if (list.empty()) return;
  json.key("enclosures").begin_array();
  for (const Enclosure& e : list)
    json.begin_object().member("url", e.url).member_if("type", e.type).member_if("length", e.length).end_object();
  json.end_array();
}

void entry(JsonText& json, const Entry& e) {
  json.begin_object();
  metadata(json, e);
  texts(json, e);
  enclosures(json, e.enclosures);
  json.member_if("comments", e.comments).member_if("license", e.license);
  date(json, "expired", e.expired);
  if (e.id_is_permalink) json.key("id_is_permalink").boolean(*e.id_is_permalink);
  json.member_if("wfw_comment", e.wfw_comment).member_if("wfw_commentrss", e.wfw_comment_rss);
  geo(json, e.geo);
  media(json, e.media);
  if (e.source) source(json, *e.source);
  json.end_object();
}

void cloud(JsonText& json, const FeedCloud& c) {
  if (c == FeedCloud{}) return;
  json.key("cloud").begin_object().member_if("domain", c.domain).member_if("port", c.port).member_if("path", c.path);
  json.member_if("protocol", c.protocol).member_if("registerprocedure", c.register_procedure).end_object();
}

void text_input(JsonText& json, const FeedTextInput& t) {
  if (t == FeedTextInput{}) return;
  json.key("textinput").begin_object().member_if("title", t.title).member_if("description", t.description);
  json.member_if("name", t.name).member_if("link", t.link).end_object();
}

template <class Document>
void facts(JsonText& json, const Document& document) {
  json.begin_object().member("format", to_string(document.format)).member_if("encoding", document.charset.used);
  json.key("malformed").boolean(document.malformed).member_if("malformed_reason", document.malformed_reason);
}

void feed(JsonText& json, const Feed& f) {
  facts(json, f);
  json.key("feed").begin_object();
  metadata(json, f);
  text(json, "description", f.description);
  text(json, "info", f.info);
  json.member_if("docs", f.docs).member_if("icon", f.icon).member_if("logo", f.logo);
  generator(json, f.generator);
  json.member_if("ttl", f.pace.ttl).member_if("newlocation", f.new_location);
  date(json, "validity_start", f.validity_start);
  date(json, "validity_end", f.validity_end);
  cloud(json, f.cloud);
  text_input(json, f.text_input);
  json.end_object().key("entries").begin_array();
  for (const Entry& e : f.entries) entry(json, e);
  json.end_array().end_object();
}

void list(JsonText& json, const FeedList& l) {
  facts(json, l);
  const bool index = l.format == FeedFormat::SitemapIndex;
  json.key(index ? "sitemaps" : "feeds").begin_array();
  for (const OpmlFeed& f : l.outlines) {
    json.begin_object().member("url", f.url).member_if("title", f.title).member_if("folder", f.folder).end_object();
  }
  for (const FoundFeed& f : l.found) json.string(f.url);
  for (const ListedSitemap& s : l.sitemaps) {
    json.begin_object().member("url", s.url);
    date(json, "updated", s.updated);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

void append_feed_model(JsonText& json, const FeedDocument& document) {
  if (const auto* f = std::get_if<Feed>(&document))
    feed(json, *f);
  else
    list(json, std::get<FeedList>(document));
}

}  // namespace newsd
