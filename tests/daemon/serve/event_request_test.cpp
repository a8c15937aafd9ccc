#include "daemon/serve/event_request.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

Result<EventRequest> asked(std::string_view target, HttpRequest request = {}) {
  return event_request(request, parse_target(target).value());
}

HttpRequest accepting(std::string accept) {
  HttpRequest request;
  request.accept = std::move(accept);
  return request;
}

}  // namespace

TEST_CASE("parameters mean what a socket's request means") {
  const EventRequest wanted =
      asked("/events?from=41&types=newsd.article.*,newsd.story.started&where=lang:de&format=flat&heartbeat=5&limit=7")
          .value();
  CHECK(wanted.request.from == From(FromAfter{Sequence(41)}));
  CHECK(wanted.request.types->passes(EventType::ArticleNew));
  CHECK(wanted.request.types->passes(EventType::StoryStarted));
  CHECK_FALSE(wanted.request.types->passes(EventType::StoryClosed));
  CHECK(wanted.request.where == "lang:de");
  CHECK(wanted.request.format == "flat");
  CHECK(wanted.request.heartbeat == std::chrono::seconds(5));
  CHECK(wanted.limit == 7);
  CHECK(asked("/events?last=3").value().request.from == From(FromLast{3}));
  CHECK(asked("/events?from=earliest").value().request.from == From(FromEarliest{}));
  CHECK_FALSE(asked("/events").value().request.from.has_value());
}

TEST_CASE("a stream that broke goes on where the browser says, whatever the address said") {
  HttpRequest request = accepting("text/event-stream");
  request.last_event_id = "00000000000000000099";
  CHECK(asked("/events?from=earliest", request).value().request.from == From(FromAfter{Sequence(99)}));
  CHECK(asked("/events?last=5", request).value().request.from == From(FromAfter{Sequence(99)}));
  request.last_event_id = "'; DROP TABLE events";
  CHECK(asked("/events", request).error().is(StreamError::BadRequest));
}

TEST_CASE("Accept chooses the shape; a WebSocket is asked for by upgrading") {
  CHECK(asked("/events").value().shape == StreamShape::Ndjson);
  CHECK(asked("/events", accepting("*/*")).value().shape == StreamShape::Ndjson);
  CHECK(asked("/events", accepting("text/event-stream")).value().shape == StreamShape::Sse);
  CHECK(asked("/events", accepting("application/json, Text/Event-Stream;q=0.9")).value().shape == StreamShape::Sse);
  CHECK(asked("/events", accepting("application/x-ndjson")).value().shape == StreamShape::Ndjson);
  CHECK(asked("/events", accepting("image/png")).error().is(ShapeError::NotAcceptable));
  HttpRequest upgrade;
  upgrade.wants_websocket = true;
  CHECK(asked("/events", upgrade).value().shape == StreamShape::WebSocket);
}

TEST_CASE("server-sent events and WebSockets have a heartbeat by themselves, lines only when asked") {
  CHECK(asked("/events", accepting("text/event-stream")).value().request.heartbeat == kStreamHeartbeat);
  CHECK_FALSE(asked("/events").value().request.heartbeat.has_value());
}

TEST_CASE("parameters that cannot be served are refused, and say why") {
  for (const auto* target :
       {"/events?limit=0", "/events?limit=-1", "/events?limit=x", "/events?last=x", "/events?last=01",
        "/events?heartbeat=0", "/events?heartbeat=1%2C%22ack%22%3A1", "/events?from=soon", "/events?from=1&last=1"}) {
    CAPTURE(target);
    REQUIRE(asked(target).has_error());
    CHECK(asked(target).error().is(StreamError::BadRequest));
  }
  CHECK(asked("/events?form=1").error().is(StreamError::UnknownKey));
  CHECK(asked("/events?ack=1").error().is(StreamError::UnknownKey));
  CHECK(asked("/events?token=secret-in-an-address").error().is(StreamError::UnknownKey));
  CHECK(asked("/events?types=newsd.artcle.*").error().is(StreamError::UnknownType));
  CHECK(asked("/events?format=xml").error().is(StreamError::UnknownFormat));
  CHECK(asked("/events?where=size+%3E").error().where == "column 7");
}
