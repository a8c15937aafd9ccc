// status: what is printed of what the daemon says, and how a daemon that is not there is told.
#include "daemon/app/exit_status.h"
#include "daemon/cli/ask_daemon.h"
#include "daemon/cli/command_line.h"
#include "daemon/cli/status_text.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace newsd;

namespace {

constexpr std::string_view kStatus =
    R"({"version":"0.1","source":"newsd://host/main","started":"2026-11-22T06:00:00.000Z","now":"2026-11-22T08:03:10.000Z",)"
    R"("ready":true,"diskFull":false,"inputs":{"taken":10,"done":6,"quarantined":1,"inFlight":3,"unaccounted":0},)"
    R"("articles":{"new":5,"updated":0,"duplicate":1,"rejected":0,"withdrawn":0,"unchanged":7},"events":20,)"
    R"("journal":{"last":"00000000000000000041","oldest":"00000000000000000002","bytes":1048576},)"
    R"("outputs":[{"name":"unix:/run/s","position":"00000000000000000041","lag":0}],)"
    R"("consumers":[{"name":"indexer","position":"00000000000000000030","lag":11}]})";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kStatus);
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("status is told in lines for people") {
  CHECK(status_text(kStatus, {}, Palette{}) ==
        "newsd 0.1  newsd://host/main  ready  up 2 h 3 min\n"
        "inputs    taken 10   done 6   quarantined 1   in flight 3\n"
        "articles  new 5   updated 0   duplicate 1   rejected 0   withdrawn 0   unchanged 7\n"
        "journal   events 2 to 41  1.0 MiB\n"
        "output    unix:/run/s  at 41  0 behind\n"
        "consumer  indexer  at 30  11 behind\n");
}

TEST_CASE("a daemon that takes nothing in, and inputs that got lost, stand out") {
  CHECK(status_text(with("\"ready\":true", "\"ready\":false"), {}, Palette{})->find("not ready") != std::string::npos);
  CHECK(status_text(with("\"diskFull\":false", "\"diskFull\":true"), {}, Palette{})->find("DISK FULL") !=
        std::string::npos);
  CHECK(status_text(with("\"unaccounted\":0", "\"unaccounted\":-2"), {}, Palette{})
            ->find("-2 that nobody accounts for") != std::string::npos);
}

TEST_CASE("the rate is that since the last look") {
  std::string later = with("\"events\":20", "\"events\":70");
  later.replace(later.find("08:03:10"), 8, "08:03:20");
  CHECK(status_text(later, kStatus, Palette{})->find("  5 events/s\n") != std::string::npos);
  CHECK(status_text(kStatus, kStatus, Palette{})->find("events/s") == std::string::npos);
}

TEST_CASE("what is no status is no text") {
  CHECK_FALSE(status_text("", {}, Palette{}).has_value());
  CHECK_FALSE(status_text("[1]", {}, Palette{}).has_value());
  CHECK(status_text("{}", "no JSON", Palette{}).has_value());
}

TEST_CASE("without a server to ask, or with nobody there, status says so") {
  TemporaryDirectory folder;
  const std::string file = (folder.path() / "newsd.toml").string();
  std::ofstream(file) << "state_dir = \"state\"\n";
  CapturedConsole off;
  CHECK(run_command_line(std::vector<std::string>{"status", "-c", file}, off.console()) == kExitConfig);
  CHECK(off.err().find("listen in [http]") != std::string::npos);
  std::ofstream(file) << "state_dir = \"state\"\n[http]\nlisten = \"unix:" << (folder.path() / "h").string() << "\"\n";
  CapturedConsole nobody;
  CHECK(run_command_line(std::vector<std::string>{"status", "-c", file}, nobody.console()) == kExitUnavailable);
  CHECK(nobody.err().find("no daemon answers HTTP here") != std::string::npos);
}
