#include "daemon/cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace newsd {
namespace {

constexpr std::size_t kWidth = 80;

/// Breaks `text` at spaces so that lines end before kWidth; lines after the first begin with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t start, std::size_t indent) {
  std::string out;
  std::size_t column = start;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    if (column > indent && column + 1 + word.size() > kWidth) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// "-c, --config FILE"
std::string left_of(const Option& option) {
  if (option.is_positional()) return std::string(option.names);
  std::string names;
  for (const char c : option.names) names += c == ',' ? std::string(", ") : std::string(1, c);
  if (!option.names.starts_with("--") && option.names.find(',') == std::string_view::npos) names += "  ";
  if (option.names.starts_with("--")) names = "    " + names;  // under the long names of those that have a short one
  return option.value.empty() ? names : fmt::format("{} {}", names, option.value);
}

std::string right_of(const Option& option) {
  std::string says(option.says);
  if (!option.choices.empty()) says += fmt::format(" ({})", fmt::join(option.choices, ", "));
  if (option.is_list() && !option.is_positional()) says += " (may be repeated)";
  return says;
}

void add_rows(const std::vector<std::pair<std::string, std::string>>& rows, std::string& out) {
  std::size_t widest = 0;
  for (const auto& [left, right] : rows) widest = std::max(widest, left.size());
  widest = std::min<std::size_t>(widest, 28);
  for (const auto& [left, right] : rows) {
    const auto indent = widest + 4;
    const auto gap =
        left.size() > widest ? "\n" + std::string(indent, ' ') : std::string(indent - 2 - left.size(), ' ');
    fmt::format_to(std::back_inserter(out), "  {}{}{}\n", left, gap, wrapped(right, indent, indent));
  }
}

}  // namespace

std::string usage_line(const Command& command) {
  std::string out = fmt::format("usage: newsd {} [options]", command.name);
  for (const auto& option : command.options) {
    if (!option.is_positional()) continue;
    const auto name = std::string(option.names) + (option.is_list() ? "…" : "");
    out += option.required ? " " + name : " [" + name + "]";
  }
  return out;
}

std::string command_help(const Command& command) {
  std::string out = usage_line(command) + "\n\n" + wrapped(command.about, 0, 0) + "\n";
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& option : command.options) rows.emplace_back(left_of(option), right_of(option));
  rows.emplace_back("-h, --help", "this help");
  out += "\noptions:\n";
  add_rows(rows, out);
  if (!command.examples.empty()) out += "\nexamples:\n";
  for (const auto& example : command.examples)
    fmt::format_to(std::back_inserter(out), "  {}\n      {}\n", example.line, example.says);
  fmt::format_to(std::back_inserter(out), "\nmore: {}\n", command.more);
  return out;
}

std::string program_help(std::span<const Command> commands) {
  std::string out =
      "newsd turns incoming news into one ordered, durable, replayable stream of events.\n\n"
      "usage: newsd COMMAND [options]\n\ncommands:\n";
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& command : commands) rows.emplace_back(command.name, command.brief);
  add_rows(rows, out);
  out +=
      "\ntry it:\n"
      "  newsd parse article.txt       what newsd makes of a file\n"
      "  newsd run --drop ./in         events of the files dropped in ./in, on stdout\n"
      "  newsd tail                    the events of the running daemon\n"
      "\nmore: newsd COMMAND -h, newsd --version, man newsd\n";
  return out;
}

}  // namespace newsd
