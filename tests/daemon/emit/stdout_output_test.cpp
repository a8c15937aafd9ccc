#include "daemon/emit/stdout_output.h"

#include "tests/daemon/stream/stream_fixture.h"

#include <climits>

#include <sys/socket.h>
#include <unistd.h>

namespace newsd {
namespace {

struct Pipe {
  Pipe() { REQUIRE(::pipe2(ends, O_CLOEXEC) == 0); }
  ~Pipe() {
    close_reader();
    ::close(ends[1]);
  }
  void close_reader() {
    if (ends[0] >= 0) ::close(ends[0]);
    ends[0] = -1;
  }
  /// Reads what is there without waiting.
  void drain() {
    char block[8192];
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    for (ssize_t n; (n = ::read(ends[0], block, sizeof block)) > 0;) text.append(block, static_cast<std::size_t>(n));
  }
  int writer() const { return ends[1]; }

  int ends[2];
  std::string text;
};

struct Watched {
  Watched(StreamFixture& stream, int fd, OutputConfig config = {}) {
    config.name = "stdout";
    output = std::move(StdoutOutput::create(config, stream.context(), fd, [this](std::optional<Error> why) {
                         ended = true;
                         error = why;
                       }).value());
    output->start().value();
  }
  std::unique_ptr<StdoutOutput> output;
  bool ended = false;
  std::optional<Error> error;
};

}  // namespace

TEST_CASE("stdout gets the events of this run, in order") {
  StreamFixture stream(3);
  Pipe pipe;
  Watched watched(stream, pipe.writer());
  stream.commit(5);
  REQUIRE(stream.run_until([&] { return watched.output->lag() == 0; }));
  REQUIRE(stream.stop(*watched.output));
  pipe.drain();
  CHECK(sequences_in(lines_of(pipe.text)) == range(4, 8));
  CHECK_FALSE(watched.ended);
}

TEST_CASE("a full pipe makes stdout wait without blocking, the descriptor stays as it was, and nothing is lost") {
  StreamFixture stream(0, {}, 20'000);
  Pipe pipe;
  Watched watched(stream, pipe.writer());
  stream.commit(1000, 2000);
  stream.run_ready();
  CHECK(watched.output->lag() > 500);
  CHECK((::fcntl(pipe.writer(), F_GETFL) & O_NONBLOCK) == 0);
  REQUIRE(stream.run_until([&] { return pipe.drain(), lines_of(pipe.text).size() == 1000; }));
  CHECK(sequences_in(lines_of(pipe.text)) == range(1, 1000));
  REQUIRE(stream.stop(*watched.output));
}

TEST_CASE("a closed pipe ends the output quietly") {
  StreamFixture stream;
  Pipe pipe;
  Watched watched(stream, pipe.writer());
  pipe.close_reader();
  stream.commit(1);
  REQUIRE(stream.run_until([&] { return watched.ended; }));
  CHECK_FALSE(watched.error);
  CHECK(watched.output->lag() == 0);
  CHECK(stream.stop(*watched.output));
}

TEST_CASE("a reader that goes while the pipe is full ends the output, too") {
  StreamFixture stream;
  Pipe pipe;
  Watched watched(stream, pipe.writer());
  stream.commit(100, 2000);
  stream.run_ready();
  CHECK_FALSE(watched.ended);
  pipe.close_reader();
  REQUIRE(stream.run_until([&] { return watched.ended; }));
  CHECK_FALSE(watched.error);
}

TEST_CASE("a stop hands on what is committed, or gives up at its deadline") {
  StreamFixture stream;
  Pipe pipe;
  Watched watched(stream, pipe.writer());
  stream.commit(100, 2000);
  REQUIRE(stream.stop(*watched.output, std::chrono::milliseconds(20)));
  pipe.drain();
  CHECK(lines_of(pipe.text).size() < 100);
}

TEST_CASE("a regular file and a socket can be stdout") {
  StreamFixture stream;
  const int file = ::open((stream.folder / "out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  int pair[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
  {
    Watched to_file(stream, file), to_socket(stream, pair[0]);
    stream.commit(20);
    REQUIRE(stream.run_until([&] { return to_file.output->lag() + to_socket.output->lag() == 0; }));
    REQUIRE(stream.stop(*to_file.output));
    REQUIRE(stream.stop(*to_socket.output));
  }
  CHECK(sequences_in(lines_of(file_text(stream.folder / "out"))) == range(1, 20));
  std::string text(64'000, '\0');
  text.resize(static_cast<std::size_t>(::recv(pair[1], text.data(), text.size(), 0)));
  CHECK(sequences_in(lines_of(text)) == range(1, 20));
  CHECK((::fcntl(pair[0], F_GETFL) & O_NONBLOCK) == 0);
  for (const int fd : {file, pair[0], pair[1]}) ::close(fd);
}

TEST_CASE("a descriptor that cannot be written is an error, said once") {
  StreamFixture stream;
  const int file = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  Watched watched(stream, file);
  stream.commit(2);
  REQUIRE(stream.run_until([&] { return watched.ended; }));
  REQUIRE(watched.error);
  CHECK(watched.error->is(StreamError::Io));
  ::close(file);
}

TEST_CASE("stdout in another format") {
  StreamFixture stream;
  Pipe pipe;
  OutputConfig config;
  config.format = "ninjs";
  Watched watched(stream, pipe.writer(), config);
  stream.commit({article_event(1), story_event(2)});
  REQUIRE(stream.stop(*watched.output));
  pipe.drain();
  REQUIRE(lines_of(pipe.text).size() == 1);
  CHECK(pipe.text.find("Ferry back in service") != std::string::npos);
}

}  // namespace newsd
