#include "daemon/cli/expression_fault.h"

#include "daemon/classify/rule_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace newsd {
namespace {

/// How many characters stand before a column, which counts bytes from 1.
std::size_t characters_before(std::string_view column, std::string_view text) {
  constexpr std::string_view kColumn = "column ";
  std::size_t bytes = 1;
  if (column.starts_with(kColumn)) {
    column.remove_prefix(kColumn.size());
    std::from_chars(column.data(), column.data() + column.size(), bytes);
  }
  const std::string_view before = text.substr(0, std::min(std::max<std::size_t>(bytes, 1) - 1, text.size()));
  return static_cast<std::size_t>(std::count_if(before.begin(), before.end(),
                                                [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void say_fault(const Error& error, std::string_view option, std::string_view text, Console& console) {
  const bool is_of_rule = error.is(RuleError::Syntax) || error.is(RuleError::TooLarge) || error.is(RuleError::BadRegex);
  if (!is_of_rule) return console.say(error);
  console.say_place(fmt::format("{}: {}: {}", option, error.where, error.text));
  if (text.size() > 200 || text.find_first_of("\n\t\r") != std::string_view::npos) return;  // no mark would stand right
  console.say_place(fmt::format("  {}", text));
  console.say_place(fmt::format("  {:>{}}", "^", characters_before(error.where, text) + 1));
}

}  // namespace newsd
