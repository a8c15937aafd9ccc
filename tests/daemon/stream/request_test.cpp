#include "daemon/stream/request.h"

#include "daemon/classify/rule_expression.h"

#include <catch2/catch.hpp>

namespace newsd {
namespace {

Request request(std::string_view line) { return std::get<Request>(parse_client_line(line).value()); }
Error refusal(std::string_view line) { return parse_client_line(line).error(); }

}  // namespace

TEST_CASE("a request says where to begin") {
  CHECK(request(R"({"from":"earliest"})").from == From(FromEarliest{}));
  CHECK(request(R"({"from":"latest"})").from == From(FromLatest{}));
  CHECK(request(R"({"from":"00000000000000000042"})").from == From(FromAfter{Sequence(42)}));
  CHECK(request(R"({"from":"42"})").from == From(FromAfter{Sequence(42)}));
  CHECK(request(R"({"from":42})").from == From(FromAfter{Sequence(42)}));
  CHECK(request(R"({"from":18446744073709551615})").from == From(FromAfter{Sequence(18446744073709551615u)}));
  CHECK(request(R"({"from":"1970-01-01T00:00:02Z"})").from == From(FromTime{Instant(std::chrono::seconds(2))}));
  CHECK(request(R"({"last":10})").from == From(FromLast{10}));
  CHECK(request("{}").from == std::nullopt);
}

TEST_CASE("a request says what it wants and who asks") {
  const Request all = request(
      R"( {"types":["newsd.article.*","newsd.stream.gap"],"name":"indexer-1","format":"flat","heartbeat":15} )");
  REQUIRE(all.types);
  CHECK(all.types->passes(EventType::ArticleNew));
  CHECK(all.types->passes(EventType::StreamGap));
  CHECK_FALSE(all.types->passes(EventType::StoryStarted));
  CHECK(all.name == "indexer-1");
  CHECK(all.format == "flat");
  CHECK(all.heartbeat == std::chrono::seconds(15));
  CHECK(request(R"({"types":[]})").types == TypeFilter());
}

TEST_CASE("an acknowledgement names a sequence and nothing else") {
  CHECK(std::get<Acknowledgement>(parse_client_line(R"({"ack":"00000000000000000007"})").value()).sequence ==
        Sequence(7));
  CHECK(std::get<Acknowledgement>(parse_client_line(R"({"ack":7})").value()).sequence == Sequence(7));
  CHECK(refusal(R"({"ack":"7","name":"x"})").is(StreamError::BadRequest));
  CHECK(refusal(R"({"ack":-1})").is(StreamError::BadRequest));
}

TEST_CASE("what is no request is answered in words") {
  for (const char* line : {"no JSON", "[1]", "42", "\"from\"", "null", "", "{", R"({"from":"earliest"} x)",
                           R"({"from":"earliest"}{})", "{\"a\":\xff}"})
    CHECK(refusal(line).is(StreamError::BadRequest));
  CHECK(refusal(std::string_view("{}\0{", 4)).is(StreamError::BadRequest));
  CHECK(refusal(R"({"from":"earliest","from":"latest"})").text == "a key is given twice");
}

TEST_CASE("a member of the wrong kind is refused with what it should be") {
  for (const char* line : {R"({"from":"no such place"})",
                           R"({"from":1.5})",
                           R"({"from":1e3})",
                           R"({"from":-1})",
                           R"({"from":null})",
                           R"({"from":["earliest"]})",
                           R"({"from":{"sequence":1}})",
                           R"({"from":"18446744073709551616"})",
                           R"({"from":"000000000000000000001"})",
                           R"({"from":""})",
                           R"({"last":-1})",
                           R"({"last":"3"})",
                           R"({"last":10001})",
                           R"({"last":1,"from":"latest"})",
                           R"({"types":"newsd.article.new"})",
                           R"({"types":[1]})",
                           R"({"types":[["newsd.article.new"]]})",
                           R"({"types":{"a":"newsd.article.new"}})",
                           R"({"name":""})",
                           R"({"name":"a b"})",
                           R"({"name":7})",
                           R"({"format":7})",
                           R"({"heartbeat":0})",
                           R"({"heartbeat":"15"})",
                           R"({"heartbeat":3601})"})
    CHECK(refusal(line).is(StreamError::BadRequest));
  CHECK(refusal("{\"name\":\"" + std::string(65, 'n') + "\"}").is(StreamError::BadRequest));
}

TEST_CASE("unknown keys, types and formats are named in the answer") {
  CHECK(refusal(R"({"form":"earliest"})").is(StreamError::UnknownKey));
  CHECK(refusal(R"({"form":"earliest"})").text.find("\"form\"") != std::string::npos);
  CHECK(refusal(R"({"types":["newsd.artcle.*"]})").is(StreamError::UnknownType));
  CHECK(refusal(R"({"format":"xml"})").is(StreamError::UnknownFormat));
}

TEST_CASE("where is an expression, and one that cannot be read is refused at its column") {
  CHECK(request(R"({"where":"language == \"en\" AND size > 2"})").where == "language == \"en\" AND size > 2");
  const Error error = refusal(R"({"where":"ferry AND (storm"})");
  CHECK(error.is(RuleError::Syntax));
  CHECK(error.where == "column 11");
  CHECK(refusal(R"({"where":{"a":[1]}})").is(StreamError::BadRequest));
}

TEST_CASE("deep and long requests cost nothing but an answer") {
  CHECK(refusal(std::string(60'000, '[')).is(StreamError::BadRequest));
  CHECK(refusal("{\"a\":" + std::string(30'000, '[') + std::string(30'000, ']') + "}").is(StreamError::UnknownKey));
  CHECK(refusal(std::string(kRequestBytes + 1, ' ')).is(StreamError::RequestTooLong));
}

TEST_CASE("a type pattern matches whole names or beginnings, and must match something") {
  const std::vector<std::string> all{"*"}, exact{"newsd.article.new"}, none{"newsd.article"};
  CHECK(TypeFilter::parse(all).value().passes(EventType::DaemonStopping));
  CHECK(TypeFilter::parse(exact).value().passes(EventType::ArticleNew));
  CHECK_FALSE(TypeFilter::parse(exact).value().passes(EventType::ArticleUpdated));
  CHECK(TypeFilter::parse(none).error().is(StreamError::UnknownType));
  CHECK(TypeFilter::parse({}).value().passes(EventType::FeedError));
}

}  // namespace newsd
