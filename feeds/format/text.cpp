#include "feeds/format/text.h"

#include "feeds/text/lines.h"
#include "feeds/text/sentence.h"
#include "feeds/text/utf8.h"

#include <algorithm>

namespace newsd {
namespace {

/// Mail and old systems break lines at 60 to 80 columns.
constexpr std::size_t kShortestWrap = 45, kLongestWrap = 85;

bool begins_small(std::string_view text) {
  std::size_t at = 0;
  const char32_t c = next_character(text, at);
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x3AC && c <= 0x3CE) ||
         (c >= 0x430 && c <= 0x45F);
}

bool is_list_item(std::string_view text) {
  return text.starts_with("- ") || text.starts_with("* ") || text.starts_with("• ") || text.starts_with("> ");
}

/// Whether most lines that have a next line in their block stop at a column rather than at an end: nearly as long as
/// lines get here, no longer than a terminal is wide, and often in the middle of a sentence.
bool is_hard_wrapped(const std::vector<TextUnit>& lines) {
  std::size_t inner = 0, full = 0, open = 0, continued = 0, longest = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t width = count_characters(lines[i].text);
    longest = std::max(longest, width);
    if (longest > kLongestWrap) return false;
    if (i + 1 == lines.size() || lines[i + 1].block != lines[i].block) continue;
    ++inner;
    full += width >= kShortestWrap;
    if (!ends_sentence(lines[i].text)) {
      ++open;
      continued += begins_small(lines[i + 1].text);
    }
  }
  return inner >= 2 && longest >= kShortestWrap && full * 10 >= inner * 7 && open * 2 >= inner &&
         continued * 10 >= inner * 3;
}

void append_joined(TextUnit& to, const TextUnit& line) {
  to.text += ' ';
  to.text += line.text;
  to.lines.last = line.lines.last;
}

/// Joins the lines of each block. Where a block has no blank lines inside but several paragraphs, a short line that
/// ends a sentence ends one.
std::vector<TextUnit> joined(std::vector<TextUnit> lines) {
  std::size_t longest = 0;
  for (const TextUnit& line : lines) longest = std::max(longest, count_characters(line.text));
  std::vector<TextUnit> out;
  bool open = false;
  for (TextUnit& line : lines) {
    const bool ends_early = count_characters(line.text) + 12 < longest && ends_sentence(line.text);
    const bool short_title = count_characters(line.text) * 2 < longest && !open;
    if (open && out.back().block == line.block && !is_list_item(line.text)) {
      append_joined(out.back(), line);
    } else {
      out.push_back(std::move(line));
    }
    open = !ends_early && !short_title;
  }
  return out;
}

}  // namespace

TextUnits read_text(std::string_view text, const TextLimits& limits) {
  TextUnits out;
  const Lines lines = split_lines(text, limits.first_line, limits.max_lines);
  out.truncated = lines.cut;
  std::uint32_t block = 0;
  bool blank_before = false;
  std::size_t separated = 0;
  for (const Line& line : lines.lines) {
    std::string_view held = trimmed(line.text);
    if (held.empty()) {
      blank_before = true;
      continue;
    }
    if (held.size() > limits.max_line_bytes) {
      held = trimmed(shortened(held, limits.max_line_bytes));
      out.truncated = true;
    }
    if (blank_before && !out.units.empty()) {
      ++block;
      ++separated;
    }
    blank_before = false;
    out.units.push_back({std::string(held), {line.number, line.number}, block});
  }
  out.blank_separated = separated * 2 > out.units.size();
  if (is_hard_wrapped(out.units)) {
    out.hard_wrapped = true;
    out.units = joined(std::move(out.units));
  }
  return out;
}

}  // namespace newsd
