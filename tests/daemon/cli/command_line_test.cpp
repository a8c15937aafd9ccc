#include "daemon/cli/command_line.h"

#include "daemon/app/exit_status.h"
#include "daemon/cli/help.h"
#include "tests/daemon/cli/captured_console.h"
#include "tests/support/temporary_directory.h"

#include <fcntl.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <fstream>

using namespace newsd;

namespace {

struct Ran {
  int status;
  std::string out, err;
};

Ran run(const std::vector<std::string>& arguments, std::string_view input = {}) {
  CapturedConsole captured(input);
  const int status = run_command_line(arguments, captured.console());
  return {status, captured.out(), captured.err()};
}

/// A command with one option of each kind.
struct Toy {
  bool flag = false;
  std::string text;
  std::vector<std::string> many, files;
  std::optional<unsigned> number;

  Command command() {
    Command c;
    c.name = "toy";
    c.options = {{"-f,--flag", "", "", &flag},
                 {"--text", "T", "", &text, {"red", "green"}},
                 {"--many", "M", "", &many},
                 {"-n,--number", "N", "", &number},
                 {"FILE", "", "", &files}};
    return c;
  }
  std::optional<std::string> set(const std::vector<std::string>& arguments) {
    return set_options(command(), arguments);
  }
};

}  // namespace

TEST_CASE("options are set from words, in either spelling and order") {
  Toy toy;
  CHECK_FALSE(toy.set({"a", "--text=red", "-f", "--many", "x", "b", "--many", "y", "-n", "7"}));
  CHECK(toy.flag);
  CHECK(toy.text == "red");
  CHECK(toy.many == std::vector<std::string>{"x", "y"});
  CHECK(toy.files == std::vector<std::string>{"a", "b"});
  CHECK(toy.number == 7u);
}

TEST_CASE("a list option takes one value an occurrence, so files may follow it") {
  Toy toy;
  CHECK_FALSE(toy.set({"--many", "x", "a", "b"}));
  CHECK(toy.many == std::vector<std::string>{"x"});
  CHECK(toy.files == std::vector<std::string>{"a", "b"});
}

TEST_CASE("everything after -- is a file, and - is one") {
  Toy toy;
  CHECK_FALSE(toy.set({"-", "--", "--text", "-f"}));
  CHECK(toy.files == std::vector<std::string>{"-", "--text", "-f"});
  CHECK_FALSE(toy.flag);
}

TEST_CASE("wrong options are answered with what was probably meant") {
  CHECK(*Toy().set({"--txet", "red"}) == "unknown option --txet; did you mean \"--text\"?");
  CHECK(*Toy().set({"--text", "gren"}) == "--text is one of red, green; not \"gren\"; did you mean \"green\"?");
  CHECK(Toy().set({"-n", "many"}));
  CHECK(Toy().set({"-n", "-1"}));
  CHECK(Toy().set({"--text"}));
  CHECK(Toy().set({"--text", "red", "--text", "green"}));
}

TEST_CASE("newsd alone explains itself") {
  const auto ran = run({});
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  for (const auto& command : commands())
    CHECK(ran.out.find("  " + std::string(command.name) + " ") != std::string::npos);
  CHECK(run({"-h"}).out == ran.out);
  CHECK(run({"help"}).out == ran.out);
}

TEST_CASE("every command has help that teaches: what it is, its options, examples, where to read on") {
  for (const auto& command : commands()) {
    const std::string name(command.name);
    CAPTURE(name);
    const auto ran = run({name, "--help"});
    CHECK(ran.status == 0);
    CHECK(ran.out.starts_with("usage: newsd " + name));
    CHECK(command.about.size() > 60);
    CHECK(command.examples.size() >= 2);
    CHECK_FALSE(command.more.empty());
    for (const auto& example : command.examples) CHECK(ran.out.find(example.line) != std::string::npos);
    for (const auto& option : command.options) CHECK_FALSE(option.says.empty());
    CHECK(run({"help", name}).out == ran.out);
    for (std::size_t start = 0, end = 0; start < ran.out.size(); start = end + 1) {
      end = std::min(ran.out.find('\n', start), ran.out.size());
      INFO(ran.out.substr(start, end - start));
      CHECK(end - start <= 100);
    }
  }
}

TEST_CASE("help is not asked for behind --") {
  const auto ran = run({"parse", "--", "-h"});
  CHECK(ran.status == kExitBadInput);  // a file of that name, which is not there
}

TEST_CASE("usage errors go to stderr with status 64") {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"prase"},
                                             {"--prase"},
                                             {"run", "--no-such"},
                                             {"parse"},
                                             {"journal"},
                                             {"journal", "dmup"},
                                             {"replay"},
                                             {"completion", "tcsh"},
                                             {"tail", "--since", "yesterday", "--socket", "/x"},
                                             {"tail", "-n", "3", "--since", "4", "--socket", "/x"},
                                             {"parse", "--as", "poem", "x"},
                                             {"replay", "--from", "earliest", "--type", "newsd.nothing"},
                                             {"help", "nothing"},
                                             {"run", "--workers", "100000"},
                                             {"parse", "--url", "ftp://x", "y"}}) {
    CAPTURE(arguments);
    const auto ran = run(arguments);
    CHECK(ran.status == kExitUsage);
    CHECK(ran.out.empty());
    CHECK(ran.err.starts_with("newsd: "));
  }
  CHECK(run({"prase"}).err.find("did you mean \"parse\"?") != std::string::npos);
}

TEST_CASE("the version is one line") { CHECK(run({"--version"}).out.starts_with("newsd 0.")); }

TEST_CASE("a configuration with errors is answered with all of them and status 78") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "newsd.toml";
  std::ofstream(file) << "statedir = 1\n[journal]\nretain = 5\n";
  for (const auto* command : {"check", "run", "tail", "journal", "replay"}) {
    CAPTURE(command);
    std::vector<std::string> arguments{command, "-c", file.string()};
    if (arguments[0] == "journal") arguments.emplace_back("dump");
    if (arguments[0] == "replay") arguments.insert(arguments.end(), {"--from", "earliest"});
    const auto ran = run(arguments);
    CHECK(ran.status == kExitConfig);
    CHECK(ran.err.find(file.string() + ":1:1: unknown key statedir") == 0);
    CHECK(ran.err.find(file.string() + ":3:10: journal.retain must be") != std::string::npos);
  }
}

TEST_CASE("check shows the configuration as TOML and looks at the machine") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "newsd.toml";
  std::ofstream(file) << "state_dir = \"state\"\n[[drop]]\npath = \"in\"\n";
  const auto good = run({"check", "--show", "-c", file.string()});
  CAPTURE(good.err);
  CHECK(good.status == 0);
  CHECK(good.out.find("path = \"" + (folder.path() / "in").string() + "\"") != std::string::npos);

  std::ofstream(folder.path() / "in") << "in the way";
  const auto bad = run({"check", "-c", file.string()});
  CHECK(bad.status == kExitCannotCreate);
  CHECK(bad.err.find("is no directory") != std::string::npos);
  CHECK(run({"check", "--offline", "-c", file.string()}).status == 0);
}

TEST_CASE("check says everything that is wrong with the machine") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "newsd.toml";
  std::ofstream(file) << "topics_dir = \"no-such\"\n[[output]]\nkind = \"unix\"\npath = \"none/s\"\n[[output]]\nkind = "
                         "\"file\"\npath = \"none/f\"\n";
  std::ofstream(folder.path() / "state") << "in the way";
  const auto ran = run({"check", "-c", file.string()});
  CHECK(ran.status != 0);
  CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') >= 3);
}

TEST_CASE("a reader that went away ends a command quietly with 0") {
  int fds[2];
  REQUIRE(::pipe2(fds, O_CLOEXEC) == 0);
  ::close(fds[0]);
  const UniqueFd writer(fds[1]), err(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  Console console({0, writer.get(), err.get()});
  CHECK(run_command_line(std::vector<std::string>{"schema"}, console) == 0);
  std::signal(SIGPIPE, before);
}

TEST_CASE("a full disk under stdout is told and is status 74") {
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  const UniqueFd err(::memfd_create("err", 0));
  Console console({0, full.get(), err.get()});
  CHECK(run_command_line(std::vector<std::string>{"schema"}, console) == kExitIo);
}
