#include "daemon/cli/article_text.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

constexpr Palette kMarks{"<0>", "<b>", "<d>", "<r>", "<g>", "<y>", "<u>", "<c>"};

Reading reading_of(Article article) {
  Reading reading;
  reading.origin.format = Format::Text;
  reading.origin.bytes = 120;
  reading.items.emplace_back(std::move(article));
  return reading;
}

Article tram() {
  Article article;
  article.headline = "Tram line approved";
  article.summary = "Six hours of debate";
  article.paragraphs = {"The council voted.", "Building begins in spring."};
  article.missing = {"published", "byline"};
  article.removed = {{{1, 3}, RemovedKind::Navigation, "Home | City"},
                     {{9, 9}, RemovedKind::Credit, "Photo: A. Example"}};
  return article;
}

}  // namespace

TEST_CASE("the page has headline, standfirst, paragraphs and what was left out with its lines") {
  CHECK(text_of(reading_of(tram()), "a.txt", {}) ==
        "a.txt  text, 120 bytes\n\nTram line approved\n\nSix hours of debate\n\nThe council voted.\n\nBuilding begins "
        "in spring.\n\n"
        "not in the input: published, byline\n\nremoved:\n"
        "    1–3  navigation    Home | City\n      9  credit        Photo: A. Example\n");
}

TEST_CASE("the headline is bold and the standfirst coloured where there is colour") {
  const auto page = text_of(reading_of(tram()), "a.txt", kMarks);
  CHECK(page.find("<b>Tram line approved<0>") != std::string::npos);
  CHECK(page.find("<c>Six hours of debate<0>") != std::string::npos);
}

TEST_CASE("an article without a headline is shown as one") {
  auto article = tram();
  article.headline.clear();
  CHECK(text_of(reading_of(article), "a.txt", {}).find("(no headline)") != std::string::npos);
}

TEST_CASE("a text cannot draw on the terminal or turn it around") {
  auto article = tram();
  article.headline = "Evil \x1b[2J\x07 head\xE2\x80\xAEline";
  const auto page = text_of(reading_of(article), "a\x1b.txt", {});
  CHECK(page.find('\x1b') == std::string::npos);
  CHECK(page.find('\x07') == std::string::npos);
  CHECK(page.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("parts of an input follow one another, refusals among them") {
  auto reading = reading_of(tram());
  reading.items.emplace_back(Refusal{Error(UrlError::Malformed, "it holds no article"), "", "2"});
  const auto page = text_of(reading, "a.ndjson", {});
  CHECK(page.find("refused part 2: it holds no article (") != std::string::npos);
}
