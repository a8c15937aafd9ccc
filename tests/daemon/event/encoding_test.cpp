#include "daemon/event/encoding.h"
#include "daemon/event/json_walk.h"
#include "daemon/event/notice.h"
#include "tests/daemon/event/sample.h"

#include <catch2/catch.hpp>

#include <string>

namespace newsd {
namespace {

enum class Amiss { Expired };
std::string_view code_of(Amiss) { return "expired"; }

std::optional<std::string> encode(std::string_view name, std::string_view line) {
  const Encoding* encoding = encoding_named(name);
  REQUIRE(encoding != nullptr);
  return encoding->encode(line);
}

std::string article_line(EventType type, const Article& article, const Verdict& verdict) {
  return line_of(article_record(type, article, verdict, 41)).value();
}

TEST_CASE("the table holds the four encodings, the default first, and no other name") {
  REQUIRE(encodings().size() == 4);
  CHECK(encodings()[0].name == "cloudevents");
  for (const Encoding& e : encodings()) CHECK(encoding_named(e.name) == &e);
  CHECK(encoding_named("xml") == nullptr);
  CHECK(encoding_named("") == nullptr);
}

TEST_CASE("cloudevents is the line itself") { CHECK(encode("cloudevents", "{\"a\":1}") == "{\"a\":1}"); }

TEST_CASE("ninjs is the item as it stands in the line, and nothing for events without one") {
  CHECK(encode("ninjs", R"({"data":{"x":{"item":{}},"item":{"a":[{"b":"}\""}],"item":{}},"newsd":{}}})") ==
        R"({"a":[{"b":"}\""}],"item":{}})");
  CHECK_FALSE(encode("ninjs", R"({"data":{"story":{}}})"));
  CHECK_FALSE(encode("ninjs", R"({"item":{}})"));
  CHECK_FALSE(encode("ninjs", R"({"data":{"item":[]}})"));
}

TEST_CASE("flat has dotted keys, indices, and scalars as they were written") {
  CHECK(encode("flat", R"({"a":{"b":[1.50,{"c":"x\n"},[],{}],"d":null},"e":true,"f":-1e9})") ==
        R"({"a.b.0":1.50,"a.b.1.c":"x\n","a.b.2":[],"a.b.3":{},"a.d":null,"e":true,"f":-1e9})");
  CHECK(encode("flat", "{}") == "{\"\":{}}");
}

TEST_CASE("every encoding of every event is one line") {
  for (const Record& record : one_of_every_type()) {
    const std::string line = line_of(record).value();
    for (const Encoding& e : encodings()) {
      const auto out = e.encode(line);
      if (!out) continue;
      CHECK_FALSE(out->empty());
      CHECK(out->find_first_of("\n\r") == std::string::npos);
    }
  }
}

TEST_CASE("what is no JSON has no other form") {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  for (const std::string& bad : {std::string(), std::string("{"), std::string("{\"a\":1} x"),
                                 std::string("{\"a\":\"\xff\"}"), std::string("{\"a\":1,}"), deep}) {
    CHECK_FALSE(encode("ninjs", bad));
    CHECK_FALSE(encode("flat", bad));
    CHECK_FALSE(encode("text", bad));
  }
}

TEST_CASE("depth is bounded at its limit, not before") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(walk_json(nested(kMaxJsonDepth), {}));
  CHECK_FALSE(walk_json(nested(kMaxJsonDepth + 1), {}));
}

TEST_CASE("text shows an article's sequence, time, kind, language, headline, topics and source") {
  CHECK(encode("text", article_line(EventType::ArticleNew, full_article(), new_verdict())) ==
        "41  05:06:07  new  en  Ferry strike ends after nine days — crews accept “fair” offer  "
        "[labour, strike, transport]  Harbour Post");
}

TEST_CASE("text shows the title and the file where there is no headline and no publisher") {
  CHECK(encode("text", article_line(EventType::ArticleNew, bare_article(), new_verdict())) ==
        "41  05:06:07  new  en  The lighthouse is dark.  [labour, strike, transport]  117.txt");
}

TEST_CASE("text says what an update changed and what a duplicate repeats") {
  CHECK(encode("text", article_line(EventType::ArticleUpdated, full_article(), update_verdict())) ==
        "41  05:06:07  updated  en  Ferry strike ends after nine days — crews accept “fair” offer  "
        "version 2: headline, body  Harbour Post");
  CHECK(encode("text", article_line(EventType::ArticleDuplicate, full_article(), duplicate_verdict())) ==
        "41  05:06:07  duplicate  en  Ferry strike ends after nine days — crews accept “fair” offer  "
        "exact of urn:uuid:5e1f0000-0000-5000-8000-000000000001  Harbour Post");
}

TEST_CASE("text says why an input was refused") {
  const Error reason(Amiss::Expired, "the file ends inside element <item>");
  const Record r = record_of(EventType::InputQuarantined, "file:///a", placed_refusal(reason, sample_origin()), 9);
  CHECK(encode("text", line_of(r).value()) ==
        "9  05:06:07  quarantined  117.txt  the file ends inside element <item> (expired)");
}

TEST_CASE("text puts gaps and errors into words, and has nothing to say of a heartbeat") {
  const Error why(Amiss::Expired, "older than retention keeps");
  CHECK(encode("text", gap_line("newsd://h/i", Sequence(1), Sequence(40), why, sample_time())) ==
        "40  05:06:07  stream.gap  events 1 to 40 are missing: older than retention keeps (expired)");
  CHECK(encode("text", error_line(why)) == "error  older than retention keeps (expired)");
  CHECK_FALSE(encode("text", heartbeat_line(Sequence(1), sample_time())));
}

TEST_CASE("a hostile headline cannot draw on a terminal") {
  Article a = bare_article();
  a.headline =
      "safe\x1b[2J\x1b]0;title\x07 \xC2\x9B"
      "31m red\r\n  next\xE2\x80\xA8line \xE2\x80\xAE"
      "evil\xE2\x81\xA6 \x7f end";
  const std::string text = *encode("text", article_line(EventType::ArticleNew, a, new_verdict()));
  CHECK(text.find("  safe [2J ]0;title 31m red next line evil end  [") != std::string::npos);
  for (const char c : text) CHECK(static_cast<unsigned char>(c) >= 0x20);
}

TEST_CASE("text has nothing to say of a line without a type or a time, and shows any time in UTC") {
  CHECK_FALSE(encode("text", R"({"time":"2026-03-04T05:06:07Z"})"));
  CHECK_FALSE(encode("text", R"({"type":"newsd.article.new","time":"yesterday and more"})"));
  CHECK(encode("text", R"({"type":"x","time":"2026-03-04"})") == "0  00:00:00  x");
  CHECK(encode("text", R"({"type":"x","sequence":"7","time":"2026-03-04T05:06:07+01:00"})") == "7  04:06:07  x");
}

TEST_CASE("a long headline is cut at a character's end") {
  Article a = bare_article();
  for (int i = 0; i < 400; ++i) a.headline += "é";
  const std::string text = *encode("text", article_line(EventType::ArticleNew, a, new_verdict()));
  std::string shown;
  for (int i = 0; i < 160; ++i) shown += "é";
  CHECK(text.find("  " + shown + "…  ") != std::string::npos);
}

}  // namespace
}  // namespace newsd
