#include "daemon/event/event.h"

#include <catch2/catch.hpp>

#include <set>
#include <string>

namespace newsd {
namespace {

TEST_CASE("an event's id is the UUIDv5 of type, subject, version and cause, as any other program computes it") {
  // python3: uuid.uuid5(uuid.UUID("c040b6aa-72bb-59a9-bb8d-f9438c33189d"), "newsd.article.new\nurn:uuid:…\n1\nabc")
  const std::string subject = "urn:uuid:5e1f0000-0000-5000-8000-000000000001";
  CHECK(event_id(EventType::ArticleNew, subject, 1, "abc").value().to_string() ==
        "73d63751-2c54-5c34-bc82-e8ad3e8f2317");
  CHECK(event_id(EventType::ArticleUpdated, subject, 2, "abc").value().to_string() ==
        "03c11065-912b-5de4-adfb-c7e03900fab7");
  CHECK(event_id(EventType::DaemonStarted, "newsd://news.example/main", 1, "").value().to_string() ==
        "209af248-ea59-5f52-9a26-2be874b48a21");
}

TEST_CASE("whatever is different makes a different id") {
  std::set<EventId> ids;
  for (const EventType type : {EventType::ArticleNew, EventType::ArticleUpdated}) {
    for (const char* subject : {"urn:a", "urn:b"}) {
      for (const std::uint32_t version : {1U, 2U}) {
        for (const char* cause : {"", "x"}) ids.insert(event_id(type, subject, version, cause));
      }
    }
  }
  CHECK(ids.size() == 16);
}

TEST_CASE("every type has a name that leads back to it") {
  std::set<std::string> names;
  for (int number = 1; number <= static_cast<int>(kLastEventType); ++number) {
    const auto type = static_cast<EventType>(number);
    const std::string name(to_string(type));
    CHECK(name.starts_with("newsd."));
    CHECK(event_type_from_name(name) == type);
    names.insert(name);
  }
  CHECK(names.size() == static_cast<std::size_t>(kLastEventType));
  CHECK(to_string(EventType::ArticleWithdrawn) == "newsd.article.withdrawn");
  CHECK(to_string(EventType::StreamGap) == "newsd.stream.gap");
}

TEST_CASE("a number that is no type has no name, and a name that is none no type") {
  CHECK(to_string(static_cast<EventType>(0)).empty());
  CHECK(to_string(static_cast<EventType>(static_cast<int>(kLastEventType) + 1)).empty());
  CHECK(to_string(static_cast<EventType>(255)).empty());
  CHECK_FALSE(event_type_from_name("newsd.article"));
  CHECK_FALSE(event_type_from_name("newsd.article.new "));
  CHECK_FALSE(event_type_from_name(""));
}

TEST_CASE("a sequence is printed with 20 digits, the largest too") {
  CHECK(digits_of(Sequence(0)) == "00000000000000000000");
  CHECK(digits_of(Sequence(41)) == "00000000000000000041");
  CHECK(digits_of(Sequence(UINT64_MAX)) == "18446744073709551615");
}

TEST_CASE("severities are named as OpenTelemetry names them") {
  CHECK(to_string(Severity::None).empty());
  CHECK(to_string(Severity::Debug) == "DEBUG");
  CHECK(to_string(Severity::Error) == "ERROR");
}

}  // namespace
}  // namespace newsd
