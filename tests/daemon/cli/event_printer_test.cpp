#include "daemon/cli/event_printer.h"

#include "tests/daemon/cli/captured_console.h"

#include <fcntl.h>
#include <stdlib.h>
#include <catch2/catch.hpp>

using namespace newsd;

namespace {

constexpr Palette kMarks{"<0>", "<b>", "<d>", "<r>", "<g>", "<y>", "<u>", "<c>"};

constexpr std::string_view kLine =
    R"({"specversion":"1.0","id":"1","source":"newsd://h/main","type":"newsd.daemon.started","subject":"s",)"
    R"("time":"2026-11-22T06:00:00.000Z","sequence":"00000000000000000007","data":{"daemon":{"newsd":"0.1.0"}}})";

}  // namespace

TEST_CASE("what happened has its colour, the rest stays as it is") {
  CHECK(coloured_text("17  06:00:00  new  en  Harbour opens  a.txt", kMarks) ==
        "<d>17  06:00:00<0>  <g>new<0>  en  Harbour opens  a.txt");
  CHECK(coloured_text("18  06:00:01  quarantined  b.txt", kMarks) == "<d>18  06:00:01<0>  <r>quarantined<0>  b.txt");
  CHECK(coloured_text("19  06:00:01  daemon.stopping", kMarks) == "<d>19  06:00:01<0>  <y>daemon.stopping<0>");
  CHECK(coloured_text("odd", kMarks) == "odd");
  CHECK(coloured_text("17  06:00:00  new", {}) == "17  06:00:00  new");
}

TEST_CASE("a pipe gets the event as it is, without colour") {
  CapturedConsole captured;
  EventPrinter("", captured.console()).print(kLine);
  CHECK(captured.console().finish(0) == 0);
  CHECK(captured.out() == std::string(kLine) + "\n");
  CHECK_FALSE(captured.console().out_has_colour());
}

TEST_CASE("an event without the form asked for is left out") {
  CapturedConsole captured;
  EventPrinter("ninjs", captured.console()).print(kLine);
  EventPrinter("text", captured.console()).print(kLine);
  captured.console().finish(0);
  CHECK(captured.out() == "7  06:00:00  daemon.started  newsd 0.1.0\n");
}

TEST_CASE("colour is for terminals, and NO_COLOR turns it off") {
  const UniqueFd terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  REQUIRE(terminal);
  REQUIRE(::grantpt(terminal.get()) == 0);
  REQUIRE(::unlockpt(terminal.get()) == 0);
  const UniqueFd user(::open(::ptsname(terminal.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
  REQUIRE(user);
  ::setenv("TERM", "xterm", 1);
  ::unsetenv("NO_COLOR");
  CHECK(Console({0, user.get(), 2}).out_has_colour());
  ::setenv("NO_COLOR", "1", 1);
  CHECK_FALSE(Console({0, user.get(), 2}).out_has_colour());
  ::setenv("NO_COLOR", "", 1);
  CHECK(Console({0, user.get(), 2}).out_has_colour());
  ::setenv("TERM", "dumb", 1);
  CHECK_FALSE(Console({0, user.get(), 2}).out_has_colour());
}
