// `newsd rules test` from rules and articles to what met.
#include "daemon/app/exit_status.h"
#include "daemon/cli/command_line.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace newsd;

namespace {

struct Ran {
  int status;
  std::string out, err;
};

Ran rules(std::vector<std::string> arguments) {
  CapturedConsole captured;
  arguments.insert(arguments.begin(), {"rules", "test"});
  const int status = run_command_line(arguments, captured.console());
  return {status, captured.out(), captured.err()};
}

std::string written(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

constexpr std::string_view kArticle =
    "Council votes for the tram line\n\nThe council voted on Tuesday for the new tram line after a debate of six "
    "hours, "
    "its speaker said.\n";

}  // namespace

TEST_CASE("rules test prints the rules that an article meets and what in it did that") {
  const TemporaryDirectory folder;
  const auto article = written(folder.path() / "a.txt", kArticle);
  const auto config = written(folder.path() / "newsd.toml",
                              "[[rule]]\nid = \"tram\"\nmatch = 'title:tram AND \"six hours\"'\n"
                              "[[rule]]\nid = \"sport\"\nmatch = 'league'\n");
  const Ran ran = rules({"-c", config, article});
  CHECK(ran.status == kExitOk);
  CHECK(ran.out.find("tram  score 2") != std::string::npos);
  CHECK(ran.out.find(": six hours") != std::string::npos);
  CHECK(ran.out.find("sport") == std::string::npos);
}

TEST_CASE("rules test tries a rule of the command line, and points at the column of its error") {
  const TemporaryDirectory folder;
  const auto article = written(folder.path() / "a.txt", kArticle);
  const auto config = written(folder.path() / "newsd.toml", "");
  CHECK(rules({"-c", config, "--match", "league", article}).out.find("meets no rule") != std::string::npos);
  const Ran wrong = rules({"-c", config, "--match", "tram AND", article});
  CHECK(wrong.status == kExitUsage);
  CHECK(wrong.err.starts_with("column 9: "));
  CHECK(rules({"-c", config, article}).status == kExitUsage);
}
