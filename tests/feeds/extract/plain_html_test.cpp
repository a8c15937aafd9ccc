#include "feeds/extract/plain_html.h"

#include <catch2/catch.hpp>

using namespace newsd;
using Paragraphs = std::vector<std::string>;

TEST_CASE("block elements end paragraphs, inline ones do not") {
  CHECK(html_paragraphs("<p>One <b>bold</b>\n word.</p><p>Two.<br>Three.</p><ul><li>Four<li>Five</ul>Six") ==
        Paragraphs{"One bold word.", "Two.", "Three.", "Four", "Five", "Six"});
  CHECK(html_paragraphs("no tags at all") == Paragraphs{"no tags at all"});
  CHECK(html_paragraphs("") == Paragraphs{});
}

TEST_CASE("scripts, styles, comments and the head are no text") {
  CHECK(html_paragraphs("<head><title>t</title></head><script>if (a<b) x('</p>')</script><STYLE>p{}</STYLE><!-- "
                        "<p>c</p> --><p>Text</p>") == Paragraphs{"Text"});
}

TEST_CASE("references are decoded and no-break spaces kept") {
  CHECK(html_paragraphs("<p>Fish&nbsp;&amp;&#32;chips &lt;b&gt;</p>") == Paragraphs{"Fish\xC2\xA0& chips <b>"});
}

TEST_CASE("malformed markup loses no text behind it") {
  CHECK(html_paragraphs("a < b and <3 <p class=\"x>y\">c</p") == Paragraphs{"a < b and <3", "c"});
  CHECK(html_paragraphs("<!-- never closed <p>Text</p>") == Paragraphs{"never closed", "Text"});
  CHECK(html_paragraphs("<noscript>never closed <p>Text</p>") == Paragraphs{"never closed", "Text"});
  CHECK(html_paragraphs("<p>Text<script>never closed <p>x</p>") == Paragraphs{"Text"});
  CHECK(html_paragraphs("<") == Paragraphs{"<"});
  CHECK(html_paragraphs("</") == Paragraphs{"</"});
}

TEST_CASE("a hundred thousand open tags take linear time") {
  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<noscript><svg><!--";
  CHECK(html_paragraphs(html + "<p>Text").back() == "Text");
}
