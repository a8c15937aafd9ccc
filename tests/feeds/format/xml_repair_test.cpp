#include "feeds/format/xml_repair.h"

#include "feeds/format/xml_events.h"

#include <catch2/catch.hpp>

#include <chrono>

using namespace newsd;

namespace {

/// Writes down what it is told.
struct Notes : XmlHandler {
  std::string told;
  std::size_t depth = 0, deepest = 0;
  void start_element(const XmlElement& e) override {
    told += "<" + std::string(e.name);
    for (const auto& a : e.attributes) told += " " + std::string(a.name) + "=" + std::string(a.value);
    told += ">";
    deepest = std::max(deepest, ++depth);
  }
  void end_element() override {
    told += "</>";
    --depth;
  }
  void text(std::string_view t) override { told += t; }
};

std::string told(std::string_view xml) {
  Notes notes;
  parse_xml(xml, notes, {});
  return notes.told;
}

bool is_broken(std::string_view xml) {
  Notes notes;
  return parse_xml(xml, notes, {}).broken;
}

}  // namespace

TEST_CASE("broken XML is rewritten so that nothing around the break is lost") {
  CHECK(repaired_xml("<a>1 & 2 < 3</a>") == "<a>1 &amp; 2 &lt; 3</a>");
  CHECK(repaired_xml("<a>caf&eacute; &#8217; &#0; &nosuch; &amp;</a>") == "<a>café &#8217;  &amp;nosuch; &amp;</a>");
  CHECK(repaired_xml("<a b=1 b='2' c d=\"x<y\">t</a>") == "<a b=\"1\" c=\"c\" d=\"x&lt;y\">t</a>");
  CHECK(repaired_xml("<a><b>t</B></a>") == "<a><b>t</b></a>");
  CHECK(repaired_xml("<a><b>t</bb><c/></a>") == "<a><b>t</b><c/></a>");
  CHECK(repaired_xml("<a><b>t</p> u</b></a>") == "<a><b>t u</b></a>");
  CHECK(repaired_xml("<a><b>cut o") == "<a><b>cut o</b></a>");
  CHECK(repaired_xml("<a>x\x01y\x0Bz</a>") == "<a>xyz</a>");
  CHECK(repaired_xml("<a/><b>behind the end</b>") == "<a/>");
  CHECK(repaired_xml("<a><!-- a -- b --><?p i?>t</a>") == "<a>t</a>");
}

TEST_CASE("a CDATA section that is never closed ends with its element") {
  CHECK(repaired_xml("<a><b><![CDATA[one</b><b><![CDATA[two]]></b></a>") ==
        "<a><b><![CDATA[one]]></b><b><![CDATA[two]]></b></a>");
  CHECK(repaired_xml("<a><b><![CDATA[one</b></a>") == "<a><b><![CDATA[one]]></b></a>");
  CHECK(repaired_xml("<a><![CDATA[<b> & ]]></a>") == "<a><![CDATA[<b> & ]]></a>");
}

TEST_CASE("an attribute whose name has two colons or a digit behind one is left out") {
  CHECK(repaired_xml("<a xmlns:b:1c='x' b:2='y' c:d='z' e='f'/>") == "<a c:d=\"z\" e=\"f\"/>");
  CHECK(repaired_xml("<a><b:7:30>x</a>") == "<a>&lt;b:7:30&gt;x</a>");
}

TEST_CASE("a mark that control characters part is a mark") {
  CHECK(repaired_xml("<a><![CDATA[x]]\x01>y</a>") == "<a><![CDATA[x]]>y</a>");
  const std::string once = repaired_xml("<a><b><![CDATA[x <!\x06[CDATA[ y</\x02b> z]]></b></a>");
  CHECK(repaired_xml(once) == once);
}

TEST_CASE("what is repaired once needs no second repair") {
  for (const auto* xml :
       {"<a b=c d>&x <e>]]> <f></a>", "<<a>>", "x<a>&#xD800;</b>", "<a b=\"", "</a>", "<a><a><a></a>"}) {
    CAPTURE(xml);
    const std::string once = repaired_xml(xml);
    CHECK(repaired_xml(once) == once);
    if (!once.empty()) CHECK_FALSE(is_broken(once));
  }
}

TEST_CASE("a document type is taken away, its plain entities are not") {
  const auto readable = [](std::string_view xml) { return std::string(readable_xml(xml).of(xml)); };
  CHECK(readable("<!DOCTYPE a [<!ENTITY c \"Café & <i>\"><!ENTITY d 'Roe'>]><a>&c; &d; &eacute; &amp;</a>") ==
        "<a>&c; Roe é &amp;</a>");
  CHECK(readable("<?xml version='1.0'?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>") == "<?xml version='1.0'?><a/>");
  const auto bomb =
      readable("<!DOCTYPE a [<!ENTITY x \"aaa\"><!ENTITY y \"&x;&x;\"><!ENTITY z SYSTEM \"file:///x\">]><a>&y;&z;</a>");
  CHECK(bomb == "<a>&y;&z;</a>");
  CHECK(readable("noise\n<a/>") == "<a/>");
  CHECK(readable_xml("noise\n<a/>").faulty);
  CHECK_FALSE(readable_xml("\n<a/>").faulty);
}

TEST_CASE("events are the same however the text is cut") {
  const std::string xml = "<r xmlns:x='urn:x'><x:a b='1&amp;2'>t&#233;xt<![CDATA[ <c> ]]></x:a><!-- c --><d/></r>";
  const std::string whole = told(xml);
  CHECK(whole == "<r><a b=1&2>téxt <c> </><d></></>");
  for (std::size_t size = 1; size < xml.size(); ++size) {
    Notes notes;
    XmlParser parser(notes, {});
    for (std::size_t at = 0; at < xml.size(); at += size) parser.push(std::string_view(xml).substr(at, size));
    parser.finish();
    CAPTURE(size);
    CHECK(notes.told == whole);
  }
}

TEST_CASE("the parser keeps its limits, and every start has its end") {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  Notes notes;
  XmlLimits limits;
  limits.max_depth = 50;
  CHECK(parse_xml(deep, notes, limits).fault.has_value());
  CHECK(notes.deepest <= 50);
  CHECK(notes.depth == 0);

  Notes many;
  limits.max_nodes = 10;
  std::string wide = "<r>";
  for (int i = 0; i < 100; ++i) wide += "<a/>";
  CHECK(parse_xml(wide + "</r>", many, limits).fault.has_value());
  CHECK(many.told == "<r><a></><a></><a></><a></><a></><a></><a></><a></><a></></>");
  CHECK(many.depth == 0);
}

TEST_CASE("hostile text is repaired in linear time") {
  for (const auto* unit : {"<a b='", "<![CDATA[", "<!--", "</a", "<a", "&", "<a><b>", "<?", "<a b=\"<a b='"}) {
    std::string text = "<r>";
    while (text.size() < 1 << 20) text += unit;
    const auto start = std::chrono::steady_clock::now();
    (void)repaired_xml(text);
    CAPTURE(unit);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));  // quadratic: many minutes
  }
}
