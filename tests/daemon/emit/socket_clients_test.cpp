#include "tests/daemon/emit/socket_client.h"

#include <list>

#include <sys/resource.h>

namespace newsd {

TEST_CASE("sixteen clients get the same bytes") {
  SocketStream stream;
  std::list<SocketClient> clients;
  for (int i = 0; i < 16; ++i) clients.emplace_back(stream.config.path);
  REQUIRE(stream.serves(16));
  for (int i = 0; i < 100; ++i) {
    stream.commit(10);
    stream.run_ready();
    for (SocketClient& client : clients) client.read();
  }
  for (SocketClient& client : clients) REQUIRE(stream.reads_until(client, 1000));
  for (SocketClient& client : clients) CHECK(client.lines == clients.front().lines);
  CHECK(clients.front().sequences() == range(1, 1000));
}

TEST_CASE("a client that does not read holds up nobody, keeps only one batch, and catches up from the journal") {
  SocketStream stream(0, {}, 100'000);
  SocketClient stuck(stream.config.path), good(stream.config.path);
  REQUIRE(stream.serves(2));
  std::weak_ptr<const EmittedEvent> early;
  for (int i = 0; i < 300; ++i) {
    stream.commit(10, 2000);
    if (i == 250) early = stream.tail.at(stream.tail.last());
    REQUIRE(stream.reads_until(good, static_cast<std::size_t>(i + 1) * 10));
  }
  CHECK(early.expired());  // it left the tail, and the stuck client does not hold it
  CHECK(stream.output->lag() > 2000);
  CHECK(stream.tail.bytes() <= 100'000);
  REQUIRE(stream.reads_until(stuck, 3000));
  CHECK(stuck.sequences() == range(1, 3000));
}

TEST_CASE("a stuck client whose place expires is told of the gap when it wakes") {
  SocketStream stream(0, {}, 100'000);
  SocketClient stuck(stream.config.path);
  REQUIRE(stream.serves(1));
  for (int i = 0; i < 200; ++i) {
    stream.commit(10, 2000);
    stream.run_ready();
  }
  stream.journal.expire_before(1900);
  REQUIRE(
      stream.run_until([&] { return stuck.read(), !stuck.lines.empty() && sequence_in(stuck.lines.back()) == 2000; }));
  const std::vector<std::uint64_t> seen = stuck.sequences();
  CHECK(stuck.was_told("newsd.stream.gap"));
  const auto gap = std::ranges::find_if(
      stuck.lines, [](const std::string& l) { return l.find("newsd.stream.gap") != std::string::npos; });
  REQUIRE(gap != stuck.lines.end());
  CHECK(sequence_in(*gap) == 1899);
  CHECK(sequence_in(*(gap + 1)) == 1900);
}

TEST_CASE("a client that takes nothing for the write timeout is let go, one that takes a little is not") {
  SocketStream stream(0, {}, 1 << 20, [](OutputConfig& config, SessionTiming&) {
    config.write_timeout = std::chrono::milliseconds(150);
  });
  SocketClient stuck(stream.config.path), slow(stream.config.path);
  REQUIRE(stream.serves(2));
  stream.commit(500, 2000);
  // too little at a time for the kernel to call the socket writable again
  auto next = std::chrono::steady_clock::now();
  const auto end = next + std::chrono::milliseconds(600);
  REQUIRE(stream.run_until([&] {
    const auto now = std::chrono::steady_clock::now();
    if (now >= next) {
      slow.read(60'000);
      next = now + std::chrono::milliseconds(100);
    }
    return now >= end;
  }));
  CHECK(stream.output->clients() == 1);
  REQUIRE(stream.reads_until(slow, 500));
  CHECK(slow.sequences() == range(1, 500));
  stuck.read();
  CHECK(stuck.ended);
  CHECK(stuck.sequences() == range(1, stuck.sequences().size()));
}

TEST_CASE("a client that goes is noticed in silence and under way") {
  SocketStream stream;
  SocketClient silent(stream.config.path), reading(stream.config.path);
  REQUIRE(stream.serves(2));
  stream.commit(1000, 2000);
  REQUIRE(stream.reads_until(reading, 10));
  reading.leave();
  REQUIRE(stream.serves(1));
  REQUIRE(stream.reads_until(silent, 1000));
  silent.leave();
  REQUIRE(stream.serves(0));
}

TEST_CASE("a client that ends its input goes on receiving until it goes") {
  SocketStream stream;
  SocketClient client(stream.config.path);
  client.half_close();
  REQUIRE(stream.serves(1));
  for (int i = 1; i <= 3; ++i) {
    stream.commit(1);
    REQUIRE(stream.reads_until(client, static_cast<std::size_t>(i)));
  }
  client.leave();
  REQUIRE(stream.serves(0));
}

TEST_CASE("one client too many gets a word and is closed, the others stay") {
  SocketStream stream(0, {}, 1 << 20, [](OutputConfig& config, SessionTiming&) { config.max_clients = 2; });
  SocketClient first(stream.config.path), second(stream.config.path), third(stream.config.path);
  REQUIRE(stream.reads_to_end(third));
  CHECK(third.was_told("too-many-clients"));
  stream.commit(1);
  REQUIRE(stream.reads_until(first, 1));
  first.leave();
  REQUIRE(stream.serves(1));
  SocketClient fourth(stream.config.path, R"({"from":"earliest"})");
  REQUIRE(stream.reads_until(fourth, 1));
}

TEST_CASE("a lack of descriptors pauses accepting; the clients that are there go on, the new one is served later") {
  SocketStream stream;
  SocketClient first(stream.config.path);
  REQUIRE(stream.serves(1));
  SocketClient second(stream.config.path);
  rlimit before{}, none{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  none = before;
  none.rlim_cur = 3;
  ::setrlimit(RLIMIT_NOFILE, &none);
  stream.commit(2);
  const bool served = stream.reads_until(first, 2);
  CHECK(stream.output->clients() == 1);
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK(served);
  REQUIRE(stream.serves(2));
}

TEST_CASE("a stop sends what is committed and a last word, and takes the path away") {
  SocketStream stream;
  SocketClient client(stream.config.path), unread(stream.config.path);
  REQUIRE(stream.serves(2));
  stream.commit(20);
  bool done = false;
  stream.output->stop(std::chrono::seconds(5), [&] { done = true; });
  REQUIRE(stream.run_until([&] { return done; }));
  REQUIRE(stream.reads_to_end(client));
  CHECK(client.sequences() == range(1, 20));
  CHECK(client.lines.back() == R"({"stopping":{"position":"00000000000000000020"}})");
  CHECK_FALSE(std::filesystem::exists(stream.config.path));
  CHECK_FALSE(SocketClient(stream.config.path).connected);
}

TEST_CASE("a stop does not wait longer than its deadline for a client that does not read") {
  SocketStream stream;
  SocketClient stuck(stream.config.path);
  REQUIRE(stream.serves(1));
  stream.commit(1000, 2000);
  REQUIRE(stream.stop(*stream.output, std::chrono::milliseconds(30)));
}

TEST_CASE("an inherited socket is served and its path stays") {
  StreamFixture stream;
  const std::filesystem::path path = stream.folder / "inherited";
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  REQUIRE(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(fd, 8) == 0);
  OutputConfig config;
  config.kind = OutputConfig::Kind::Unix;
  config.path = "/nowhere";
  auto output = std::move(SocketOutput::create(config, stream.context(), fd).value());
  output->start().value();
  stream.commit(3);
  SocketClient client(path, R"({"from":"earliest"})");
  REQUIRE(stream.run_until([&] { return client.read(), client.lines.size() == 3; }));
  REQUIRE(stream.stop(*output));
  CHECK(std::filesystem::exists(path));
}

}  // namespace newsd
