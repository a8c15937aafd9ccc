// tail against a daemon played by a thread: what is asked, what is printed, how it ends.
#include "daemon/app/exit_status.h"
#include "daemon/cli/command_line.h"
#include "daemon/cli/tail_client.h"
#include "daemon/cli/tail_request.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <catch2/catch.hpp>

#include <thread>

using namespace newsd;

namespace {

const Instant kNow = *parse_rfc3339("2026-11-22T06:00:00Z");

std::string event_line(int n) {
  return R"({"specversion":"1.0","type":"newsd.daemon.started","time":"2026-11-22T06:00:00.000Z","sequence":"0000000000000000000)" +
         std::to_string(n) + R"(","data":{"daemon":{"newsd":"0.1.0"}}})";
}

/// Accepts one client, reads its request, sends `answer` and, unless it holds, closes.
class FakeDaemon {
 public:
  FakeDaemon(std::string answer, bool holds = false) : path_((folder_.path() / "s").string()) {
    listener_ = UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, path_.size());
    REQUIRE(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_.get(), 1) == 0);
    thread_ = std::jthread([this, answer = std::move(answer), holds] {
      UniqueFd client(::accept(listener_.get(), nullptr, nullptr));
      for (char c = 0; ::read(client.get(), &c, 1) == 1 && c != '\n';) request_ += c;
      if (::send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return;
      if (!holds) return;
      pollfd gone{client.get(), POLLIN, 0};
      ::poll(&gone, 1, 10'000);
    });
  }
  const std::string& path() const { return path_; }
  const std::string& request() {
    thread_.join();
    return request_;
  }

 private:
  TemporaryDirectory folder_;
  std::string path_, request_;
  UniqueFd listener_;
  std::jthread thread_;
};

}  // namespace

TEST_CASE("the request says where to begin and which events") {
  CHECK(*tail_request({}, kNow) == R"({"last":10,"format":"cloudevents"})");
  CHECK(*tail_request({.last = 3, .since = {}, .types = {}}, kNow) == R"({"last":3,"format":"cloudevents"})");
  CHECK(*tail_request({.last = 0, .since = {}, .types = {}}, kNow) == R"({"from":"latest","format":"cloudevents"})");
  CHECK(*tail_request({.last = {}, .since = "41", .types = {"newsd.article.*"}}, kNow) ==
        R"({"from":"41","types":["newsd.article.*"],"format":"cloudevents"})");
  CHECK(*tail_request({.last = {}, .since = "10m", .types = {}}, kNow) ==
        R"({"from":"2026-11-22T05:50:00.000Z","format":"cloudevents"})");
}

TEST_CASE("a where goes to the daemon as it was typed") {
  TailWish wish;
  wish.where = "language == \"en\"";
  CHECK(*tail_request(wish, kNow) == R"({"last":10,"where":"language == \"en\"","format":"cloudevents"})");
}

TEST_CASE("what is wrong with a where is pointed at, and no daemon is asked") {
  CapturedConsole captured;
  const std::vector<std::string> arguments{"tail", "--where", "Überfahrt AND size > many"};
  CHECK(run_command_line(arguments, captured.console()) == kExitUsage);
  CHECK(captured.err() ==
        "--where: column 23: size is compared with a number such as 5 or 0.8\n"
        "  Überfahrt AND size > many\n"
        "                       ^\n");
}

TEST_CASE("a wish the daemon would refuse is refused before it is asked") {
  CHECK_FALSE(tail_request({.last = 3, .since = "41", .types = {}}, kNow).has_value());
  CHECK_FALSE(tail_request({.last = {}, .since = "soon", .types = {}}, kNow).has_value());
  CHECK_FALSE(tail_request({.last = {}, .since = {}, .types = {"newsd.nothing.*"}}, kNow).has_value());
  CHECK_FALSE(tail_request({.last = 4'000'000'000u, .since = {}, .types = {}}, kNow).has_value());
}

TEST_CASE("the sequence of a line is its number without zeros; lines that are no events have none") {
  CHECK(sequence_in(event_line(7)) == "7");
  CHECK(sequence_in(R"({"heartbeat":{"time":"x","last":"00000000000000000007"}})").empty());
  CHECK(sequence_in("").empty());
}

TEST_CASE("tail prints events, leaves out heartbeats and says where to go on when the daemon ends") {
  FakeDaemon daemon(event_line(1) + "\n{\"heartbeat\":{\"time\":\"x\",\"last\":\"1\"}}\n" + event_line(2) +
                    "\n{\"torn");
  CapturedConsole captured;
  const std::vector<std::string> arguments{"tail", "--socket", daemon.path(), "-n", "2"};
  CHECK(run_command_line(arguments, captured.console()) == kExitUnavailable);
  CHECK(captured.out() == event_line(1) + "\n" + event_line(2) + "\n");
  CHECK(captured.err().find("the daemon ended the stream") != std::string::npos);
  CHECK(captured.err().find("--since 2") != std::string::npos);
  CHECK(daemon.request() == R"({"last":2,"format":"cloudevents"})");
}

TEST_CASE("a refusal of the daemon is told in its words") {
  FakeDaemon daemon("{\"error\":{\"code\":\"future-cursor\",\"text\":\"the stream ends at 5\"}}\n");
  CapturedConsole captured;
  const std::vector<std::string> arguments{"tail", "--socket", daemon.path(), "--since", "9"};
  CHECK(run_command_line(arguments, captured.console()) == kExitUnavailable);
  CHECK(captured.out().empty());
  CHECK(captured.err().find("the stream ends at 5") != std::string::npos);
}

TEST_CASE("without a daemon tail says so with status 69") {
  const TemporaryDirectory folder;
  CapturedConsole captured;
  const std::vector<std::string> arguments{"tail", "--socket", (folder.path() / "none").string()};
  CHECK(run_command_line(arguments, captured.console()) == kExitUnavailable);
  CHECK(captured.err().find("no daemon listens here") != std::string::npos);
}

TEST_CASE("Ctrl-C ends tail with 0 and says where to go on") {
  FakeDaemon daemon(event_line(3) + "\n", true);
  int fds[2];
  REQUIRE(::pipe2(fds, O_CLOEXEC) == 0);
  const UniqueFd reader(fds[0]), writer(fds[1]), err(::memfd_create("err", 0));
  Console console({0, writer.get(), err.get()});
  const auto before = ::pthread_self();
  std::jthread user([&] {
    char c = 0;
    while (::read(reader.get(), &c, 1) == 1 && c != '\n') {}  // the event was printed: tail is waiting, or about to
    ::pthread_kill(before, SIGINT);
  });
  CHECK(run_command_line(std::vector<std::string>{"tail", "--socket", daemon.path()}, console) == 0);
  user.join();
  char said[512] = {};
  CHECK(::pread(err.get(), said, sizeof said - 1, 0) > 0);
  CHECK(std::string(said).find("up to 3") != std::string::npos);
}

TEST_CASE("tail ends when nobody reads what it prints, also while nothing comes") {
  FakeDaemon daemon(event_line(3) + "\n", true);
  int fds[2];
  REQUIRE(::pipe2(fds, O_CLOEXEC) == 0);
  UniqueFd reader(fds[0]);
  const UniqueFd writer(fds[1]), err(::memfd_create("err", 0));
  Console console({0, writer.get(), err.get()});
  std::jthread user([&] {
    char c = 0;
    while (::read(reader.get(), &c, 1) == 1 && c != '\n') {}
    reader.reset();
  });
  CHECK(run_command_line(std::vector<std::string>{"tail", "--socket", daemon.path()}, console) == 0);
}
