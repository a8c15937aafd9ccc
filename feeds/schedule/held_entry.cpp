#include "feeds/schedule/held_entry.h"

#include "feeds/extract/text_article.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace newsd {
namespace {

/// A HeldEntry with its lists as text: a line an element, tabs between the parts of one. What feeds say is held in
/// lines without tabs (feed_articles.cpp).
struct Flat {
  Instant since, received;
  bool shared_guid = false;
  std::string input, uri, sha256, format, charset, declared, guid, url, member, headline, title, summary, byline,
      publisher, language, paragraphs, authors, categories, pictures, published, updated, fields, flags;
  std::uint64_t bytes = 0;
  std::uint32_t replaced = 0;
  int charset_how = 0;
};

/// Every member with its name in the journal, which may never change.
constexpr auto kEachMember = [](auto& f, auto& visit) {
  visit("since", f.since);
  visit("received", f.received);
  visit("shared-guid", f.shared_guid);
  visit("input", f.input);
  visit("uri", f.uri);
  visit("sha256", f.sha256);
  visit("format", f.format);
  visit("charset", f.charset);
  visit("declared", f.declared);
  visit("charset-how", f.charset_how);
  visit("replaced", f.replaced);
  visit("bytes", f.bytes);
  visit("guid", f.guid);
  visit("url", f.url);
  visit("member", f.member);
  visit("headline", f.headline);
  visit("title", f.title);
  visit("summary", f.summary);
  visit("byline", f.byline);
  visit("publisher", f.publisher);
  visit("language", f.language);
  visit("paragraphs", f.paragraphs);
  visit("authors", f.authors);
  visit("categories", f.categories);
  visit("pictures", f.pictures);
  visit("published", f.published);
  visit("updated", f.updated);
  visit("fields", f.fields);
  visit("flags", f.flags);
};

constexpr std::array kPrecisions = {Precision::Time, Precision::Day, Precision::Month, Precision::Year};
constexpr std::array kFlags = {Flag::Paywalled, Flag::Partial,           Flag::Liveblog, Flag::Listing,
                               Flag::Malformed, Flag::MachineTranslated, Flag::Truncated};

/// The value of that name, as to_string() names it.
template <class Values>
auto named(const Values& all, std::string_view name) -> std::optional<typename Values::value_type> {
  const auto found = std::find_if(all.begin(), all.end(), [&](auto value) { return to_string(value) == name; });
  if (found == all.end()) return std::nullopt;
  return *found;
}

template <class Range, class LineOf>
std::string lines_of(const Range& all, LineOf line_of) {
  std::string out;
  for (const auto& one : all) {
    if (!out.empty()) out += '\n';
    out += line_of(one);
  }
  return out;
}

std::string itself(const std::string& line) { return line; }

std::vector<std::string> parts_of(std::string_view text, char at) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string when_line(const std::optional<When>& when) {
  return when ? when->value + '\t' + std::string(to_string(when->precision)) + '\t' + when->raw : std::string();
}

Error malformed(const char* what) {
  return {FeedStateError::Malformed, std::string("an entry whose ") + what + " cannot be read"};
}

/// Reads the lists back; says of the first that cannot be read what it is.
class Reader {
 public:
  explicit Reader(Flat flat) : flat_(std::move(flat)) {}

  Result<HeldEntry> read(std::string_view key) {
    entry_.key = key;
    entry_.since = flat_.since;
    entry_.shared_guid = flat_.shared_guid;
    read_origin();
    read_text();
    read_when(flat_.published, article().published);
    read_when(flat_.updated, article().updated);
    read_pictures();
    read_fields();
    for (const std::string& name : parts_of(flat_.flags, '\n')) {
      const auto flag = named(kFlags, name);
      if (flag)
        article().flags.push_back(*flag);
      else
        fail("flags");
    }
    if (amiss_ != nullptr) return malformed(amiss_);
    return std::move(entry_);
  }

 private:
  Article& article() { return entry_.article; }
  void fail(const char* what) {
    if (amiss_ == nullptr) amiss_ = what;
  }

  void read_origin() {
    Origin& origin = entry_.origin;
    origin.kind = OriginKind::Feed;
    origin.input = flat_.input;
    origin.uri = flat_.uri;
    origin.received_at = flat_.received;
    origin.bytes = flat_.bytes;
    if (flat_.sha256.size() != origin.sha256.bytes.size()) return fail("checksum");
    std::transform(flat_.sha256.begin(), flat_.sha256.end(), origin.sha256.bytes.begin(),
                   [](char byte) { return static_cast<std::uint8_t>(byte); });
    const auto format = format_from_name(flat_.format);
    if (!format) return fail("format");
    origin.format = *format;
    if (flat_.charset.empty()) return;
    if (flat_.charset_how < 0 || flat_.charset_how > static_cast<int>(CharsetSource::Fallback)) return fail("charset");
    origin.charset = {flat_.charset, flat_.declared, static_cast<CharsetSource>(flat_.charset_how), flat_.replaced};
  }

  void read_text() {
    Article& a = article();
    const auto url = Url::parse(flat_.url);
    if (!url) return fail("page");
    a.url = *url;
    a.guid = flat_.guid;
    a.member = flat_.member;
    a.headline = flat_.headline;
    a.title = flat_.title;
    a.summary = flat_.summary;
    a.byline = flat_.byline;
    a.publisher = flat_.publisher;
    a.language = flat_.language;
    a.paragraphs = parts_of(flat_.paragraphs, '\n');
    a.authors = parts_of(flat_.authors, '\n');
    a.categories = parts_of(flat_.categories, '\n');
  }

  void read_when(std::string_view line, std::optional<When>& into) {
    if (line.empty()) return;
    const auto parts = parts_of(line, '\t');
    const auto precision = parts.size() == 3 ? named(kPrecisions, parts[1]) : std::nullopt;
    if (!precision) return fail("date");
    into = When{parts[0], *precision, parts[2]};
  }

  void read_pictures() {
    for (const std::string& line : parts_of(flat_.pictures, '\n')) {
      auto parts = parts_of(line, '\t');
      if (parts.size() != 4) return fail("pictures");
      article().pictures.push_back(
          {std::move(parts[0]), std::move(parts[1]), std::move(parts[2]), std::move(parts[3])});
    }
  }

  void read_fields() {
    for (const std::string& line : parts_of(flat_.fields, '\n')) {
      const auto parts = parts_of(line, '\t');
      int confidence = 0;
      if (parts.size() != 3) return fail("fields");
      const char* end = parts[2].data() + parts[2].size();
      if (std::from_chars(parts[2].data(), end, confidence).ptr != end) return fail("fields");
      article().fields[parts[0]] = {parts[1], std::nullopt, confidence};
    }
  }

  Flat flat_;
  HeldEntry entry_;
  const char* amiss_ = nullptr;
};

}  // namespace

std::string encode(const HeldEntry& entry) {
  const Article& a = entry.article;
  const Origin& origin = entry.origin;
  Flat flat;
  flat.since = entry.since;
  flat.shared_guid = entry.shared_guid;
  flat.input = origin.input;
  flat.uri = origin.uri;
  flat.received = origin.received_at;
  flat.bytes = origin.bytes;
  flat.sha256.assign(origin.sha256.bytes.begin(), origin.sha256.bytes.end());
  flat.format = to_string(origin.format);
  if (origin.charset) {
    flat.charset = origin.charset->used;
    flat.declared = origin.charset->declared;
    flat.charset_how = static_cast<int>(origin.charset->how);
    flat.replaced = origin.charset->replaced;
  }
  flat.url = a.url ? a.url->str() : std::string();
  flat.guid = a.guid;
  flat.member = a.member;
  flat.headline = a.headline;
  flat.title = a.title;
  flat.summary = a.summary;
  flat.byline = a.byline;
  flat.publisher = a.publisher;
  flat.language = a.language;
  flat.paragraphs = lines_of(a.paragraphs, itself);
  flat.authors = lines_of(a.authors, itself);
  flat.categories = lines_of(a.categories, itself);
  flat.published = when_line(a.published);
  flat.updated = when_line(a.updated);
  flat.pictures =
      lines_of(a.pictures, [](const Picture& p) { return p.caption + '\t' + p.alt + '\t' + p.credit + '\t' + p.url; });
  flat.fields = lines_of(a.fields, [](const auto& field) {
    return field.first + '\t' + field.second.how + '\t' + std::to_string(field.second.confidence);
  });
  flat.flags = lines_of(a.flags, [](Flag flag) { return std::string(to_string(flag)); });
  return state_lines(std::as_const(flat), kEachMember);
}

Result<HeldEntry> decode_held_entry(std::string_view key, std::string_view text) {
  auto flat = state_of_lines<Flat>(text, kEachMember);
  if (!flat) return flat.error();
  auto entry = Reader(*std::move(flat)).read(key);
  if (entry) name_missing(entry->article);
  return entry;
}

}  // namespace newsd
