#include "feeds/format/detect.h"

#include <catch2/catch.hpp>

using namespace newsd;
using namespace std::string_literals;

namespace {

std::string detected(std::string_view text, std::string_view name = "x.txt") {
  const Detected d = detect_format(text, name);
  return std::string(to_string(d.format)) + ": " + std::string(d.what);
}

}  // namespace

TEST_CASE("archives and pictures are known by their first bytes") {
  CHECK(container_kind("\x1F\x8B\x08") == "a gzip archive");
  CHECK(container_kind("\x28\xB5\x2F\xFDxx") == "a zstd archive");
  CHECK(container_kind("\xFD"
                       "7zXZ\0"s) == "an xz archive");
  CHECK(container_kind("BZh91AY&SYxx") == "a bzip2 archive");
  CHECK(container_kind("PK\x03\x04") == "a zip archive");
  CHECK(container_kind(std::string(257, 'a') + "ustar") == "a tar archive");
  CHECK(container_kind("%PDF-1.7") == "a PDF document");
  CHECK_FALSE(container_kind("BZhang said so."));
  CHECK_FALSE(container_kind("PKW-Verkehr ruht."));
  CHECK_FALSE(container_kind(""));
}

TEST_CASE("markup is never plain text") {
  CHECK(detected("<!DOCTYPE html><html><body>x") == "html: an HTML page");
  CHECK(detected("\n <HTML lang=en>") == "html: an HTML page");
  CHECK(detected("<p>A fragment.</p>") == "html: HTML");
  CHECK(detected("<!-- made by hand --><div class='a'>x</div>") == "html: HTML");
  CHECK(detected("Some words first\n<html><body>") == "html: HTML");
  CHECK(detected("<?xml version='1.0'?><rss version='2.0'><channel>") == "rss: an RSS feed");
  CHECK(detected("<rss") == "rss: an RSS feed");
  CHECK(detected("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a \"b\">]><rss>") == "rss: an RSS feed");
  CHECK(detected("<feed xmlns='http://www.w3.org/2005/Atom'>") == "atom: an Atom feed");
  CHECK(detected("<rdf:RDF xmlns:rdf='x'>") == "rdf: an RDF feed");
  CHECK(detected("<nitf>") == "nitf: an NITF document");
  CHECK(detected("<newsItem guid='x'>") == "newsml-g2: a NewsML-G2 item");
  CHECK(detected("<NewsML>") == "newsml-1: a NewsML 1 document");
  CHECK(detected("<opml version='2.0'>") == "unknown: an OPML feed list");
  CHECK(detected("<?xml version='1.0'?><anything/>") == "unknown: an XML document");
  CHECK(detected("<?xml version='1.0'?><rss", "half.xml") == "rss: an RSS feed");
}

TEST_CASE("text with an angle bracket is text") {
  CHECK(detected("<3 is a heart, and 4 < 5.") == "text: plain text");
  CHECK(detected("<name> is a placeholder here.") == "text: plain text");
  CHECK(detected("The sign read <b>open</b>, oddly.") == "text: plain text");
  CHECK(detected("<img src='https://count.example/p'>\nHarbour opens\n\nThe harbour opened.") == "text: plain text");
  CHECK(detected("<img src='https://count.example/p'>\nHarbour <b>opens</b>") == "html: HTML");
  CHECK(detected("<img src='a.jpg'><p>The harbour\nopened.") == "html: HTML");
  CHECK(detected("<img src='a.jpg'>The harbour opened.") == "html: HTML");
  CHECK(detected("<img src='a.jpg") == "html: HTML");
}

TEST_CASE("JSON is told apart by what is in it") {
  CHECK(detected("{\"title\":\"x\"}\n{\"title\":\"y\"}") == "ndjson: article NDJSON");
  CHECK(detected("{\n \"text\": \"x\"\n}") == "ndjson: article NDJSON");
  CHECK(detected("{\"broken\n{\"title\":\"y\"}") == "ndjson: article NDJSON");
  CHECK(detected("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",\"items\":[]}") ==
        "jsonfeed: a JSON feed");
  CHECK(detected("{\"uri\":\"urn:x\",\"headlines\":[]}") == "ninjs: ninjs");
  CHECK(detected("{\"a\":1}") == "ndjson: JSON");
  CHECK(detected("[{\"title\":\"x\"}]") == "unknown: a JSON array");
  CHECK(detected("[1, 2]") == "unknown: a JSON array");
  CHECK(detected("{\"html\":\"<html><body><p>x</p><p>y</p><p>z</p>\"}") == "ndjson: article NDJSON");
  CHECK(detected("[[[[") == "unknown: a JSON array");
}

TEST_CASE("words in brackets are text") {
  CHECK(detected("[Update] The ferry is back.") == "text: plain text");
  CHECK(detected("[21 March] The ferry is back.") == "text: plain text");
  CHECK(detected("{sic} the ferry is back.") == "text: plain text");
}

TEST_CASE("the suffix breaks a tie") {
  CHECK(detected("not json\n{\"title\":\"x\"}", "rows.ndjson") == "ndjson: article NDJSON");
  CHECK(detected("not json\n{\"title\":\"x\"}", "rows.txt") == "text: plain text");
  CHECK(detected("Just words.", "rows.jsonl") == "text: plain text");
}

TEST_CASE("mail and WARC are recognised, a news text that quotes a header is not") {
  CHECK(detected("Return-Path: <a@b>\nFrom: a\nSubject: b\n\nHello") == "eml: a mail message");
  CHECK(detected("From a@b Mon Jan 1\nReceived: by c\nFrom: a\nDate: b\n\nHello") == "eml: a mail message");
  CHECK(detected("WARC/1.0\r\nWARC-Type: warcinfo\r\n") == "warc: a WARC file");
  CHECK(detected("Update: the ferry is back.\nSource: harbour office\nBy: nobody\n") == "text: plain text");
}
