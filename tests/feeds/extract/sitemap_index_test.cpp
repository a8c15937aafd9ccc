#include "feeds/extract/sitemap_index.h"

#include "tests/support/gzip.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

Document document_of(const std::string& bytes, const char* url = "https://news.example/sitemap.xml") {
  Document document;
  document.bytes = bytes;
  document.url = *Url::parse(url);
  return document;
}

std::string index_of(std::initializer_list<std::pair<std::string, std::string>> sitemaps) {
  std::string text = "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
  for (const auto& [url, lastmod] : sitemaps) {
    text += "<sitemap><loc>" + url + "</loc>";
    if (!lastmod.empty()) text += "<lastmod>" + lastmod + "</lastmod>";
    text += "</sitemap>";
  }
  return text + "</sitemapindex>";
}

std::vector<std::string> urls_of(const SitemapIndex& index) {
  std::vector<std::string> urls;
  for (const PolledSitemap& sitemap : index.chosen) urls.push_back(sitemap.url);
  return urls;
}

const std::string kThree = index_of({{"https://news.example/old.xml", "2026-11-01"},
                                     {"https://news.example/undated.xml.gz", ""},
                                     {"https://news.example/new.xml", "2026-11-22T10:00:00+01:00"}});

TEST_CASE("the sitemaps that changed last are chosen first, undated ones after them") {
  const auto index = read_sitemap_index(document_of(kThree), 10);
  REQUIRE(index);
  CHECK(urls_of(*index) == std::vector<std::string>{"https://news.example/new.xml", "https://news.example/old.xml",
                                                    "https://news.example/undated.xml.gz"});
  CHECK(index->chosen[0].updated == parse_rfc3339("2026-11-22T09:00:00Z"));
  CHECK_FALSE(index->chosen[2].updated);
  const auto two = read_sitemap_index(document_of(kThree), 2);
  CHECK(two->chosen.size() == 2);
  CHECK(two->more == 1);
}

TEST_CASE("an index that is packed with gzip is read") {
  CHECK(read_sitemap_index(document_of(gzipped(kThree)), 10)->chosen.size() == 3);
}

TEST_CASE("an index speaks for its own host only, and names each sitemap once") {
  const auto index = read_sitemap_index(document_of(index_of({{"http://NEWS.example:80/a.xml", ""},
                                                              {"/b.xml", ""},
                                                              {"https://news.example/b.xml", ""},
                                                              {"https://other.example/c.xml", ""},
                                                              {"https://news.example:8443/d.xml", ""},
                                                              {"https://news.example.evil.example/e.xml", ""},
                                                              {"https://me@news.example/f.xml", ""},
                                                              {"ftp://news.example/g.xml", ""},
                                                              {"javascript:alert(1)", ""},
                                                              {"", ""}})),
                                        10);
  REQUIRE(index);
  CHECK(index->foreign == 3);
  CHECK(index->chosen.size() == 3);
}

TEST_CASE("what is no sitemap index is none") {
  CHECK_FALSE(read_sitemap_index(document_of("<urlset><url><loc>https://news.example/</loc></url></urlset>"), 10));
  CHECK_FALSE(read_sitemap_index(document_of("<rss><channel/></rss>"), 10));
  CHECK_FALSE(read_sitemap_index(document_of(""), 10));
  const auto empty = read_sitemap_index(document_of("<sitemapindex></sitemapindex>"), 10);
  CHECK((!empty || empty->chosen.empty()));
}

}  // namespace
}  // namespace newsd
