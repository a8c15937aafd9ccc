#include "feeds/format/feed_builder.h"

#include "feeds/format/markup.h"
#include "feeds/format/text_construct.h"
#include "feeds/text/lines.h"
#include "feeds/text/uri_reference.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace newsd {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

void lower_into(std::string& out, std::string_view text) {
  out.resize(text.size());
  std::transform(text.begin(), text.end(), out.begin(), lower);
}

bool is_construct(FeedTag tag) {
  switch (tag) {
    case FeedTag::Title:
    case FeedTag::OtherTitle:
    case FeedTag::Description:
    case FeedTag::Tagline:
    case FeedTag::Summary:
    case FeedTag::Subtitle:
    case FeedTag::Content:
    case FeedTag::HtmlContent:
    case FeedTag::XhtmlContent:
    case FeedTag::Info:
    case FeedTag::Rights: return true;
    default: return false;
  }
}

bool is_structure(FeedTag tag) {
  switch (tag) {
    case FeedTag::Channel:
    case FeedTag::Entry:
    case FeedTag::Source:
    case FeedTag::Image:
    case FeedTag::TextInput:
    case FeedTag::MediaGroup:
    case FeedTag::MediaContent:
    case FeedTag::Author:
    case FeedTag::Contributor:
    case FeedTag::Owner:
    case FeedTag::Redirect: return true;
    default: return false;
  }
}

/// A longer xml:base is no address but an attempt to make a small document large.
constexpr std::size_t kLongestBase = 2048;

/// RFC 5646, 4.4.1, recommends room for 35 bytes; a tag is copied to every text below it.
constexpr std::size_t kLongestLanguage = 64;

/// Feeds have ten to sixty as a rule: room for some at once saves moving them.
constexpr std::size_t kUsualEntries = 16;
/// Bytes of the texts that are open at a time.
constexpr std::size_t kUsualText = 4096;

std::string language_tag(std::string_view text) {
  std::string tag(trimmed(text));
  if (tag.size() > kLongestLanguage) return {};
  std::replace(tag.begin(), tag.end(), '_', '-');
  return tag;
}

/// Namespaces, and names, that are found again by their address; few documents have more.
constexpr std::size_t kMostKnown = 64;

std::string_view default_type(FeedTag tag) {
  if (tag == FeedTag::Description || tag == FeedTag::HtmlContent) return "text/html";
  return tag == FeedTag::XhtmlContent ? "application/xhtml+xml" : "text/plain";
}

bool is_void(std::string_view name) {
  static constexpr auto kVoid = std::to_array<std::string_view>(
      {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"});
  return std::find(kVoid.begin(), kVoid.end(), name) != kVoid.end();
}

void append_escaped(std::string& out, std::string_view text, bool quoted) {
  std::size_t begin = 0;
  for (std::size_t at = text.find_first_of("&<>\""); at != std::string_view::npos;
       at = text.find_first_of("&<>\"", at + 1)) {
    if (text[at] == '"' && !quoted) continue;
    out += text.substr(begin, at - begin);
    out += text[at] == '&' ? "&amp;" : text[at] == '<' ? "&lt;" : text[at] == '>' ? "&gt;" : "&quot;";
    begin = at + 1;
  }
  out += text.substr(begin);
}

FeedFormat rss_format(std::string_view version, bool netscape_type) {
  if (netscape_type) return FeedFormat::Rss091Netscape;
  if (version == "0.91") return FeedFormat::Rss091Userland;
  if (version == "0.92") return FeedFormat::Rss092;
  if (version == "0.93") return FeedFormat::Rss093;
  if (version == "0.94") return FeedFormat::Rss094;
  return version.starts_with("2.") || version == "2" ? FeedFormat::Rss20 : FeedFormat::Rss;
}

FeedFormat rdf_format(std::string_view uri) {
  if (uri == "http://purl.org/rss/1.0/") return FeedFormat::Rss10;
  if (uri == "http://my.netscape.com/rdf/simple/0.9/") return FeedFormat::Rss090;
  return FeedFormat::Unknown;
}

}  // namespace

FeedBuilder::FeedBuilder(std::string base, std::string_view language, bool netscape_type, std::size_t max_entries)
    : max_entries_(max_entries), netscape_type_(netscape_type) {
  text_.reserve(kUsualText);
  bases_.push_back(std::move(base));
  place_.feed.language = language_tag(language);
  languages_.push_back(place_.feed.language);
}

Feed FeedBuilder::take() {
  Feed& feed = place_.feed;
  if (feed.format == FeedFormat::Unknown) feed.format = FeedFormat::Rss;
  return std::move(feed);
}

FeedNamespace FeedBuilder::space_of(std::string_view uri, std::string_view prefix) {
  if (uri.empty()) return feed_namespace(uri, prefix);
  const auto known = std::find_if(known_spaces_.begin(), known_spaces_.end(),
                                  [&](const auto& pair) { return pair.first == uri.data(); });
  if (known != known_spaces_.end()) return known->second;
  const FeedNamespace space = feed_namespace(uri, prefix);
  if (known_spaces_.size() < kMostKnown) known_spaces_.emplace_back(uri.data(), space);
  return space;
}

/// name: the parser's; name_ is it in lower case.
FeedTag FeedBuilder::tag_of(FeedNamespace space, std::string_view name) {
  const auto known = std::find_if(known_tags_.begin(), known_tags_.end(),
                                  [&](const KnownTag& t) { return t.name == name.data() && t.space == space; });
  if (known != known_tags_.end()) return known->tag;
  const FeedTag tag = feed_tag(space, name_);
  if (known_tags_.size() < kMostKnown) known_tags_.push_back({name.data(), space, tag});
  return tag;
}

void FeedBuilder::start_root(const XmlElement& element, FeedNamespace space) {
  const FeedAttributes attributes(element);
  Feed& feed = place_.feed;
  if (name_ == "rss") {
    feed.format = rss_format(attributes.get("version"), netscape_type_);
  } else if ((name_ == "feed" || name_ == "entry") && space == FeedNamespace::Core) {
    const auto version = attributes.get("version");
    if (version == "0.3" || element.uri == "http://purl.org/atom/ns#")
      feed.format = FeedFormat::Atom03;
    else if (version == "1.0" || element.uri == "http://www.w3.org/2005/Atom")
      feed.format = FeedFormat::Atom10;
    else
      feed.format = FeedFormat::Atom;
  }
}

/// xml:base and xml:lang count for the element that has them, too.
void FeedBuilder::start_scope(const XmlElement& element, Frame& frame) {
  for (const XmlAttribute& a : element.attributes) {
    const bool is_xml = a.prefix == "xml";
    if (is_xml && a.name == "base") {
      std::string base = resolve_reference(bases_[frame.base], a.value);
      if (is_script_uri(base) || base.size() > kLongestBase) continue;
      frame.base = static_cast<std::uint32_t>(bases_.size());
      bases_.push_back(std::move(base));
    } else if ((is_xml || a.prefix.empty()) && a.name == "lang") {
      frame.language = static_cast<std::uint32_t>(languages_.size());
      languages_.push_back(language_tag(a.value));
      const bool of_feed = frames_.empty();
      if (of_feed && !languages_.back().empty()) place_.feed.language = languages_.back();
    }
  }
}

void FeedBuilder::start_element(const XmlElement& element) {
  Frame frame;
  if (!frames_.empty()) {
    frame.base = frames_.back().base;
    frame.language = frames_.back().language;
  }
  frame.text_begin = text_.size();
  start_scope(element, frame);
  lower_into(name_, element.name);
  const Kind outer = frames_.empty() ? Kind::Structure : frames_.back().kind;
  const bool html_in_field = outer == Kind::Plain && element.prefix.empty() && is_html_element(name_) &&
                             feed_tag(FeedNamespace::Core, name_) == FeedTag::Other;
  if (outer == Kind::Construct || outer == Kind::Markup || html_in_field) {
    if (outer != Kind::Markup) markup_depth_ = 0;
    if (outer != Kind::Markup) in_field_markup_ = html_in_field;
    frame.kind = Kind::Markup;
    start_markup(element, frame);
  } else {
    const FeedNamespace space = space_of(element.uri, element.prefix);
    if (frames_.empty()) start_root(element, space);
    if (place_.feed.format == FeedFormat::Unknown)
      place_.feed.format = rdf_format(space == FeedNamespace::Rdf ? element.default_uri : element.uri);
    frame.tag = tag_of(space, element.name);
    place_.base = bases_[frame.base];
    place_.language = languages_[frame.language];
    start_field(element, frame);
  }
  frames_.push_back(frame);
}

void FeedBuilder::start_field(const XmlElement& element, Frame& frame) {
  const FeedAttributes attributes(element);
  const FeedTag tag = frame.tag;
  // in what is left out, nothing is a field
  const bool ignored =
      tag == FeedTag::Other || (place_.feed.truncated && place_.entry == nullptr && tag != FeedTag::Entry);
  if (ignored) {
    frame.kind = Kind::Ignored;
  } else if (is_structure(tag)) {
    frame.kind = Kind::Structure;
    start_structure(tag, attributes);
  } else if (is_construct(tag)) {
    frame.kind = Kind::Construct;
    start_construct(tag, attributes, frame);
  } else {
    frame.kind = Kind::Plain;
    if (tag == FeedTag::Guid) {
      std::string permalink;
      lower_into(permalink, attributes.get("ispermalink"));
      permalink_ = permalink.empty() || permalink == "true";
    }
  }
  if (!ignored) store_attributes(place_, tag, attributes);
  if (tag == FeedTag::MediaContent && place_.entry != nullptr && !place_.entry->media.contents.empty())
    place_.media = &place_.entry->media.contents.back();
}

void FeedBuilder::start_structure(FeedTag tag, const FeedAttributes& attributes) {
  switch (tag) {
    case FeedTag::Entry: {
      // one inside another: the first was never closed
      place_.entry = nullptr;
      place_.source = nullptr;
      place_.media = nullptr;
      if (place_.feed.entries.size() >= max_entries_) {
        place_.feed.truncated = true;
        return;
      }
      if (place_.feed.entries.empty()) place_.feed.entries.reserve(kUsualEntries);
      place_.feed.entries.emplace_back();
      place_.entry = &place_.feed.entries.back();
      place_.media_description.clear();
      place_.entry->id = attributes.get("about");
      place_.has_title = false;
      place_.in_image = place_.in_text_input = false;
      return;
    }
    case FeedTag::Source:
      if (place_.entry == nullptr || place_.source != nullptr) return;
      if (!place_.entry->source) place_.entry->source.emplace();
      place_.source = &*place_.entry->source;
      if (const auto url = attributes.get("url"); !url.empty()) place_.source->url = place_.resolved(url);
      return;
    case FeedTag::Image:
      place_.in_image = true;
      if (place_.metadata().image.url.empty()) place_.metadata().image.url = place_.resolved(attributes.get("href"));
      return;
    case FeedTag::TextInput: place_.in_text_input = true; return;
    case FeedTag::Author:
    case FeedTag::Contributor:
    case FeedTag::Owner:
      persons_.assign(1, {});
      place_.person = &persons_.back();
      return;
    default: return;
  }
}

void FeedBuilder::start_construct(FeedTag tag, const FeedAttributes& attributes, const Frame& frame) {
  construct_ = {};
  const std::string_view written = tag == FeedTag::HtmlContent ? std::string_view() : attributes.get("type");
  construct_.type = written.empty() ? std::string(default_type(tag)) : text_type(written);
  construct_.language = languages_[frame.language];
  construct_.base = place_.affordable_base();
  construct_src_ = tag == FeedTag::Content ? attributes.get("src") : std::string_view();
  base64_ = is_base64(attributes.get("mode"), construct_.type);
  const FeedFormat format = place_.feed.format;
  const bool atom = format == FeedFormat::Atom || format == FeedFormat::Atom03 || format == FeedFormat::Atom10;
  guess_markup_ = !atom;
  markup_depth_ = 0;
}

/// An element inside a text: whatever type was said, the text is markup.
void FeedBuilder::start_markup(const XmlElement& element, Frame& frame) {
  const bool first = markup_depth_++ == 0;
  const bool is_field = frames_.back().kind == Kind::Plain;
  const bool xml = construct_.type.ends_with("xml");
  // RFC 4287, 3.1.1.3: the div around XHTML is no part of it; around text that was said to be none it means nothing
  const bool wraps = first && name_ == "div" && (!xml || place_.feed.format == FeedFormat::Atom10) &&
                     trimmed(std::string_view(text_).substr(frames_.back().text_begin)).empty();
  if (wraps && !is_field) {
    frame.silent = true;
    if (frame.base != frames_.back().base) construct_.base = bases_[frame.base];
    markup_names_.emplace_back();
    return;
  }
  if (is_field) {
    // markup in what should be words: it stays as it is
  } else if (construct_.type != "application/xhtml+xml" && !construct_.type.ends_with("xml")) {
    // what has been read so far was plain text between tags
    const std::size_t begin = frames_.back().text_begin;
    const std::string before = text_.substr(begin);
    text_.resize(begin);
    append_escaped(text_, before, false);
    construct_.type = "application/xhtml+xml";
  }
  const bool xhtml = space_of(element.uri, element.prefix) == FeedNamespace::Xhtml || element.prefix.empty();
  const bool drawing =
      element.uri == "http://www.w3.org/2000/svg" || element.uri == "http://www.w3.org/1998/Math/MathML";
  std::string name = xhtml || drawing ? name_ : std::string(element.prefix) + ":" + name_;
  text_ += '<';
  text_ += name;
  attributes_.assign(element.attributes.begin(), element.attributes.end());
  if (drawing && (name_ == "svg" || name_ == "math")) attributes_.push_back({"", "", "xmlns", element.uri});
  // by their names, as canonical XML has them
  std::sort(attributes_.begin(), attributes_.end(), [](const XmlAttribute& a, const XmlAttribute& b) {
    return std::tie(a.prefix, a.name) < std::tie(b.prefix, b.name);
  });
  for (const XmlAttribute& a : attributes_) {
    text_ += ' ';
    if (!a.prefix.empty()) (text_ += a.prefix) += ':';
    text_ += a.name;
    text_ += "=\"";
    // bases of inner elements count at once: nothing says them behind
    const bool address = frame.base != frames_.back().base && (a.name == "href" || a.name == "src");
    append_escaped(text_, address ? resolve_reference(bases_[frame.base], a.value) : std::string(a.value), true);
    text_ += '"';
  }
  frame.silent = is_void(name);
  text_ += frame.silent ? " />" : ">";
  markup_names_.push_back(std::move(name));
}

void FeedBuilder::text(std::string_view characters) {
  if (frames_.empty()) return;
  const Frame& frame = frames_.back();
  if (frame.kind == Kind::Ignored) return;
  const bool construct = frame.kind == Kind::Construct || (frame.kind == Kind::Markup && !in_field_markup_);
  if (construct && construct_.type.ends_with("xml") && !base64_)
    append_escaped(text_, characters, false);
  else
    text_ += characters;
}

void FeedBuilder::end_element() {
  if (frames_.empty()) return;
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.kind == Kind::Markup) {
    if (!frame.silent) ((text_ += "</") += markup_names_.back()) += '>';
    markup_names_.pop_back();
    --markup_depth_;
  } else {
    place_.base = bases_[frame.base];
    place_.language = languages_[frame.language];
    const std::string_view text = trimmed(std::string_view(text_).substr(frame.text_begin));
    if (frame.kind == Kind::Construct) {
      end_construct(frame);
    } else if (frame.kind == Kind::Structure) {
      end_structure(frame.tag, text);
    } else if (frame.tag == FeedTag::Guid) {
      if (!text.empty()) end_guid(text);
    } else if (frame.kind == Kind::Plain && !text.empty()) {
      store_plain(place_, frame.tag, without_c1(std::string(text)));
      if (frame.tag == FeedTag::Language && !frames_.empty()) {
        languages_.push_back(language_tag(text));
        for (Frame& outer : frames_) outer.language = static_cast<std::uint32_t>(languages_.size() - 1);
      }
    }
    text_.resize(frame.text_begin);
  }
  const std::uint32_t outer = frames_.empty() ? 0 : frames_.back().base;
  if (frame.base != outer) bases_.resize(frame.base);
}

void FeedBuilder::end_construct(const Frame& frame) {
  construct_.value = text_.substr(frame.text_begin);
  finish_text(construct_, base64_, guess_markup_);
  store_text(place_, frame.tag, std::move(construct_), construct_src_);
}

void FeedBuilder::end_guid(std::string_view text) {
  FeedMetadata& owner = place_.metadata();
  const bool permalink = permalink_.value_or(false);
  owner.id = permalink ? place_.resolved(text) : std::string(text);
  if (place_.entry == nullptr || place_.source != nullptr) return;
  place_.entry->id_is_permalink = permalink && owner.link.empty();
  if (permalink && owner.link.empty()) owner.link = owner.id;
}

void FeedBuilder::end_structure(FeedTag tag, std::string_view text) {
  switch (tag) {
    case FeedTag::Entry:
      if (place_.entry != nullptr && place_.entry->summary.value.empty() && !place_.media_description.empty())
        place_.entry->summary = {std::move(place_.media_description), "text/plain", place_.language,
                                 std::string(place_.base)};
      place_.entry = nullptr;
      place_.source = nullptr;
      place_.has_title = true;
      return;
    case FeedTag::Source:
      if (place_.source != nullptr && place_.source->title.value.empty() && !text.empty())
        place_.source->title = {without_c1(std::string(text)), "text/plain", place_.language, std::string(place_.base)};
      place_.source = nullptr;
      return;
    case FeedTag::Image: place_.in_image = false; return;
    case FeedTag::TextInput: place_.in_text_input = false; return;
    case FeedTag::MediaContent: place_.media = nullptr; return;
    case FeedTag::Author:
    case FeedTag::Contributor:
    case FeedTag::Owner: return end_person(tag, text);
    default: return;
  }
}

void FeedBuilder::end_person(FeedTag tag, std::string_view text) {
  place_.person = nullptr;
  const FeedPerson person = persons_.empty() ? FeedPerson{} : std::move(persons_.back());
  if (person.empty()) {
    if (!text.empty())
      store_plain(place_, tag == FeedTag::Owner ? FeedTag::PublisherText : tag, without_c1(std::string(text)));
    return;
  }
  FeedMetadata& owner = place_.metadata();
  if (tag == FeedTag::Owner) {
    owner.publisher = person;
  } else if (tag == FeedTag::Contributor) {
    owner.contributors.push_back(person);
  } else {
    owner.author = person_as_text(person);
    owner.authors.push_back(person);
  }
}

}  // namespace newsd
