#include "daemon/cli/command_line.h"

#include "daemon/app/exit_status.h"
#include "daemon/app/version.h"
#include "daemon/cli/help.h"
#include "daemon/config/nearest.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <new>

namespace newsd {
namespace {

void add_option(const Option& option, CLI::App& app) {
  const std::string names(option.names);
  CLI::Option* added = std::visit(
      [&]<class T>(T* into) -> CLI::Option* {
        if constexpr (std::is_same_v<T, bool>)
          return app.add_flag(names, *into);
        else
          return app.add_option(names, *into);
      },
      option.into);
  if (option.is_list() && !option.is_positional()) added->allow_extra_args(false);  // one value an occurrence
  if (option.required) added->required();
}

std::vector<std::string_view> option_names(const Command& command) {
  std::vector<std::string_view> all{"-h", "--help"};
  for (const auto& option : command.options) {
    if (option.is_positional()) continue;
    const auto comma = option.names.find(',');
    all.push_back(option.names.substr(0, comma));
    if (comma != std::string_view::npos) all.push_back(option.names.substr(comma + 1));
  }
  return all;
}

/// What is wrong with the values of options that have choices.
std::optional<std::string> wrong_choice(const Command& command) {
  for (const auto& option : command.options) {
    if (option.choices.empty()) continue;
    const auto* value = std::get_if<std::string*>(&option.into);
    if (value == nullptr || (*value)->empty() ||
        std::find(option.choices.begin(), option.choices.end(), **value) != option.choices.end())
      continue;
    const auto name = option.names.substr(option.names.find(',') + 1);  // npos + 1 is 0: the whole
    return fmt::format("{} is one of {}; not \"{}\"{}", name, fmt::join(option.choices, ", "), **value,
                       nearest_hint(**value, option.choices));
  }
  return std::nullopt;
}

/// The first argument that looks like an option and is none; help for people who mistyped.
std::optional<std::string> unknown_option(const Command& command, std::span<const std::string> arguments) {
  const auto known = option_names(command);
  for (const auto& argument : arguments) {
    if (argument == "--") break;
    const auto name = std::string_view(argument).substr(0, argument.find('='));
    if (!name.starts_with("--") || std::find(known.begin(), known.end(), name) != known.end()) continue;
    return fmt::format("unknown option {}{}", name, nearest_hint(name, known));
  }
  return std::nullopt;
}

/// Whether help is asked for before a "--".
bool asks_for_help(std::span<const std::string> arguments) {
  for (const auto& argument : arguments) {
    if (argument == "--") return false;
    if (argument == "-h" || argument == "--help") return true;
  }
  return false;
}

int misused(Console& console, std::string_view words, std::string_view advice) {
  console.say(words);
  console.say(advice);
  return kExitUsage;
}

int give_help(Console& console, std::string_view text) {
  console.out().write(text);
  return console.finish(kExitOk);
}

int run_guarded(const Command& command, Console& console) {
  try {
    return console.finish(command.run(console));
  } catch (const std::bad_alloc&) {
    console.say("out of memory");
  } catch (const std::exception& fault) {
    console.say(fmt::format("a fault in newsd: {}", fault.what()));
  }
  return kExitInternal;
}

const Command* find_command(std::span<const Command> all, std::string_view name) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.name == name; });
  return at == all.end() ? nullptr : &*at;
}

int unknown_command(std::span<const Command> all, std::string_view name, Console& console) {
  std::vector<std::string_view> names;
  for (const auto& command : all) names.push_back(command.name);
  const auto kind = name.starts_with('-') ? "option" : "command";
  return misused(console, fmt::format("unknown {} \"{}\"{}", kind, name, nearest_hint(name, names)),
                 "`newsd -h` lists the commands");
}

}  // namespace

std::optional<std::string> set_options(const Command& command, std::span<const std::string> arguments) {
  CLI::App app;
  app.set_help_flag();
  try {
    for (const auto& option : command.options) add_option(option, app);
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
    app.parse(reversed);
  } catch (const CLI::ParseError& fault) {
    if (auto words = unknown_option(command, arguments)) return words;
    return std::string(fault.what());
  }
  return wrong_choice(command);
}

int run_command_line(std::span<const std::string> arguments, Console& console) {
  const auto all = commands();
  if (arguments.empty()) return give_help(console, program_help(all));
  const std::string& name = arguments[0];
  auto rest = arguments.subspan(1);
  if (name == "--version" || name == "-V") return give_help(console, "newsd " + newsd_version() + "\n");
  bool is_help = name == "-h" || name == "--help" || name == "help";
  if (is_help && rest.empty()) return give_help(console, program_help(all));
  const std::string& wanted = is_help ? rest[0] : name;
  const Command* command = find_command(all, wanted);
  if (command == nullptr) return unknown_command(all, wanted, console);
  if (is_help || asks_for_help(rest)) return give_help(console, command_help(*command));
  if (const auto wrong = set_options(*command, rest)) {
    return misused(console, *wrong, fmt::format("`newsd {} -h` shows how it is used", command->name));
  }
  return run_guarded(*command, console);
}

}  // namespace newsd
