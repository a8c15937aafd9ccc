#include "feeds/extract/read.h"
#include "feeds/extract/least_words.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace newsd;
using namespace std::string_literals;

namespace {

const std::string kFirst =
    "The harbour of the small town was opened again on Monday after three days of storm and high water.";
const std::string kSecond =
    "Nobody was hurt, the harbour master said, but the eastern quay will have to be rebuilt before winter comes.";

Document document_of(std::string bytes, std::string name = "a.txt") {
  Document d;
  d.bytes = std::move(bytes);
  d.origin.name = std::move(name);
  return d;
}

std::string refused(const Document& d, const ReadLimits& limits = {}) {
  const auto reading = read(d, limits);
  return reading.has_error() ? std::string(reading.error().code) : "read";
}

Article article_of(std::string bytes, const ReadLimits& limits = {}) {
  const auto reading = read(document_of(std::move(bytes)), limits);
  REQUIRE(reading.has_value());
  REQUIRE(reading->items.size() == 1);
  return std::get<Article>(reading->items.front());
}

bool has(const Article& a, Flag f) { return std::find(a.flags.begin(), a.flags.end(), f) != a.flags.end(); }

}  // namespace

TEST_CASE("what is no text is refused with its reason") {
  CHECK(refused(document_of("")) == "empty");
  CHECK(refused(document_of(" \n\t\xC2\xA0\n")) == "empty");
  CHECK(refused(document_of("\x1F\x8B\x08 gzip")) == "unsupported-format");
  CHECK(refused(document_of("<?xml version='1.0'?><opml><body><outline text='x'/>")) == "unsupported-format");
  CHECK(refused(document_of(std::string(200, '[') + std::string(200, ']'))) == "unsupported-format");
  CHECK(refused(document_of(std::string(1'000'000, '[') + std::string(1'000'000, ']'))) == "unsupported-format");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"title\":";
  CHECK(refused(document_of(deep)) == "malformed-json");
  CHECK(refused(document_of("{\"a\": 1}")) == "unsupported-format");
  CHECK(refused(document_of("{\"a\": \n]")) == "malformed-json");
  std::mt19937 random(7);
  std::string garbage(50'000, '\0');
  for (char& c : garbage) c = static_cast<char>(random() & 0xFF);
  CHECK(refused(document_of(garbage)) == "binary");
  ReadLimits limits;
  limits.max_bytes = 10;
  CHECK(refused(document_of("eleven bytes"), limits) == "too-large");
}

// gzip -n of a news sitemap with one page, "The harbour was opened again on Monday"
const auto kPackedSitemap =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x5d\x8f\x41\x12\x83\x20\x0c\x45\xaf\xc2\x8e\x55\x89\x5d\xd6\x41"
    "\x3c\x41\x77\xbd\x00\xd5\x0c\x3a\x83\xc4\x21\x58\xec\xed\x2b\xea\xa2\xed\x2e\xff\xff\xbc\xfc\x89\x6e\xd7"
    "\xc9\x8b\x17\x46\x1e\x29\x34\xf2\xaa\x2a\xd9\x1a\xbd\x44\xcf\x98\xc4\x16\x05\x6e\xe4\x90\xd2\x5c\x03\xe4"
    "\x9c\x15\x8f\x09\x27\x3b\xb3\xa2\xe8\x80\xbb\x61\x13\x0c\xa7\x09\x95\xba\xc9\x83\xa9\x03\xe6\x5f\xd0\x11"
    "\x39\x8f\xaa\xa3\xe9\x1f\xbb\x94\xdd\x9d\xdd\x7b\x8d\xf6\xd4\x99\x42\xf2\x86\x96\x4c\xe1\x6a\xa7\xd9\x23"
    "\x5c\x35\x94\x4c\x17\x73\x6f\x38\xc7\x34\x26\x8f\xe6\x31\xa0\x18\x6c\x7c\xd2\x12\x45\xb6\x2c\x68\xc6\x80"
    "\xbd\xb0\xce\x8e\x41\x50\x10\x77\x0a\xbd\x7d\x6b\xf8\x42\x4e\x71\x9c\x82\xbd\x1c\x8e\xd7\xcd\x07\x87\x65"
    "\xed\xaa\x18\x01\x00\x00"
    ""s;

TEST_CASE("what is packed with gzip is read as what is inside, and called by its own name") {
  const auto reading = read(document_of(kPackedSitemap, "sitemap.xml.gz"));
  REQUIRE(reading.has_value());
  CHECK(reading->origin.format == Format::Sitemap);
  CHECK(reading->origin.name == "sitemap.xml.gz");
  REQUIRE(reading->items.size() == 1);
  CHECK(std::get<Article>(reading->items[0]).headline == "The harbour was opened again on Monday");
  CHECK(refused(document_of(kPackedSitemap.substr(0, 80), "a.gz")) == "unsupported-format");
  ReadLimits limits;
  limits.max_bytes = 250;  // more than it has, less than is inside
  CHECK(kPackedSitemap.size() <= limits.max_bytes);
  CHECK(refused(document_of(kPackedSitemap, "a.gz"), limits) == "too-large");
}

TEST_CASE("what is refused is named for people") {
  const auto archive = read(document_of("\x1F\x8B\x08 gzip"));
  CHECK(archive.error().text == "this gzip archive is damaged");
  CHECK(archive.error().where == "a.txt");
}

TEST_CASE("a format that is forced is not detected") {
  Document d = document_of("<p>" + kFirst + "\n" + kSecond);
  d.forced = Format::Text;
  CHECK(refused(d) == "read");
  d.forced = Format::Rss;
  CHECK(refused(d) == "unsupported-format");
  d = document_of("no json here");
  d.forced = Format::ArticleNdjson;
  d.first_line = 41;
  const auto reading = read(d);
  REQUIRE(reading.has_value());
  const auto& refusal = std::get<Refusal>(reading->items.at(0));
  CHECK(refusal.reason.code == "malformed-json");
  CHECK(refusal.member == "41");
}

TEST_CASE("an article of a title line, a byline and paragraphs") {
  const Article a =
      article_of("Harbour opens after three days of storm\n\nBy Anna Bartol\n\n" + kFirst + "\n\n" + kSecond + "\n");
  CHECK(a.headline == "Harbour opens after three days of storm");
  CHECK(a.title == a.headline);
  CHECK(a.byline == "By Anna Bartol");
  CHECK(a.authors == std::vector<std::string>{"Anna Bartol"});
  CHECK(a.paragraphs == std::vector<std::string>{kFirst, kSecond});
  CHECK(a.missing == std::vector<std::string>{"published", "url", "publisher"});
  CHECK(a.fields.at("body").lines == LineRange{5, 7});
}

TEST_CASE("a document's own URL is the article's") {
  Document d = document_of(kFirst + "\n" + kSecond);
  d.url = Url::parse("https://news.example/a").value();
  const auto reading = read(d);
  const auto& a = std::get<Article>(reading->items.at(0));
  CHECK(a.url == d.url);
  CHECK(std::find(a.missing.begin(), a.missing.end(), "url") == a.missing.end());
}

TEST_CASE("an article with broken bytes is read and they are counted") {
  std::string bytes = "“" + kFirst + "”\n\n“" + kSecond + "”\n";
  bytes.replace(bytes.find("small"), 5, "sm\xE9ll");
  const auto reading = read(document_of(bytes));
  REQUIRE(reading.has_value());
  CHECK(reading->origin.charset->replaced == 1);
}

TEST_CASE("a body over the limit is cut at a paragraph and flagged") {
  ReadLimits limits;
  limits.max_text_bytes = kFirst.size() + 10;
  const Article a = article_of(kFirst + "\n\n" + kSecond + "\n\nShort end.", limits);
  CHECK(a.paragraphs == std::vector<std::string>{kFirst});
  CHECK(has(a, Flag::Truncated));
  limits.max_text_bytes = 20;
  const Article b = article_of(kFirst + "\n\n" + kSecond, limits);
  CHECK(b.paragraphs == std::vector<std::string>{kFirst.substr(0, 20)});
}

TEST_CASE("a very long line is cut and flagged") {
  std::string line;
  while (line.size() < 3'000'000) line += kFirst + " ";
  const Article a = article_of(line);
  CHECK(has(a, Flag::Truncated));
  CHECK(a.body().size() <= ReadLimits{}.max_text_bytes);
  CHECK(a.title == kFirst);
}

TEST_CASE("too few words are refused, by the limit") {
  ReadLimits limits;
  limits.min_words = 50;
  const auto reading = read(document_of(kFirst), limits);
  REQUIRE(reading.has_value());
  CHECK(std::get<Refusal>(reading->items.at(0)).reason.code == "no-article");
}

TEST_CASE("reading twice gives the same") {
  const Document d = document_of("Harbour opens\n\n" + kFirst + "\n\nRelated articles\n\n" + kSecond);
  CHECK(std::get<Article>(read(d)->items.at(0)) == std::get<Article>(read(d)->items.at(0)));
}

TEST_CASE("headline and body together have enough words, or not") {
  Article article;
  CHECK(has_words(article, 0));
  CHECK_FALSE(has_words(article, 1));
  article.headline = "Two words";
  article.paragraphs = {"three more words", "and four behind them"};
  CHECK(has_words(article, 2));
  CHECK(has_words(article, 9));
  CHECK_FALSE(has_words(article, 10));
}

namespace {

const Article& article_of(const Reading& reading) { return std::get<Article>(reading.items.front()); }

Reading read_dump(std::string text) {
  Document document;
  document.bytes = std::move(text);
  auto reading = read(document);
  REQUIRE(reading.has_value());
  return std::move(*reading);
}

const std::string kCouncil =
    "The council met on Monday evening and agreed, after a debate of three hours, to mend the road to the mill.";
const std::string kWork =
    "Work is to begin in spring, the engineer said, and to end before the first of the summer guests arrive.";
const std::string kCost =
    "The road will cost four million, the treasurer said, of which the state pays one half and the county the rest.";

}  // namespace

TEST_CASE("a sentence that stood in front of the body, as a teaser, is still part of it, once") {
  const Reading reading =
      read_dump("Road to the mill mended\n" + kCouncil + "\n" + "Home\nTown\nSport\nMoney\nVideo\nPodcasts\nGames\n" +
                kWork + "\n" + kCouncil + "\n" + kCost + "\n" + kCouncil + "\n");
  CHECK(article_of(reading).paragraphs == std::vector<std::string>{kWork, kCouncil, kCost});
}

TEST_CASE("an appeal among the paragraphs of a text is none of them, nor a caption that ends with its credit") {
  const Reading reading = read_dump("Road to the mill mended\n\n" + kCouncil +
                                    "\n\nOur journalism is free for all: support our reporters, if you can "
                                    "afford it, and help us with your donation today.\n\n" +
                                    kWork + "\n\nThe road above the mill © Nils Berg\n\n" + kCost + "\n");
  CHECK(article_of(reading).paragraphs == std::vector<std::string>{kCouncil, kWork, kCost});
}

TEST_CASE("a long paragraph that lost its stop is no caption") {
  const std::string lost = kCouncil + " " + kWork + " " + kCost + " And then the guests come";
  const Reading reading = read_dump("Road to the mill mended\n\n" + kCouncil + " They did.\n\n" + kWork +
                                    " It will.\n\n" + lost + "\n\n" + kCost + " It does.\n");
  CHECK(article_of(reading).paragraphs.size() == 4);
}

TEST_CASE("dates within an article, with paragraphs in between and behind, end nothing") {
  const std::string part = kCouncil + "\n\n" + kWork + " It will.\n\n" + kCost + " It does.\n\n";
  const auto dated = [&](const char* day, const char* more) {
    return std::string(day) + " 2024\n\n" + more + kCouncil + "\n\n" + more + kWork + "\n\n" + more + kCost + "\n\n";
  };
  const Reading reading = read_dump("Road to the mill mended\n\n" + part + dated("3 May", "Then. ") +
                                    dated("4 May", "Later. ") + dated("5 May", "At last. "));
  CHECK(article_of(reading).paragraphs.size() == 12);
}
