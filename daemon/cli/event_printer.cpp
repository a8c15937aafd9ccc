#include "daemon/cli/event_printer.h"

#include <fmt/format.h>

namespace newsd {
namespace {

constexpr std::string_view kGap = "  ";  // between columns of the text encoding

std::string_view colour_of(std::string_view what, const Palette& palette) {
  if (what == "new" || what == "daemon.started") return palette.green;
  if (what == "updated" || what.starts_with("story.")) return palette.cyan;
  if (what == "duplicate") return palette.dim;
  if (what == "rejected" || what == "withdrawn" || what.starts_with("daemon.")) return palette.yellow;
  return palette.red;  // quarantined, stream.gap, feeds in trouble, errors
}

/// Takes a column and the gap after it off the front of `text`.
std::string_view take_column(std::string_view& text) {
  const auto end = std::min(text.find(kGap), text.size());
  const auto column = text.substr(0, end);
  text.remove_prefix(std::min(end + kGap.size(), text.size()));
  return column;
}

}  // namespace

std::string coloured_text(std::string_view text, const Palette& palette) {
  if (palette.reset.empty()) return std::string(text);
  auto rest = text;
  const auto sequence = take_column(rest);
  const auto time = take_column(rest);
  const auto what = take_column(rest);
  if (what.empty()) return std::string(text);
  return fmt::format("{}{}  {}{}  {}{}{}{}{}", palette.dim, sequence, time, palette.reset, colour_of(what, palette),
                     what, palette.reset, rest.empty() ? "" : kGap, rest);
}

EventPrinter::EventPrinter(const std::string& format, Console& console) : console_(console) {
  const std::string_view name = !format.empty()             ? std::string_view(format)
                                : console.out_is_terminal() ? "text"
                                                            : "cloudevents";
  encoding_ = encoding_named(name);
  is_colourful_ = name == "text" && console.out_has_colour();
}

void EventPrinter::print(std::string_view line) {
  const auto encoded = encoding_->encode(line);
  if (!encoded) return;
  console_.out().line(is_colourful_ ? coloured_text(*encoded, palette_of(console_)) : *encoded);
  if (console_.out_is_terminal()) console_.out().flush();
}

}  // namespace newsd
