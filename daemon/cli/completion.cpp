#include "daemon/cli/completion.h"

#include "daemon/app/exit_status.h"

namespace newsd {

Command completion_command() {
  auto shell = std::make_shared<std::string>();
  Command command{
      .name = "completion",
      .brief = "completion of newsd's commands for a shell",
      .about =
          "Prints a script that teaches a shell newsd's commands, options and their values. The Debian package "
          "installs all three.",
      .options = {{"SHELL", "", "the shell", shell.get(), {"bash", "zsh", "fish"}, Option::Completes::Nothing, true}},
      .examples = {{"source <(newsd completion bash)", "in this shell"},
                   {"newsd completion fish > ~/.config/fish/completions/newsd.fish", "for every fish from now on"},
                   {"newsd completion zsh > ~/.zfunc/_newsd", "with ~/.zfunc in fpath"}},
      .more = "man newsd"};
  command.run = [shell](Console& console) {
    const auto all = commands();
    console.out().write(*shell == "bash"  ? bash_completion(all)
                        : *shell == "zsh" ? zsh_completion(all)
                                          : fish_completion(all));
    return static_cast<int>(kExitOk);
  };
  return command;
}

}  // namespace newsd
