#include "tests/daemon/stream/stream_fixture.h"

namespace newsd {
namespace {

struct Read {
  std::vector<std::uint64_t> sequences;
  std::vector<Gap> gaps;
};

/// Reads with the cursor until nothing is behind it.
Read read_all(Cursor& cursor, std::size_t max_bytes = Cursor::kBatchBytes) {
  Read read;
  for (;;) {
    Delivery next = cursor.next(Cursor::kBatchEvents, max_bytes).value();
    if (!next.advanced) return read;
    if (next.gap) read.gaps.push_back(*next.gap);
    for (const SharedLine& line : next.lines) read.sequences.push_back(sequence_in(*line));
  }
}

Cursor cursor_at(StreamFixture& stream, std::uint64_t after, std::vector<std::string> types = {},
                 const char* format = "cloudevents", const std::string& where = {}) {
  return Cursor(stream.tail, stream.history, Sequence(after),
                {TypeFilter::parse(types).value(), stream.wheres.compiled(where).value()}, *encoding_named(format));
}

}  // namespace

TEST_CASE("a cursor at the end has nothing until events are appended, then gets them from memory") {
  StreamFixture stream(3);
  Cursor cursor = cursor_at(stream, 3);
  CHECK_FALSE(cursor.next().value().advanced);
  stream.commit(4);
  CHECK(cursor.lag() == 4);
  CHECK(read_all(cursor).sequences == range(4, 7));
  CHECK(stream.journal.reads == 0);
  CHECK(cursor.lag() == 0);
}

TEST_CASE("a cursor behind the tail reads the journal and goes over to the tail without a hole or a repeat") {
  StreamFixture stream(700);
  stream.commit(300);
  Cursor cursor = cursor_at(stream, 0);
  CHECK(read_all(cursor).sequences == range(1, 1000));
}

TEST_CASE("cursors at the same place share the pages read from the journal") {
  StreamFixture stream(1000);
  Cursor first = cursor_at(stream, 0), second = cursor_at(stream, 0);
  std::vector<std::uint64_t> seen;
  for (int i = 0; i < 4; ++i) {
    CHECK(first.next().value().lines.size() == second.next().value().lines.size());
  }
  CHECK(stream.journal.reads == 4);
}

TEST_CASE("lines are shared, not copied") {
  StreamFixture stream;
  stream.commit(1);
  Cursor first = cursor_at(stream, 0), second = cursor_at(stream, 0);
  CHECK(first.next().value().lines.at(0) == second.next().value().lines.at(0));
  Cursor flat = cursor_at(stream, 0, {}, "flat"), other = cursor_at(stream, 0, {}, "flat");
  CHECK(flat.next().value().lines.at(0) == other.next().value().lines.at(0));
}

TEST_CASE("the tail keeps to its budget of bytes and always holds the last event") {
  StreamFixture stream(0, {}, 4000);
  stream.commit(100);
  CHECK(stream.tail.bytes() <= 4000);
  CHECK(stream.tail.size() < 20);
  stream.commit(1, 100'000);
  CHECK(stream.tail.size() == 1);
  Cursor cursor = cursor_at(stream, 0);
  CHECK(read_all(cursor).sequences == range(1, 101));
}

TEST_CASE("a batch is bounded in bytes but has at least one line") {
  StreamFixture stream;
  stream.commit(50, 1000);
  Cursor cursor = cursor_at(stream, 0);
  Delivery next = cursor.next(512, 5000).value();
  CHECK(next.bytes <= 5000);
  CHECK(next.lines.size() >= 4);
  CHECK(cursor.next(512, 1).value().lines.size() == 1);
  CHECK(cursor.next(7, 1 << 20).value().lines.size() == 7);
}

TEST_CASE("events that left the journal are told as one gap, and the stream goes on behind it") {
  StreamFixture stream(500);
  stream.journal.expire_before(301);
  Cursor cursor = cursor_at(stream, 10);
  Read read = read_all(cursor);
  CHECK(read.gaps == std::vector<Gap>{{Sequence(11), Sequence(300), Gap::Why::Expired}});
  CHECK(read.sequences == range(301, 500));
}

TEST_CASE("when everything has expired the gap reaches to the last event") {
  StreamFixture stream(20);
  stream.journal.records.clear();
  Cursor cursor = cursor_at(stream, 5);
  CHECK(read_all(cursor).gaps == std::vector<Gap>{{Sequence(6), Sequence(20), Gap::Why::Expired}});
}

TEST_CASE("an event that cannot be assembled is a gap of one, in the journal and behind the tail") {
  StreamFixture stream(10);
  stream.journal.damage(4);
  Cursor cursor = cursor_at(stream, 0);
  Read read = read_all(cursor);
  CHECK(read.gaps == std::vector<Gap>{{Sequence(4), Sequence(4), Gap::Why::Damaged}});
  CHECK(read.sequences.size() == 9);

  for (std::uint64_t n = 11; n <= 14; ++n) stream.journal.records.push_back(story_event(n));
  stream.journal.damage(12);
  stream.tail.append({make_emitted(story_event(11)).value(), make_emitted(story_event(13)).value(),
                      make_emitted(story_event(14)).value()});
  read = read_all(cursor);
  CHECK(read.gaps == std::vector<Gap>{{Sequence(12), Sequence(12), Gap::Why::Damaged}});
  CHECK(read.sequences == std::vector<std::uint64_t>{11, 13, 14});
}

TEST_CASE("filtered events advance the cursor without lines") {
  StreamFixture stream;
  stream.commit({article_event(1), story_event(2), article_event(3), story_event(4)});
  Cursor cursor = cursor_at(stream, 0, {"newsd.article.*"});
  CHECK(read_all(cursor).sequences == std::vector<std::uint64_t>{1, 3});
  CHECK(cursor.position() == Sequence(4));
}

TEST_CASE("an event without a form in the encoding is passed over") {
  StreamFixture stream;
  stream.commit({article_event(1), story_event(2), article_event(3)});
  Cursor cursor = cursor_at(stream, 0, {}, "ninjs");
  Delivery next = cursor.next().value();
  REQUIRE(next.lines.size() == 2);
  CHECK(next.lines[0]->find("specversion") == std::string::npos);
  CHECK(next.lines[0]->find("Ferry back in service") != std::string::npos);
  CHECK(next.lines[0]->back() == '\n');
}

TEST_CASE("a journal that cannot be read leaves the cursor where it is, to try again") {
  StreamFixture stream(5);
  stream.journal.failures = 1;
  Cursor cursor = cursor_at(stream, 0);
  Result<Delivery> next = cursor.next();
  REQUIRE(next.has_error());
  CHECK(next.error().is(StreamError::JournalUnreadable));
  CHECK(cursor.position() == Sequence(0));
  CHECK(read_all(cursor).sequences == range(1, 5));
}

TEST_CASE("a journal page ends soon after its lines have grown large") {
  StreamFixture stream;
  for (std::uint64_t n = 1; n <= 30; ++n) stream.journal.records.push_back(story_event(n, 300'000));
  CHECK(stream.history.page_behind(Sequence(0)).value()->events.size() <= 4);
}

TEST_CASE("a batch that is handed over twice is taken once") {
  StreamFixture stream;
  stream.commit(3);
  stream.tail.append({make_emitted(story_event(3)).value(), make_emitted(story_event(4)).value()});
  CHECK(stream.tail.size() == 4);
  CHECK(stream.tail.last() == Sequence(4));
}

}  // namespace newsd
