// newsd: the program. Everything is in the libraries; this turns argv into words.
#include "daemon/cli/command_line.h"

#include <csignal>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is noticed by writing
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  newsd::Console console({});
  return newsd::run_command_line(arguments, console);
}
