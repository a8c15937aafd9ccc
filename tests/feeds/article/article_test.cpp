#include "feeds/article/article.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("the body joins paragraphs by a blank line") {
  Article article;
  CHECK(article.body().empty());
  article.paragraphs = {"One."};
  CHECK(article.body() == "One.");
  article.paragraphs = {"One.", "Two.", "Three."};
  CHECK(article.body() == "One.\n\nTwo.\n\nThree.");
}

TEST_CASE("names of removed lines and flags are those of the event schema") {
  CHECK(to_string(RemovedKind::CommentForm) == "comment-form");
  CHECK(to_string(RemovedKind::Advertisement) == "advertisement");
  CHECK(to_string(RemovedKind::Other) == "other");
  CHECK(to_string(Flag::MachineTranslated) == "machine-translated");
  CHECK(to_string(Flag::Truncated) == "truncated");
}

TEST_CASE("every format is found again by its printed name") {
  for (int i = 0; i <= static_cast<int>(Format::Warc); ++i) {
    const auto format = static_cast<Format>(i);
    CAPTURE(to_string(format));
    CHECK(format_from_name(to_string(format)) == format);
  }
  CHECK(to_string(Format::ArticleNdjson) == "ndjson");
  CHECK(format_from_name("article-ndjson") == Format::ArticleNdjson);
  CHECK_FALSE(format_from_name("docx"));
  CHECK(to_string(OriginKind::Stdin) == "stdin");
  CHECK(to_string(CharsetSource::ValidUtf8) == "valid-utf8");
}

TEST_CASE("taking the value of a failed result throws its words") {
  const Result<Url> url = Url::parse("mailto:desk@news.example");
  REQUIRE(url.has_error());
  CHECK_THROWS_WITH(url.value(), Catch::Contains("neither http nor https") && Catch::Contains("url-not-http"));
}
