#include "daemon/cli/completion.h"

#include <fmt/format.h>

#include <iterator>

namespace newsd {
namespace {

template <class... A>
void add(std::string& out, fmt::format_string<A...> format, A&&... values) {
  fmt::format_to(std::back_inserter(out), format, std::forward<A>(values)...);
}

/// `text` with a backslash before each of `special`.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// Inside single quotes of bash and zsh.
std::string quotable(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out;
}

std::string command_names(std::span<const Command> commands) {
  std::string names;
  for (const auto& command : commands) add(names, "{} ", command.name);
  return names;
}

// ---- bash ----

/// The compgen arguments that give an option's values; empty when nothing is known of them.
std::string compgen_of(const Option& option) {
  if (!option.choices.empty()) return fmt::format("-W '{}'", fmt::join(option.choices, " "));
  switch (option.completes) {
    case Option::Completes::Files: return "-f";
    case Option::Completes::Folders: return "-d";
    case Option::Completes::Nothing: break;
  }
  return {};
}

void add_bash_command(const Command& command, std::string& out) {
  std::string names, positional;
  add(out, "    {})\n      case $prev in\n", command.name);
  for (const auto& option : command.options) {
    if (option.is_positional()) {
      positional = compgen_of(option);
      continue;
    }
    for (const auto name : spellings(option)) add(names, "{} ", name);
    if (option.is_flag()) continue;
    const auto values = compgen_of(option);
    add(out, "        {}) {} ;;\n", fmt::join(spellings(option), " | "),
        values.empty() ? "return" : fmt::format("_newsd_words {}; return", values));
  }
  add(out, "      esac\n      if [[ $cur == -* ]]; then _newsd_words -W '{}-h --help'", names);
  if (!positional.empty()) add(out, "; else _newsd_words {}", positional);
  add(out, "; fi\n      ;;\n");
}

// ---- zsh ----

std::string zsh_action(const Option& option) {
  if (!option.choices.empty()) return fmt::format("({})", fmt::join(option.choices, " "));
  switch (option.completes) {
    case Option::Completes::Files: return "_files";
    case Option::Completes::Folders: return "_files -/";
    case Option::Completes::Nothing: break;
  }
  return " ";
}

void add_zsh_command(const Command& command, std::string& out) {
  add(out, "    {})\n      _arguments '(- *)'{{-h,--help}}'[this help]'", command.name);
  for (const auto& option : command.options) {
    if (option.is_positional()) {
      add(out, " \\\n        '{}:{}:{}'", option.is_list() ? "*" : "1", option.names, zsh_action(option));
      continue;
    }
    const auto says = quotable(escaped(option.says, "[]:"));
    const auto value = option.is_flag() ? std::string() : fmt::format(":{}:{}", option.value, zsh_action(option));
    const auto names = spellings(option);
    const auto repeat = option.is_list() ? "*" : "";
    if (names.size() == 1)
      add(out, " \\\n        '{}{}[{}]{}'", repeat, names[0], says, value);
    else
      add(out, " \\\n        '({0} {1})'{{{0},{1}}}'[{2}]{3}'", names[0], names[1], says, value);
  }
  add(out, "\n      ;;\n");
}

// ---- fish ----

void add_fish_command(const Command& command, std::string& out) {
  const auto condition = fmt::format("complete -c newsd -n '__fish_seen_subcommand_from {}'", command.name);
  for (const auto& option : command.options) {
    const auto says = escaped(option.says, "'\\");
    const auto words = option.choices.empty() ? std::string() : fmt::format(" -a '{}'", fmt::join(option.choices, " "));
    if (option.is_positional()) {
      if (!words.empty())
        add(out, "{}{} -d '{}'\n", condition, words, says);
      else if (option.completes != Option::Completes::Nothing)
        add(out, "{} -F\n", condition);
      continue;
    }
    add(out, "{}", condition);
    for (const auto name : spellings(option)) {
      const bool is_long = name.starts_with("--");
      add(out, " -{} {}", is_long ? 'l' : 's', name.substr(is_long ? 2 : 1));
    }
    if (!option.is_flag()) add(out, " -r{}{}", option.completes == Option::Completes::Nothing ? "" : " -F", words);
    add(out, " -d '{}'\n", says);
  }
}

}  // namespace

std::vector<std::string_view> spellings(const Option& option) {
  const auto comma = option.names.find(',');
  if (comma == std::string_view::npos) return {option.names};
  return {option.names.substr(0, comma), option.names.substr(comma + 1)};
}

std::string bash_completion(std::span<const Command> commands) {
  std::string out =
      "# bash completion of newsd; written by `newsd completion bash`\n"
      "_newsd_words() { mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$cur\"); }\n"
      "_newsd() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
      "  COMPREPLY=()\n"
      "  # bash takes --option=value apart at the sign\n"
      "  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
      "  if ((COMP_CWORD == 1)); then\n";
  add(out, "    _newsd_words -W '{}help -h --help --version'\n    return\n  fi\n", command_names(commands));
  add(out, "  case ${{COMP_WORDS[1]}} in\n    help) _newsd_words -W '{}' ;;\n", command_names(commands));
  for (const auto& command : commands) add_bash_command(command, out);
  return out + "  esac\n}\ncomplete -o filenames -F _newsd newsd\n";
}

std::string zsh_completion(std::span<const Command> commands) {
  std::string out =
      "#compdef newsd\n# zsh completion of newsd; written by `newsd completion zsh`\n_newsd() {\n  local -a commands\n "
      " commands=(\n";
  for (const auto& command : commands) add(out, "    '{}:{}'\n", command.name, quotable(escaped(command.brief, ":")));
  out +=
      "  )\n  if ((CURRENT == 2)); then\n    _describe -t commands command commands\n    return\n  fi\n  shift words\n "
      " ((CURRENT--))\n  case $words[1] in\n";
  for (const auto& command : commands) add_zsh_command(command, out);
  return out + "  esac\n}\n_newsd \"$@\"\n";
}

std::string fish_completion(std::span<const Command> commands) {
  std::string out =
      "# fish completion of newsd; written by `newsd completion fish`\ncomplete -c newsd -f\ncomplete -c newsd -s h -l "
      "help -d 'help'\ncomplete -c newsd -n __fish_use_subcommand -l version -d 'the version'\n";
  for (const auto& command : commands)
    add(out, "complete -c newsd -n __fish_use_subcommand -a {} -d '{}'\n", command.name, escaped(command.brief, "'\\"));
  for (const auto& command : commands) add_fish_command(command, out);
  return out;
}

}  // namespace newsd
