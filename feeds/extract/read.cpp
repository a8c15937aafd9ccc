#include "feeds/extract/read.h"

#include "feeds/extract/feed_articles.h"
#include "feeds/extract/least_words.h"
#include "feeds/extract/page_article.h"
#include "feeds/extract/recognise.h"
#include "feeds/extract/row_article.h"
#include "feeds/extract/text_article.h"
#include "feeds/format/article_ndjson.h"
#include "feeds/format/parse_feed.h"
#include "feeds/format/text.h"
#include "feeds/text/controls.h"
#include "feeds/text/lines.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

Result<Reading> read_plain_text(Reading reading, std::string text, const Document& document, const ReadLimits& limits) {
  const TextUnits units =
      read_text(without_controls(std::move(text)), {limits.max_lines, limits.max_line_bytes, document.first_line});
  Article article = text_article(units, limits.max_text_bytes);
  if (article.paragraphs.empty() || !has_words(article, limits.min_words)) {
    const char* why = article.paragraphs.empty() ? "the text holds no article, only lines that stand around one"
                                                 : "headline and body together have too few words";
    reading.items.emplace_back(Refusal{{ReadError::NoArticle, why, document.origin.name}, {}, {}});
    return reading;
  }
  article.url = document.url;
  name_missing(article);
  reading.items.emplace_back(std::move(article));
  return reading;
}

/// A page that shows its text only by a script, and says of itself that it is an article.
bool is_told_article(const Article& article) {
  const auto has = [&](Flag flag) {
    return std::find(article.flags.begin(), article.flags.end(), flag) != article.flags.end();
  };
  return article.paragraphs.empty() && has(Flag::Partial) && !has(Flag::Listing);
}

Result<Reading> read_page(Reading reading, std::string_view html, const Document& document, const ReadLimits& limits,
                          const Learned& learned) {
  Article article = page_article(html, document.url, limits.max_text_bytes, {&document.origin, learned});
  if ((article.paragraphs.empty() && !is_told_article(article)) || !has_words(article, limits.min_words)) {
    const char* why = article.paragraphs.empty() ? "the page shows no text that could be an article"
                                                 : "headline and body together have too few words";
    reading.items.emplace_back(Refusal{{ReadError::NoArticle, why, document.origin.name}, {}, {}});
    return reading;
  }
  reading.items.emplace_back(std::move(article));
  return reading;
}

/// One object that was written over several lines, or all the lines there are.
ArticleRows read_rows(std::string_view text, const Document& document, const NdjsonLimits& limits) {
  ArticleRows rows = read_article_ndjson(text, limits);
  const bool torn = rows.rows.size() > 1 && std::holds_alternative<BadRow>(rows.rows.front());
  if (!torn || document.forced == Format::ArticleNdjson) return rows;
  auto whole = read_article_row(text, limits.first_line, limits);
  if (std::holds_alternative<ArticleRow>(whole)) {
    rows.rows.clear();
    rows.rows.push_back(std::move(whole));
  }
  return rows;
}

Result<Reading> read_ndjson(Reading reading, std::string_view text, const Document& document,
                            const ReadLimits& limits) {
  NdjsonLimits bounds;
  bounds.max_rows = limits.max_articles;
  bounds.max_line_bytes = limits.max_bytes;
  bounds.json.max_depth = limits.max_json_depth;
  bounds.first_line = document.first_line;
  ArticleRows rows = read_rows(text, document, bounds);
  std::size_t articles = 0;
  for (auto& row : rows.rows) {
    if (auto* bad = std::get_if<BadRow>(&row)) {
      reading.items.emplace_back(Refusal{std::move(bad->reason), std::move(bad->id), std::to_string(bad->line)});
      continue;
    }
    ++articles;
    std::visit([&](auto&& item) { reading.items.emplace_back(std::forward<decltype(item)>(item)); },
               row_article(std::move(std::get<ArticleRow>(row)), limits, reading.warnings));
  }
  if (rows.truncated)
    reading.warnings.push_back("only the first " + std::to_string(limits.max_articles) + " lines were read");
  // asked for, it may be a piece of a stream with nothing but bad lines; found out by its looks, it never was article
  // NDJSON
  if (articles == 0 && document.forced != Format::ArticleNdjson) {
    const auto* first = reading.items.empty() ? nullptr : std::get_if<Refusal>(&reading.items.front());
    if (first == nullptr) return Error{ReadError::Empty, "there is nothing in it", document.origin.name};
    const bool malformed = first->reason.is(ReadError::MalformedJson);
    return Error{malformed ? ReadError::MalformedJson : ReadError::UnsupportedFormat,
                 malformed ? first->reason.text : "this is JSON, but " + first->reason.text, first->reason.where};
  }
  return reading;
}

bool is_feed(Format format) {
  return format == Format::Rss || format == Format::Atom || format == Format::Rdf || format == Format::JsonFeed ||
         format == Format::Sitemap;
}

Error feed_error(const Error& error, const Document& document) {
  const bool json = trimmed(document.bytes).starts_with('{');
  ReadError code = json && error.is(FeedError::Malformed) ? ReadError::MalformedJson : ReadError::UnsupportedFormat;
  if (error.is(FeedError::Empty)) code = ReadError::Empty;
  if (error.is(FeedError::TooLarge)) code = ReadError::TooLarge;
  return {code, error.text, document.origin.name};
}

Result<Reading> read_feed(Reading reading, const Document& document, const ReadLimits& limits) {
  const std::string url = document.url ? document.url->str() : std::string();
  const std::string type =
      document.declared_charset.empty() ? std::string() : "application/xml; charset=" + document.declared_charset;
  FeedLimits bounds;
  bounds.max_bytes = limits.max_bytes;
  bounds.max_entries = limits.max_articles;
  bounds.max_json_depth = limits.max_json_depth;
  auto feed = parse_feed(document.bytes, {url, type, document.content_location, document.content_language}, bounds);
  if (!feed) return feed_error(feed.error(), document);
  reading.origin.charset = feed->charset;
  append_feed_articles(reading, *std::move(feed), limits);
  return reading;
}

Result<Reading> read_unpacked(const Document& document, const ReadLimits& limits, const Learned& learned) {
  auto recognised = recognise(document, limits);
  if (!recognised) return recognised.error();
  Reading reading;
  reading.origin = std::move(recognised->origin);
  const Format format = reading.origin.format;
  if (format == Format::Text) return read_plain_text(std::move(reading), std::move(recognised->text), document, limits);
  if (format == Format::Html) return read_page(std::move(reading), recognised->text, document, limits, learned);
  if (format == Format::ArticleNdjson) return read_ndjson(std::move(reading), recognised->text, document, limits);
  if (is_feed(format)) return read_feed(std::move(reading), document, limits);
  return Error{ReadError::UnsupportedFormat, "this is " + recognised->what + ", which newsd does not read",
               document.origin.name};
}

}  // namespace

Result<Reading> read(const Document& document, const ReadLimits& limits, const Learned& learned) {
  const auto inside = unpacked(document, limits);
  if (!inside) return inside.error();
  return read_unpacked(*inside ? **inside : document, limits, learned);
}

}  // namespace newsd
