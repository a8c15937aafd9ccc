#include "feeds/extract/explain.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace newsd;

namespace {

const std::string kFirst =
    "The council met on Monday evening and agreed, after a debate of three hours, to mend the road to the mill.";
const std::string kSecond =
    "Work is to begin in spring, the engineer said, and to end before the first of the summer guests arrive.";

Explanation explained(std::string bytes) {
  Document document;
  document.bytes = std::move(bytes);
  auto explanation = explain(document);
  REQUIRE(explanation.has_value());
  return std::move(*explanation);
}
const ExplainedPart& part_with(const Explanation& explanation, std::string_view text) {
  const auto found = std::find_if(explanation.parts.begin(), explanation.parts.end(),
                                  [&](const ExplainedPart& part) { return part.text.find(text) != std::string::npos; });
  REQUIRE(found != explanation.parts.end());
  return *found;
}

}  // namespace

TEST_CASE("every line of a text is there once, with its part, rule and score") {
  const auto explanation =
      explained("Road to the mill mended\n\nBy Ida Holm\n\n" + kFirst + "\n\n" + kSecond + "\n\nRelated articles\n");
  REQUIRE(explanation.parts.size() == 5);
  CHECK(explanation.parts[0].role == LineRole::Headline);
  CHECK(explanation.parts[1].role == LineRole::Byline);
  CHECK(explanation.parts[2].role == LineRole::Body);
  CHECK(explanation.parts[2].lines == LineRange{5, 5});
  CHECK(explanation.parts[2].score > 1);
  const ExplainedPart& last = explanation.parts.back();
  CHECK(last.role == LineRole::Removed);
  CHECK(last.kind == RemovedKind::Related);
  CHECK(last.rule == "phrase");
  CHECK(last.score < 0);
}

TEST_CASE("every rule of a text has a name") {
  const auto explanation =
      explained("Home\nRoad to the mill mended\n" + kFirst + "\n" + kSecond + "\n" + kSecond +
                "\n12.05.2024\nA | B | C\nTwo words\n" + kFirst + "\nLeave a reply\nmore to come\n");
  for (const ExplainedPart& part : explanation.parts) {
    INFO(part.text);
    CHECK_FALSE(part.rule.empty());
  }
}

TEST_CASE("a page's blocks are there with what kept or removed them") {
  const auto explanation =
      explained("<html><body><nav>Home Town</nav>\n<article><h1>Road to the mill mended</h1>\n<p>" + kFirst +
                "</p>\n<p>" + kSecond + "</p><div class=newsletter>Sign up here</div></article></body></html>");
  CHECK(part_with(explanation, "Home").rule == "element");
  CHECK(part_with(explanation, "Road").role == LineRole::Headline);
  CHECK(part_with(explanation, "council").role == LineRole::Body);
  CHECK(part_with(explanation, "council").lines == LineRange{3, 3});
  CHECK(part_with(explanation, "Sign up").kind == RemovedKind::Widget);
}

TEST_CASE("a feed has nothing to explain, and an empty file neither") {
  Document document;
  document.bytes = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Mill</title></channel></rss>";
  const auto feed = explain(document);
  REQUIRE_FALSE(feed.has_value());
  CHECK(feed.error().is(ReadError::UnsupportedFormat));
  document.bytes.clear();
  REQUIRE_FALSE(explain(document).has_value());
  CHECK(explain(document).error().is(ReadError::Empty));
}
