// Progress on a terminal that is a pseudo-terminal of the test, and where there is none.
#include "daemon/cli/progress.h"
#include "tests/daemon/cli/captured_console.h"

#include <catch2/catch.hpp>

#include <cstdlib>

#include <fcntl.h>

namespace newsd {
namespace {

using Clock = Progress::Clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// A terminal: what a program writes to it can be read at the other end.
class Terminal {
 public:
  Terminal() : other_(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK)) {
    if (!other_ || ::grantpt(other_.get()) != 0 || ::unlockpt(other_.get()) != 0)
      throw std::runtime_error("no pseudo-terminal");
    fd_.reset(::open(::ptsname(other_.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
  }
  int fd() const { return fd_.get(); }
  /// What was written since the last look.
  std::string seen() const {
    std::string text;
    char block[1024];
    for (ssize_t n = 0; (n = ::read(other_.get(), block, sizeof block)) > 0;)
      text.append(block, static_cast<std::size_t>(n));
    return text;
  }

 private:
  UniqueFd other_, fd_;
};

struct Screen {
  Screen() { ::setenv("TERM", "xterm", 1); }
  Terminal terminal;
  UniqueFd nothing{::open("/dev/null", O_RDWR | O_CLOEXEC)};
};

}  // namespace

TEST_CASE("progress says how much of how much is done, how fast, and how long still") {
  CHECK(progress_words("replay", 0, 500, seconds(3)) == "replay: 0 of 500");
  CHECK(progress_words("replay", 1200, 4500, seconds(3)) == "replay: 1200 of 4500, 400 a second, 9 s left");
  CHECK(progress_words("train", 3, 30, seconds(6)) == "train: 3 of 30, 0.5 a second, 54 s left");
  CHECK(progress_words("replay", 100, 100'000, seconds(10)) == "replay: 100 of 100000, 10 a second, 3 h left");
  CHECK(progress_words("replay", 30, 20, seconds(1)) == "replay: 30 of 20, 30 a second, 0 s left");
}

TEST_CASE("on a terminal one line is written over, and is gone in the end") {
  Screen screen;
  Console console({screen.nothing.get(), screen.nothing.get(), screen.terminal.fd()});
  const auto began = Clock::now();
  {
    Progress progress(console, "replay", 100, false, began);
    progress.at(1, began + milliseconds(900));  // it may be over soon
    CHECK(screen.terminal.seen().empty());
    progress.at(20, began + seconds(2));
    CHECK(screen.terminal.seen() == "\r\x1b[Kreplay: 20 of 100, 10 a second, 8 s left");
    progress.at(21, began + milliseconds(2100));  // too soon for another
    CHECK(screen.terminal.seen().empty());
    progress.at(40, began + seconds(4));
    CHECK(screen.terminal.seen() == "\r\x1b[Kreplay: 40 of 100, 10 a second, 6 s left");
    console.say("something else");
    CHECK(screen.terminal.seen() == "\r\x1b[Knewsd: something else\r\n");
    progress.at(50, began + seconds(5));
    CHECK_FALSE(screen.terminal.seen().empty());
  }
  CHECK(screen.terminal.seen() == "\r\x1b[K");
}

TEST_CASE("nothing is said without a terminal, to a dumb one, or when it is to be quiet") {
  Screen screen;
  const auto began = Clock::now();
  const auto run = [&](Console& console, bool is_quiet) {
    Progress progress(console, "replay", 100, is_quiet, began);
    progress.at(50, began + seconds(9));
  };
  Console console({screen.nothing.get(), screen.nothing.get(), screen.terminal.fd()});
  run(console, true);
  CHECK(screen.terminal.seen().empty());
  CapturedConsole captured;
  run(captured.console(), false);
  CHECK(captured.err().empty());
  ::setenv("TERM", "dumb", 1);
  Console dumb({screen.nothing.get(), screen.nothing.get(), screen.terminal.fd()});
  run(dumb, false);
  CHECK(screen.terminal.seen().empty());
}

}  // namespace newsd
