// conf/man/newsd.1 held against the table of commands: what one of them names, the other has.
#include "daemon/cli/command.h"
#include "daemon/cli/completion.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace newsd;

namespace {

using Options = std::map<std::string, std::set<std::string>>;  // command → spellings

/// The commands (.Ss under .Sh COMMANDS) and the options (.It Fl …) of each.
Options manual_options() {
  std::ifstream in(std::string(NEWSD_SOURCE_DIR) + "/conf/man/newsd.1");
  REQUIRE(in);
  Options found;
  bool in_commands = false;
  std::string command;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(".Sh ")) in_commands = line == ".Sh COMMANDS";
    if (!in_commands) continue;
    if (line.starts_with(".Ss ")) found[command = line.substr(4)];
    if (!line.starts_with(".It Fl ")) continue;
    std::istringstream words(line.substr(4));
    for (std::string word; words >> word;) {
      if (word == "Fl" && words >> word) found[command].insert("-" + word);
    }
  }
  return found;
}

Options program_options() {
  Options found;
  for (const auto& command : commands()) {
    auto& names = found[std::string(command.name)];
    for (const auto& option : command.options) {
      if (option.is_positional()) continue;
      for (const auto name : spellings(option)) names.emplace(name);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("the manual page names the program's commands and options, all of them and no others") {
  const auto manual = manual_options(), program = program_options();
  for (const auto& [command, options] : program) {
    CAPTURE(command);
    REQUIRE(manual.contains(command));
    CHECK(manual.at(command) == options);
  }
  CHECK(manual.size() == program.size());
}

TEST_CASE("the manual pages are sound") {
  FILE* pipe = ::popen("cd '" NEWSD_SOURCE_DIR
                       "/conf/man' && if command -v groff >/dev/null; then for page in *.[1-8]; do groff -ww -mandoc "
                       "-Tutf8 -z $page 2>&1; done; fi",
                       "r");
  REQUIRE(pipe != nullptr);
  char block[512];
  std::string warnings;
  while (std::fgets(block, sizeof block, pipe) != nullptr) warnings += block;
  CHECK(::pclose(pipe) == 0);
  CHECK(warnings.empty());
}
