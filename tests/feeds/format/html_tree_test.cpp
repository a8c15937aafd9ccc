#include "feeds/format/html_tree.h"

#include <catch2/catch.hpp>

#include <chrono>

using namespace newsd;

namespace {

/// "body(p(a b) p(c))": elements with what is in them, text as it stands.
std::string shape(const HtmlTree& tree, std::size_t n = 0) {
  std::string out;
  for (std::size_t child = n + 1; child < tree[n].end; child = tree[child].end) {
    if (!out.empty()) out += ' ';
    const HtmlNode& node = tree[child];
    if (node.tag == HtmlTag::Text) {
      out += node.text;
      continue;
    }
    out += node.tag == HtmlTag::Other ? node.text : name_of(node.tag);
    if (const std::string inner = shape(tree, child); !inner.empty()) out += "(" + inner + ")";
  }
  return out;
}
std::string shape_of(std::string_view html) { return shape(HtmlTree(html)); }

double seconds_to_parse(const std::string& html) {
  const auto start = std::chrono::steady_clock::now();
  const HtmlTree tree(html);
  REQUIRE(tree.size() > 1);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

}  // namespace

TEST_CASE("elements end where the standard ends them") {
  CHECK(shape_of("<p>a<p>b<div>c</div>") == "p(a) p(b) div(c)");
  CHECK(shape_of("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>") == "ul(li(a) li(b ul(li(c))) li(d))");
  CHECK(shape_of("<table><tr><td>a<td>b<tr><th>c</table>d") == "table(tr(td(a) td(b)) tr(th(c))) d");
  CHECK(shape_of("<dl><dt>a<dd>b<dt>c</dl>") == "dl(dt(a) dd(b) dt(c))");
  CHECK(shape_of("<select><option>a<option>b</select>c") == "select(option(a) option(b)) c");
  CHECK(shape_of("<a>x<a>y</a>") == "a(x) a(y)");
  CHECK(shape_of("<h1>a<h2>b</h1>c") == "h1(a) h2(b) c");
}

TEST_CASE("end tags of nothing open change nothing") {
  CHECK(shape_of("<div>a</p></b></li>b</div></div>c") == "div(a b) c");
  CHECK(shape_of("<b><p>a</b>b</p>c") == "b(p(a b) c)");
  CHECK(shape_of("<td>a</table>b</td>") == "td(a b)");
}

TEST_CASE("void elements hold nothing and br may be closed") {
  CHECK(shape_of("a<br>b</br>c<img src=x>d") == "a br b br c img d");
}

TEST_CASE("raw text is no markup, and a forgotten end tag loses no page") {
  CHECK(shape_of("<script>if (a<b) '</p>'</script>x") == "script(if (a<b) '</p>') x");
  CHECK(shape_of("<title>a &amp; <b>") == "title(a &  b)");
  CHECK(shape_of("<title>a &amp; <b></title>c") == "title(a & <b>) c");
  CHECK(shape_of("<script><!--<script>a</script>--></script>b") == "script(<!--<script>a</script>-->) b");
}

TEST_CASE("comments and declarations are read over") {
  CHECK(shape_of("<!doctype html>a<!-- b -- > c -->d<!-->e<!--->f<?php x ?>g</ x>h<!-- i --!>j") == "a d e f g h j");
  CHECK(shape_of("a<!-- never closed") == "a");
}

TEST_CASE("a less-than that begins no tag is text") {
  CHECK(shape_of("1 < 2 and 3<4") == "1 < 2 and 3<4");
  CHECK(shape_of("a<") == "a<");
}

TEST_CASE("attributes are found however they are written") {
  const HtmlTree tree("<A HREF=x Class='a b' id=\"c&amp;d\" hidden id=other onclick=\"a>b\">t</a>");
  CHECK(tree.attribute(1, HtmlAttr::Href) == "x");
  CHECK(tree.attribute(1, HtmlAttr::Class) == "a b");
  CHECK(tree.attribute(1, HtmlAttr::Id) == "c&d");
  CHECK(tree.has_attribute(1, HtmlAttr::Hidden));
  CHECK_FALSE(tree.has_attribute(1, HtmlAttr::Src));
  CHECK(tree.text_of(1) == "t");
}

TEST_CASE("text of an element is squeezed, blocks part words, scripts are no text") {
  const HtmlTree tree("<div> a\n b<p>c</p>d<script>e</script><b>f</b>g</div>");
  CHECK(tree.text_of(1) == "a b c dfg");
}

TEST_CASE("svg ends where a paragraph begins") {
  CHECK(shape_of("<svg><path/><title>t</title><p>x") == "svg(path title(t)) p(x)");
}

TEST_CASE("nesting beyond the limit is laid flat") {
  const std::string html = repeated("<div>", 5000) + "x";
  const HtmlTree tree(html);
  std::size_t deepest = 0, depth = 0;
  for (std::size_t n = tree.size() - 1; n != 0; n = tree[n].parent) deepest = std::max(deepest, ++depth);
  CHECK(deepest <= HtmlLimits{}.max_depth);
  CHECK(tree.text_of(0) == "x");
}

TEST_CASE("a tree stops at the limit of nodes and says so") {
  HtmlLimits limits;
  limits.max_nodes = 100;
  const std::string html = repeated("<p>a", 1000);
  const HtmlTree tree(html, limits);
  CHECK(tree.size() <= 101);
  CHECK(tree.truncated());
}

TEST_CASE("parsing takes linear time on hostile input") {
  for (const char* part : {"<div>", "<b>", "</b>", "<p><a>", "<li>", "<!--", "<script><!--</script>", "<title>", "<a ",
                           "&", "<table><td>", "<svg><p>", "</x>", "<x>", "<"}) {
    CAPTURE(part);
    const double small = seconds_to_parse("x" + repeated(part, 20'000)),
                 large = seconds_to_parse("x" + repeated(part, 160'000));
    CHECK(large < 40 * small + 0.5);
  }
}
