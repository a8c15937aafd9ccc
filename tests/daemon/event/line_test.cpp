#include "daemon/event/event.h"
#include "daemon/event/json_walk.h"
#include "daemon/event/payload.h"
#include "tests/daemon/event/sample.h"

#include <catch2/catch.hpp>

#include <map>
#include <string>

namespace newsd {
namespace {

/// path → text of every leaf.
std::map<std::string, std::string> leaves(std::string_view line) {
  std::map<std::string, std::string> all;
  REQUIRE(walk_json(line, [&](const JsonLeaf& leaf) { all[std::string(leaf.path)] = leaf.text; }));
  return all;
}

Record minimal_article() {
  Record r = record_of(EventType::ArticleNew, "urn:a", "\"uri\":\"urn:a\"\n\"version\":1", 7);
  r.payload = packed("\"language\":\"en\"\n\"missing\":[]") + packed("\n\"bodies\":[]");
  return r;
}

TEST_CASE("attributes stand in their fixed order, data last") {
  Record r = minimal_article();
  r.story = StoryId(sample_uuid(0xA0));
  r.cause = EventId(sample_uuid(0xE1));
  r.severity = Severity::Warn;
  CHECK(
      line_of(r).value() ==
      R"({"specversion":"1.0","id":")" + r.id.value().to_string() +
          R"(","source":"newsd://news.example/main","type":"newsd.article.new","subject":"urn:a",)"
          R"("time":"2026-03-04T05:06:07.089Z","recordedtime":"2026-03-04T05:06:07.100Z","sequence":"00000000000000000007",)"
          R"("partitionkey":"urn:uuid:5e1f0000-0000-5000-8000-0000000000a0","correlationid":"urn:uuid:5e1f0000-0000-5000-8000-0000000000a0",)"
          R"("causationid":"5e1f0000-0000-5000-8000-0000000000e1","severitytext":"WARN",)"
          R"("datacontenttype":"application/json","dataschema":"urn:newsd:event:1",)"
          R"("data":{"item":{"uri":"urn:a","language":"en","bodies":[]},)"
          R"("newsd":{"version":1,"missing":[],"timing":{"emittedAt":"2026-03-04T05:06:07.100Z","latencyMs":11}}}})");
}

TEST_CASE("the same record gives the same line, again and again") {
  for (const Record& record : one_of_every_type()) CHECK(line_of(record).value() == line_of(record).value());
}

TEST_CASE("a line is one line, whatever the article says") {
  for (const Record& record : one_of_every_type()) {
    const std::string line = line_of(record).value();
    for (const char c : line) {
      const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
      REQUIRE_FALSE(control);
    }
  }
}

TEST_CASE("a clock that went back makes no negative latency") {
  Record r = minimal_article();
  r.recorded = r.time - std::chrono::seconds(5);
  CHECK(leaves(line_of(r).value())["data.newsd.timing.latencyMs"] == "0");
}

TEST_CASE("a duplicate's line has no body even when its payload holds one") {
  Record r = minimal_article();
  r.type = EventType::ArticleDuplicate;
  const auto said = leaves(line_of(r).value());
  CHECK(said.count("data.item.bodies") == 0);
  CHECK(said.at("data.item.language") == "en");
}

TEST_CASE("the subject takes the place that workers left for it, escaped as JSON needs it") {
  Record r = minimal_article();
  r.subject = "urn:\"a\"";
  r.payload = packed("\"associations\":[{\"uri\":\"\x01#photo-1\"},{\"uri\":\"\x01#photo-2\"}]\n\"missing\":[]");
  const auto said = leaves(line_of(r).value());
  CHECK(said.at("data.item.associations.0.uri") == "urn:\"a\"#photo-1");
  CHECK(said.at("data.item.associations.1.uri") == "urn:\"a\"#photo-2");
}

TEST_CASE("a payload that cannot be read is an error that names the event") {
  const std::string payload = minimal_article().payload;
  for (const std::string& bad :
       {std::string("plain"), payload.substr(0, payload.size() - 1), payload + "x", std::string(), packed("\"one\":1"),
        packed("\"a\":1\n\"b\":2\n\"c\":3\n\"d\":4"), packed("no members\n\"b\":2"), packed("\"a\":1,\n\"b\":2")}) {
    Record r = minimal_article();
    r.payload = bad;
    const auto line = line_of(r);
    REQUIRE_FALSE(line.has_value());
    CHECK(line.error().is(EventError::BadPayload));
    CHECK(line.error().where == "event 00000000000000000007");
  }
}

TEST_CASE("a line is the same whether the content is at hand or in the payload only") {
  Record r = minimal_article();
  const std::string line = line_of(r).value();
  r.content = unpacked(r.payload).value();
  CHECK(line_of(r).value() == line);
  r.payload = "no longer looked at";
  CHECK(line_of(r).value() == line);
  r.content = "no members\n\"b\":2";
  CHECK(line_of(r).error().is(EventError::BadPayload));
}

TEST_CASE("a payload on an event that has none is an error") {
  Record r = one_of_every_type().back();
  r.payload = packed("\"a\":1\n\"b\":2");
  CHECK(line_of(r).error().is(EventError::BadPayload));
}

TEST_CASE("a placed part without the lines its type has is an error") {
  for (const char* bad : {"", "\"uri\":\"urn:a\"", "\"a\":1\n\"b\":2\n\"c\":3", "x\n\"b\":2"}) {
    Record r = minimal_article();
    r.placed = bad;
    const auto line = line_of(r);
    REQUIRE_FALSE(line.has_value());
    CHECK(line.error().is(EventError::BadRecord));
  }
  for (const char* bad : {"", "\"daemon\":{}\n", "{}"}) {
    Record r = record_of(EventType::DaemonStarted, "newsd://news.example/main", bad, 1);
    CHECK(line_of(r).error().is(EventError::BadRecord));
  }
}

TEST_CASE("a type of a newer newsd is an error, not a guess") {
  Record r = minimal_article();
  r.type = static_cast<EventType>(77);
  CHECK(line_of(r).error().is(EventError::BadRecord));
}

TEST_CASE("a withdrawn article needs no payload") {
  Record r = minimal_article();
  r.type = EventType::ArticleWithdrawn;
  r.payload.clear();
  CHECK(line_of(r).has_value());
}

}  // namespace
}  // namespace newsd
