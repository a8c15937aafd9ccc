#include "feeds/format/article_ndjson.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

const ArticleRow& row(const ArticleRows& rows, std::size_t i) { return std::get<ArticleRow>(rows.rows.at(i)); }
const BadRow& bad(const ArticleRows& rows, std::size_t i) { return std::get<BadRow>(rows.rows.at(i)); }

}  // namespace

TEST_CASE("every field of a row is taken as it stands") {
  const auto rows = read_article_ndjson(
      R"({"id":"a-1","url":"https://news.example/1","title":"Ferry late","text":"It came at nine.","html":"<p>x</p>","published":"2026-05-03","updated":"2026-05-04","author":"Anna Bartol","source":"Harbour Post","language":"en"})");
  REQUIRE(rows.rows.size() == 1);
  const ArticleRow& r = row(rows, 0);
  CHECK(r.line == 1);
  CHECK(r.id == "a-1");
  CHECK(r.url == "https://news.example/1");
  CHECK(r.title == "Ferry late");
  CHECK(r.text == "It came at nine.");
  CHECK(r.html == "<p>x</p>");
  CHECK(r.published == "2026-05-03");
  CHECK(r.updated == "2026-05-04");
  CHECK(r.authors == std::vector<std::string>{"Anna Bartol"});
  CHECK(r.source == "Harbour Post");
  CHECK(r.language == "en");
  CHECK(r.odd.empty());
}

TEST_CASE("author and source may be objects, author an array of either; ids may be numbers") {
  const auto rows = read_article_ndjson(
      R"({"id":12345678901234567890,"title":"t","author":[{"name":"Anna Bartol"},"Jan Kern"],"source":{"name":"Harbour Post","country":"NO"}})");
  CHECK(row(rows, 0).id == "12345678901234567890");
  CHECK(row(rows, 0).authors == std::vector<std::string>{"Anna Bartol", "Jan Kern"});
  CHECK(row(rows, 0).source == "Harbour Post");
}

TEST_CASE("a field of another type is left aside and named, null is like absent") {
  const auto rows = read_article_ndjson(R"({"title":"t","text":7,"author":[3],"language":null})");
  CHECK(row(rows, 0).odd == std::vector<std::string>{"text", "author"});
  CHECK(row(rows, 0).text.empty());
}

TEST_CASE("a bad line never loses the others and is known by its number") {
  const auto rows = read_article_ndjson(
      "{\"title\":\"one\"}\n\n{\"title\":\r\n[1]\n{\"id\":\"x\",\"headline\":\"no\"}\n{\"title\":\"two\"}",
      {100, 1000, {}, 10});
  REQUIRE(rows.rows.size() == 5);
  CHECK(row(rows, 0).title == "one");
  CHECK(bad(rows, 1).line == 12);
  CHECK(bad(rows, 1).reason.code == "malformed-json");
  CHECK(bad(rows, 1).reason.where.starts_with("line 12, column "));
  CHECK(bad(rows, 2).reason.text == "the line is JSON, but no object");
  CHECK(bad(rows, 3).reason.code == "no-article");
  CHECK(bad(rows, 3).id == "x");
  CHECK(row(rows, 4).line == 15);
}

TEST_CASE("rows and their bytes are bounded") {
  const auto many = read_article_ndjson("{\"title\":\"1\"}\n{\"title\":\"2\"}\n{\"title\":\"3\"}\n", {2, 1000, {}, 1});
  CHECK(many.rows.size() == 2);
  CHECK(many.truncated);
  const auto exact = read_article_ndjson("{\"title\":\"1\"}\n{\"title\":\"2\"}\n\n", {2, 1000, {}, 1});
  CHECK_FALSE(exact.truncated);
  const auto wide =
      read_article_ndjson("{\"title\":\"" + std::string(200, 'x') + "\"}\n{\"title\":\"2\"}", {10, 100, {}, 1});
  CHECK(bad(wide, 0).reason.code == "too-large");
  CHECK(row(wide, 1).title == "2");
}
