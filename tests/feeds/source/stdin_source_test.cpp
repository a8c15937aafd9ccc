#include "feeds/source/stdin_source.h"

#include "tests/support/fake_sink.h"
#include "tests/support/temporary_directory.h"

#include <fcntl.h>
#include <unistd.h>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <string>

namespace newsd {
namespace {

using std::chrono::milliseconds;

/// A stdin that the test writes to, or a file, with a FakeSink behind it.
struct StdinFixture {
  StdinFixture() { REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0); }
  ~StdinFixture() {
    close_input();
    ::close(ends[0]);
  }
  void start(int fd) {
    options.fd = fd;
    source = std::make_unique<StdinSource>(io, sink, options);
    source->when_drained([this] { drained = true; });
    source->start();
  }
  void write(const std::string& text) {
    REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void close_input() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
  bool until(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!done()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      io.restart();
      io.run_one_for(milliseconds(20));
    }
    return true;
  }
  void run_for(milliseconds time) {
    io.restart();
    io.run_for(time);
  }

  std::array<int, 2> ends{-1, -1};
  boost::asio::io_context io;
  FakeSink sink;
  StdinOptions options;
  std::unique_ptr<StdinSource> source;
  bool drained = false;
};

}  // namespace

TEST_CASE_METHOD(StdinFixture, "lines on a pipe are delivered while it is open") {
  start(ends[0]);
  write("{\"title\":\"one\"}\n");
  REQUIRE(until([&] { return sink.delivered.size() == 1; }));
  write("{\"title\":\"two\"}\n{\"title\":");
  REQUIRE(until([&] { return sink.delivered.size() == 2; }));
  const Document& second = sink.delivered[1].arrival.document;
  CHECK(second.bytes == "{\"title\":\"two\"}\n");
  CHECK(second.first_line == 2);
  CHECK(second.forced == Format::ArticleNdjson);
  CHECK(second.origin.kind == OriginKind::Stdin);
  CHECK(second.origin.uri == "file:///dev/stdin");
  CHECK(second.origin.name == "stdin");
  CHECK(sink.delivered[0].arrival.key.value != sink.delivered[1].arrival.key.value);
  CHECK_FALSE(drained);
}

TEST_CASE_METHOD(StdinFixture, "it is drained at the end of the input when all was acknowledged") {
  start(ends[0]);
  write("A headline\n\nA paragraph.\n");
  run_for(milliseconds(20));
  CHECK(sink.delivered.empty());  // one document: it is whole at the end
  close_input();
  REQUIRE(until([&] { return sink.delivered.size() == 1; }));
  run_for(milliseconds(20));
  CHECK_FALSE(drained);
  sink.ack(0);
  REQUIRE(until([&] { return drained; }));
  CHECK(sink.releases.size() == 1);
}

TEST_CASE_METHOD(StdinFixture, "an input that is empty is drained at once") {
  const bool null_device = GENERATE(true, false);
  const int null = ::open("/dev/null", O_RDONLY);
  close_input();
  start(null_device ? null : ends[0]);
  REQUIRE(until([&] { return drained; }));
  CHECK(sink.delivered.empty());
  ::close(null);
}

TEST_CASE_METHOD(StdinFixture, "a regular file is read as well, in slices") {
  TemporaryDirectory home;
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "{\"title\":\"" + std::to_string(i) + "\",\"filler\":\"" + std::string(60, 'x') + "\"}\n";
  write_file(home / "lines", text);
  const int fd = ::open((home / "lines").c_str(), O_RDONLY);
  sink.acks_at_once = true;
  start(fd);
  REQUIRE(until([&] { return drained; }));
  std::string got;
  for (const auto& one : sink.delivered) got += one.arrival.document.bytes;
  CHECK(got == text);
  ::close(fd);
}

TEST_CASE_METHOD(StdinFixture, "nothing is read while the sink has no room") {
  sink.most_inputs = 1;
  start(ends[0]);
  write("{\"a\":1}\n");
  REQUIRE(until([&] { return sink.delivered.size() == 1; }));
  write("{\"a\":2}\n");
  run_for(milliseconds(30));
  CHECK(sink.delivered.size() == 1);
  sink.ack(0);
  REQUIRE(until([&] { return sink.delivered.size() == 2; }));
}

TEST_CASE_METHOD(StdinFixture, "what is too large is refused in words") {
  options.max_bytes = 100;
  const bool lines = GENERATE(true, false);
  start(ends[0]);
  write((lines ? "{\"a\":1}\n{\"b\":\"" : "text ") + std::string(1000, 'x') + "\"}\n");
  close_input();
  const std::size_t n = lines ? 2 : 1;
  REQUIRE(until([&] { return sink.delivered.size() == n; }));
  const auto& refused = sink.delivered.back().arrival.refused;
  REQUIRE(refused);
  CHECK(refused->code == "too-large");
  CHECK(refused->where == (lines ? "line 2" : "stdin"));
  sink.ack_all();
  REQUIRE(until([&] { return drained; }));
}

TEST_CASE_METHOD(StdinFixture, "the descriptor's mode is left as it was") {
  start(ends[0]);
  write("{\"a\":1}\n");
  REQUIRE(until([&] { return sink.delivered.size() == 1; }));
  CHECK((::fcntl(ends[0], F_GETFL) & O_NONBLOCK) == 0);
}

TEST_CASE_METHOD(StdinFixture, "after the stop nothing is read and acks are honoured") {
  start(ends[0]);
  write("{\"a\":1}\n");
  REQUIRE(until([&] { return sink.delivered.size() == 1; }));
  source->stop();
  write("{\"a\":2}\n");
  run_for(milliseconds(20));
  CHECK(sink.delivered.size() == 1);
  source.reset();
  sink.ack(0);
  CHECK(sink.releases.size() == 1);
}

}  // namespace newsd
