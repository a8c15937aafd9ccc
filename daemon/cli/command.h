// What a command is: its name, its options, what it says of itself and what it does. Help, argument parsing, shell
// completion and the test of the manual page all come from these tables; a new command is one file and one line in
// commands.cpp.
#pragma once

#include "daemon/cli/console.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace newsd {

/// One option or positional argument and where its value goes. Values may be given once; lists take one value an
/// occurrence.
struct Option {
  std::string_view names;  ///< "-c,--config"; of a positional argument its name, "FILE"
  std::string_view value;  ///< what the help calls the value; empty: a flag
  std::string_view says;   ///< one line
  std::variant<bool*, std::string*, std::vector<std::string>*, std::optional<unsigned>*> into;
  std::vector<std::string_view> choices{};  ///< the values allowed; empty: any
  enum class Completes { Nothing, Files, Folders } completes = Completes::Nothing;
  bool required = false;

  bool is_positional() const { return !names.starts_with('-'); }
  bool is_flag() const { return std::holds_alternative<bool*>(into); }
  bool is_list() const { return std::holds_alternative<std::vector<std::string>*>(into); }
};

struct Example {
  std::string_view line;  ///< as typed
  std::string_view says;
};

struct Command {
  std::string_view name;
  std::string_view brief;  ///< one line, beginning in lower case
  std::string_view about;  ///< a paragraph for its help
  std::vector<Option> options;
  std::vector<Example> examples;
  std::string_view more;               ///< where to read on
  std::function<int(Console&)> run{};  ///< called once the options are set; returns the exit status
};

Command run_command();
Command parse_command();
Command explain_command();
Command check_command();
Command tail_command();
Command status_command();
Command consumers_command();
Command quarantine_command();
Command dead_letters_command();
Command replay_command();
Command feeds_command();
Command journal_command();
Command rules_command();
Command train_command();
Command eval_command();
Command schema_command();
Command completion_command();

/// All of them, in the order of the help.
std::vector<Command> commands();

/// Names of all output encodings and of all input formats, for --format and --input-format.
std::vector<std::string_view> encoding_names();
std::vector<std::string_view> input_format_names();

}  // namespace newsd
