// `newsd explain FILE`: what is printed of a text and of a page.
#include "daemon/app/exit_status.h"
#include "daemon/cli/command_line.h"
#include "daemon/cli/explain_file.h"
#include "tests/daemon/cli/captured_console.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {

constexpr std::string_view kDump =
    "Road to the mill mended\n\nThe council met on Monday evening and agreed, after a debate of three hours, to mend "
    "the road to the mill.\n\nWork is to begin in spring, the engineer said, and to end before the first of the summer "
    "guests arrive.\n\nLeave a reply\n";

struct Ran {
  int status;
  std::string out, err;
};
Ran explain_with(std::vector<std::string> arguments, std::string_view input = {}) {
  CapturedConsole captured(input);
  arguments.insert(arguments.begin(), "explain");
  const int status = run_command_line(arguments, captured.console());
  return {status, captured.out(), captured.err()};
}

}  // namespace

TEST_CASE("in a pipe each line is an object with its part, rule and score") {
  const Ran ran = explain_with({"-"}, kDump);
  CHECK(ran.status == kExitOk);
  CHECK(ran.out.starts_with(R"({"file":"-","lines":[1,1],"part":"headline","rule":)"));
  CHECK(ran.out.find(R"("part":"removed","kind":"comment-form","rule":"phrase")") != std::string::npos);
  CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 4);
}

TEST_CASE("for people kept and removed parts differ in sign and colour, and nothing steers the terminal") {
  constexpr Palette kMarks{"<0>", "<b>", "<d>", "<r>", "<g>", "<y>", "<u>", "<c>"};
  Explanation explanation;
  explanation.parts = {{{1, 1}, LineRole::Body, RemovedKind::Other, "paragraph-run", 2.5, "The road\x1b[2J"},
                       {{2, 3}, LineRole::Removed, RemovedKind::Related, "phrase", -2, "Related"}};
  const std::string text = text_of(explanation, "a.txt", kMarks);
  CHECK(text.find("<g>+ body") != std::string::npos);
  CHECK(text.find("<r>- related") != std::string::npos);
  CHECK(text.find("2–3") != std::string::npos);
  CHECK(text.find("2.50") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text_of(explanation, "a.txt", {}).find('<') == std::string::npos);
}

TEST_CASE("what is no file, no address or no text is answered in words") {
  CHECK(explain_with({"/nowhere/at/all.txt"}).status == kExitBadInput);
  CHECK(explain_with({"/nowhere/at/all.txt"}).err.find("/nowhere/at/all.txt") != std::string::npos);
  CHECK(explain_with({"--url", "no address", "-"}, kDump).status == kExitUsage);
  CHECK(explain_with({"-"}, "").status == kExitBadInput);
  CHECK(explain_with({"-"}, R"({"title":"a","body":"b"})").status == kExitBadInput);
}
