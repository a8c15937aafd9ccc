// The scripts are run, not only printed: bash completes as it would for somebody typing.
#include "daemon/cli/completion.h"
#include "tests/support/temporary_directory.h"

#include <catch2/catch.hpp>

#include <cstdio>
#include <fstream>

using namespace newsd;

namespace {

std::string output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  char block[4096];
  for (std::size_t n = 0; (n = std::fread(block, 1, sizeof block, pipe)) > 0;) out.append(block, n);
  CHECK(::pclose(pipe) == 0);
  return out;
}

/// What bash offers for the last of these words, one a line.
std::string offered(const std::vector<std::string>& words) {
  const TemporaryDirectory folder;
  const auto script = (folder.path() / "typed.bash").string();
  const auto all = commands();
  std::ofstream out(script);
  out << bash_completion(all) << "COMP_WORDS=(newsd";
  for (const auto& word : words) out << " '" << word << "'";
  out << "); COMP_CWORD=" << words.size() << "; _newsd; printf '%s\\n' \"${COMPREPLY[@]}\"\n";
  out.close();
  return output_of("bash " + script);
}

}  // namespace

TEST_CASE("bash completes commands, options and their values") {
  CHECK(offered({"pa"}) == "parse\n");
  CHECK(offered({"replay", "--re"}) == "--reprocess\n");
  CHECK(offered({"tail", "--format", "n"}) == "ninjs\n");
  CHECK(offered({"tail", "--format", "=", "n"}) == "ninjs\n");
  CHECK(offered({"journal", "d"}) == "dump\n");
  CHECK(offered({"completion", ""}) == "bash\nzsh\nfish\n");
  CHECK(offered({"tail", "--since", ""}) == "\n");  // nothing is known of a position
}

TEST_CASE("bash completes files and folders, names with spaces too") {
  const TemporaryDirectory folder;
  std::ofstream(folder.path() / "a b.txt") << "x";
  std::filesystem::create_directory(folder.path() / "a dir");
  const auto start = (folder.path() / "a").string();
  CHECK(offered({"run", "--drop", start}) == start + " dir\n");
  const auto files = offered({"parse", start});
  CHECK(files.find(start + " b.txt\n") != std::string::npos);
}

TEST_CASE("every command and option is in every shell's script") {
  const auto all = commands();
  for (const auto& script : {bash_completion(all), zsh_completion(all), fish_completion(all)}) {
    for (const auto& command : all) {
      CHECK(script.find(command.name) != std::string::npos);
      for (const auto& option : command.options) {
        if (option.is_positional()) continue;
        const auto name = spellings(option).back();
        CAPTURE(name);
        CHECK(script.find(name.substr(2)) != std::string::npos);
      }
    }
  }
}

TEST_CASE("the shells that are there accept the scripts") {
  const TemporaryDirectory folder;
  const auto all = commands();
  std::ofstream(folder.path() / "bash") << bash_completion(all);
  std::ofstream(folder.path() / "zsh") << zsh_completion(all);
  std::ofstream(folder.path() / "fish") << fish_completion(all);
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const auto file = (folder.path() / shell).string();
    CAPTURE(shell);
    CHECK(output_of("if command -v " + shell + " >/dev/null; then " + shell + " -n " + file + " 2>&1; fi").empty());
  }
}
