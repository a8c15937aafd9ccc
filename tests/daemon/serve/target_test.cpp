#include "daemon/serve/target.h"

#include "daemon/stream/stream_error.h"

#include <catch2/catch.hpp>

using namespace newsd;

TEST_CASE("a target is a path and its parameters, decoded") {
  const Target target =
      parse_target("/events?types=newsd.article.*,newsd.story.*&where=language+%3D%3D%20%22de%22&limit=5").value();
  CHECK(target.path == "/events");
  REQUIRE(target.parameters.size() == 3);
  CHECK(*target.find("types") == "newsd.article.*,newsd.story.*");
  CHECK(*target.find("where") == "language == \"de\"");
  CHECK(*target.find("limit") == "5");
  CHECK(target.find("from") == nullptr);
  CHECK(parse_target("/a%2Fb+c").value().path == "/a/b+c");
}

TEST_CASE("odd queries have their plain meaning") {
  CHECK(parse_target("/?").value().parameters.empty());
  CHECK(parse_target("/?&&").value().parameters.empty());
  CHECK(*parse_target("/?a").value().find("a") == "");
  CHECK(*parse_target("/?a=b=c").value().find("a") == "b=c");
  CHECK(*parse_target("/?=x").value().find("") == "x");
}

TEST_CASE("what is no target is refused") {
  const std::string many = [] {
    std::string text = "/?";
    for (int i = 0; i < 40; ++i) text += "p" + std::to_string(i) + "=1&";
    return text;
  }();
  for (const std::string& text :
       {std::string(), std::string("events"), std::string("http://evil.example/"), std::string("*"), std::string("/%"),
        std::string("/%4"), std::string("/%zz"), std::string("/%00"), std::string("/%ff"), std::string("/?a=%C3%28"),
        std::string("/?a=1&a=2"), many, "/" + std::string(kTargetBytes, 'x')}) {
    CAPTURE(text);
    const auto target = parse_target(text);
    REQUIRE(target.has_error());
    CHECK(target.error().is(StreamError::BadRequest));
  }
}
