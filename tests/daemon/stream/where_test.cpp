// What passes a `where`, whatever way the events come: from memory, from the journal, through several consumers.
#include "daemon/stream/request_place.h"
#include "tests/daemon/stream/stream_fixture.h"

#include <boost/asio/co_spawn.hpp>

namespace newsd {
namespace {

/// Articles, every third in German.
Record article_in(std::uint64_t sequence, const std::string& language) {
  Record record = article_event(sequence);
  record.payload = packed("\"headlines\":[{\"role\":\"main\",\"value\":\"Ferry " + std::to_string(sequence) +
                          " back in service\"}]\n\"labels\":{\"language\":{\"code\":\"" + language + "\"}}\n");
  return record;
}

std::vector<Record> articles(std::uint64_t first, std::uint64_t last) {
  std::vector<Record> records;
  for (std::uint64_t n = first; n <= last; ++n) records.push_back(article_in(n, n % 3 == 0 ? "de" : "en"));
  return records;
}

std::vector<std::uint64_t> passed(StreamFixture& stream, std::uint64_t after, const std::string& where) {
  Cursor cursor(stream.tail, stream.history, Sequence(after), {TypeFilter(), stream.wheres.compiled(where).value()},
                *encoding_named("cloudevents"));
  std::vector<std::uint64_t> sequences;
  for (;;) {
    const Delivery next = cursor.next().value();
    if (!next.advanced) return sequences;
    for (const SharedLine& line : next.lines) sequences.push_back(sequence_in(*line));
  }
}

/// Where a request for the last so many events begins.
Sequence place_of_last(StreamFixture& stream, std::uint64_t events, const std::string& where) {
  auto context = std::make_shared<const StreamContext>(stream.context());
  std::optional<Result<Sequence>> place;
  EventFilter filter{TypeFilter(), stream.wheres.compiled(where).value()};
  boost::asio::co_spawn(stream.io, place_of(FromLast{events}, stream.tail.last(), std::move(filter), context),
                        [&](std::exception_ptr, Result<Sequence> found) { place = std::move(found); });
  REQUIRE(stream.run_until([&] { return place.has_value(); }));
  return place->value();
}

}  // namespace

TEST_CASE("a where lets through the events it holds of, from memory and from the journal alike") {
  StreamFixture stream(0, {}, 3000);
  stream.commit(articles(1, 12));
  REQUIRE(stream.tail.size() < 12);
  CHECK(passed(stream, 0, "lang:de") == std::vector<std::uint64_t>{3, 6, 9, 12});
  CHECK(passed(stream, 0, "\"ferry 4\" OR \"ferry 11\"") == std::vector<std::uint64_t>{4, 11});
  CHECK(passed(stream, 7, "NOT lang:de") == std::vector<std::uint64_t>{8, 10, 11});
  CHECK(passed(stream, 0, "size > 0").empty());
}

TEST_CASE("more events pass a where than it remembers answers for") {
  StreamFixture stream(0, {}, 8 << 20);
  stream.commit(articles(1, 1200));
  for (int round = 0; round < 2; ++round) {
    const auto german = passed(stream, 0, "lang:de");
    REQUIRE(german.size() == 400);
    CHECK(german.front() == 3);
    CHECK(german.back() == 1200);
  }
}

TEST_CASE("equal expressions share what was found out, and are forgotten when nobody has them") {
  WhereBook book;
  auto one = book.compiled("lang:de").value(), two = book.compiled("lang:de").value();
  CHECK(one == two);
  const std::weak_ptr<const Where> seen = one;
  one.reset();
  two.reset();
  CHECK(seen.expired());
  CHECK(book.compiled("").value() == nullptr);
  CHECK(book.compiled("size >").error().where == "column 7");
}

TEST_CASE("the last events that a where holds of are found by looking back") {
  StreamFixture stream(0, {}, 3000);
  stream.commit(articles(1, 700));
  CHECK(place_of_last(stream, 2, "lang:de") == Sequence(695));
  CHECK(place_of_last(stream, 1, "\"ferry 5\"") == Sequence(4));
  CHECK(place_of_last(stream, 2, "\"ferry 5\"") == Sequence(0));
}

TEST_CASE("an article with a very long text passes by its words all the same") {
  StreamFixture stream;
  Record record = article_event(1);
  record.payload = packed("\"bodies\":[{\"value\":\"" + std::string(RecentSubjects::kMostBytes, 'x') +
                          " harbour\"}]\n\"missing\":[]\n");
  stream.commit(std::vector<Record>{record});
  CHECK(passed(stream, 0, "harbour").size() == 1);
  CHECK(passed(stream, 0, "NOT harbour").empty());
}

}  // namespace newsd
