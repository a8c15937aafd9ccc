#include "feeds/source/push_source.h"

#include "tests/support/fake_sink.h"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <vector>

namespace newsd {
namespace {

struct PushFixture {
  PushFixture() { start(); }
  void start(std::size_t keys_kept = 100) {
    PushOptions options;
    options.keys_kept = keys_kept;
    source = std::make_unique<PushSource>(io, sink, options);
    source->start();
  }
  Result<void> push(const std::string& bytes, const std::string& key = {}) {
    Push push;
    push.bytes = bytes;
    push.key = key;
    return source->deliver(std::move(push), [this](const Outcome& outcome, bool is_repeat) {
      told.push_back(outcome);
      repeats += is_repeat ? 1 : 0;
    });
  }
  /// Makes the i-th delivery durable, as event n, and keeps it in the ledger as the pipeline does.
  void commit(std::size_t i, std::uint64_t n) {
    Outcome outcome;
    outcome.first = outcome.last = Sequence(n);
    sink.ledger[sink.delivered.at(i).arrival.key.value] = outcome;
    sink.ack(i, outcome);
  }
  void run() {
    io.restart();
    io.poll();
  }

  boost::asio::io_context io;
  FakeSink sink;
  std::unique_ptr<PushSource> source;
  std::vector<Outcome> told;
  int repeats = 0;
};

}  // namespace

TEST_CASE("a push is an input of its own, told when it is durable and then forgotten") {
  PushFixture f;
  REQUIRE(f.push("first").has_value());
  REQUIRE(f.push("second").has_value());
  REQUIRE(f.sink.delivered.size() == 2);
  const Origin& origin = f.sink.delivered[0].arrival.document.origin;
  CHECK(origin.kind == OriginKind::Http);
  CHECK(origin.input == "http");
  CHECK(origin.bytes == 5);
  CHECK(f.sink.delivered[0].arrival.key != f.sink.delivered[1].arrival.key);
  CHECK(f.told.empty());
  f.commit(0, 7);
  REQUIRE(f.told.size() == 1);
  CHECK(f.told[0].first == Sequence(7));
  CHECK(f.sink.releases == std::vector<InputKey>{f.sink.delivered[0].arrival.key});
}

TEST_CASE("a push with a key is taken once, and told the same again") {
  PushFixture f;
  REQUIRE(f.push("news", "a").has_value());
  f.commit(0, 7);
  REQUIRE(f.push("news", "a").has_value());
  CHECK(f.told.size() == 1);  // never from within the call
  f.run();
  REQUIRE(f.told.size() == 2);
  CHECK(f.told[1].first == Sequence(7));
  CHECK(f.repeats == 1);
  CHECK(f.sink.delivered.size() == 1);
  CHECK(f.sink.releases.empty());
}

TEST_CASE("a key is known again after a restart") {
  PushFixture f;
  REQUIRE(f.push("news", "a").has_value());
  f.commit(0, 7);
  f.start();
  REQUIRE(f.push("news", "a").has_value());
  f.run();
  CHECK(f.repeats == 1);
  CHECK(f.sink.delivered.size() == 1);
  CHECK(f.push("other", "a").error().is(PushError::KeyReused));
}

TEST_CASE("a key under way or used for other bytes is refused") {
  PushFixture f;
  REQUIRE(f.push("news", "a").has_value());
  CHECK(f.push("news", "a").error().is(PushError::KeyInUse));
  CHECK(f.push("other", "a").error().is(PushError::KeyReused));
  REQUIRE(f.push("news", "b").has_value());  // the same bytes under another key are another push
  CHECK(f.sink.delivered.size() == 2);
}

TEST_CASE("the oldest keys are let go beyond the number kept, none that is under way") {
  PushFixture f;
  f.start(2);
  for (const char* key : {"a", "b", "c"}) REQUIRE(f.push("news", key).has_value());
  f.commit(1, 1);
  f.commit(2, 2);
  CHECK(f.sink.releases.empty());  // "a" is the oldest and under way
  f.commit(0, 3);
  CHECK(f.sink.releases == std::vector<InputKey>{f.sink.delivered[0].arrival.key});
  REQUIRE(f.push("news", "a").has_value());
  CHECK(f.sink.delivered.size() == 4);
  REQUIRE(f.push("news", "c").has_value());
  f.run();
  CHECK(f.repeats == 1);
}

TEST_CASE("without room, and when it was stopped, nothing is taken") {
  PushFixture f;
  f.sink.most_inputs = 1;
  REQUIRE(f.push("one").has_value());
  CHECK(f.push("two").error().is(PushError::NoRoom));
  CHECK(f.push("two", "a").error().is(PushError::NoRoom));
  f.commit(0, 1);
  REQUIRE(f.push("two", "a").has_value());  // a refusal leaves no trace of the key
  f.source->stop();
  CHECK_FALSE(f.source->has_room(0));
  CHECK(f.push("three").error().is(PushError::Stopped));
  f.commit(1, 2);
  CHECK(f.told.size() == 2);  // what was taken before is still told
}

TEST_CASE("an outcome that comes when the source is gone is told all the same") {
  PushFixture f;
  REQUIRE(f.push("one", "a").has_value());
  REQUIRE(f.push("two").has_value());
  f.source.reset();
  f.commit(0, 1);
  f.commit(1, 2);
  CHECK(f.told.size() == 2);
}

}  // namespace newsd
