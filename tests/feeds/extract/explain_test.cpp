#include "feeds/extract/explain.h"
#include "feeds/extract/line_key.h"

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

TEST_CASE("a line that goes for what was learned of its source says so, and from how many articles") {
  const std::string appeal = "This paper lives on what its readers give, please think of us.";
  Document document;
  document.origin.input = "inbox";
  document.bytes = "Road to the mill mended\n\n" + kFirst + "\n\n" + kSecond + "\n\n" + appeal + "\n";
  Knowledge knowledge;
  std::string room;
  knowledge.take(std::vector<Lesson>(4, Lesson{"drop:inbox", {line_key(appeal, room)}, 0}), {});
  const auto explanation = explain(document, {}, {&knowledge, 3});
  REQUIRE(explanation.has_value());
  const ExplainedPart& part = part_with(*explanation, "lives on what");
  CHECK(part.role == LineRole::Removed);
  CHECK(part.kind == RemovedKind::Repeat);
  CHECK(part.rule == "learned");
  CHECK(part.learned_from == 4);
  CHECK(part_with(*explanation, kFirst).role == LineRole::Body);
  CHECK(part_with(explained(document.bytes), "lives on what").role == LineRole::Body);
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

// gzip -n of kFirst, an empty line, kSecond and a line feed
const std::string kPacked(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x25\x8d\x41\x0e\x83\x30\x0c\x04\xef\xbc\x62\x1f\x80\xf8\x49\x6f"
    "\x95\x7a\x36\x64\x09\x51\xc1\xae\x9c\x80\xd4\xdf\xd7\xa1\x52\x0e\xd1\x7a\x34\xf3\xdc\x88\xc5\x4e\x5d\xca"
    "\x8e\x83\x0d\xa6\x78\x98\x26\xf9\x82\x17\xb5\x68\x86\x68\x82\x64\x27\xd3\x08\x59\x1b\x1d\x82\xc4\x59\x1a"
    "\x61\x2b\xda\x16\x17\x6c\x76\x7a\x1d\xd1\x2c\x1c\x81\xb7\x90\xba\x49\xea\x43\xff\x1f\x65\xdf\xa7\x61\x78"
    "\x99\xbf\x51\x6a\x5f\x67\xe6\xa2\x88\x57\x3f\x1e\x91\xf1\xc6\xa8\x31\x32\x02\x55\x4a\x8f\xe9\x2d\xe8\xc2"
    "\x99\xab\x39\x6f\x68\x2d\x5e\xdb\xbf\x4c\xd4\xf3\x38\x82\xcf\x27\x6b\xab\x10\xf7\x72\x71\x1a\x7e\xb7\x1e"
    "\x04\x39\xd4\x00\x00\x00",
    162);

TEST_CASE("what is packed with gzip is explained as what is inside") {
  const Explanation inside = explained(kFirst + "\n\n" + kSecond + "\n"), packed = explained(kPacked);
  REQUIRE(packed.parts.size() == inside.parts.size());
  for (std::size_t i = 0; i < inside.parts.size(); ++i) CHECK(packed.parts[i].text == inside.parts[i].text);
}
