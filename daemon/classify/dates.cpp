#include "daemon/classify/dates.h"

#include "daemon/classify/date_reader.h"

#include <optional>

namespace newsd {

std::vector<DateLabel> dates_of(const TokenText& text, const Lexicon& lexicon, std::string_view reference) {
  const DateReader reader(text, lexicon, reference);
  std::vector<DateLabel> labels;
  for (std::uint32_t i = 0; i < text.tokens.size();) {
    const std::optional<Found> found = reader.read(i);
    if (!found) {
      ++i;
      continue;
    }
    const std::uint32_t first = found->first == kNoWord ? i : found->first;
    DateLabel label;
    label.span = {text.tokens[first].begin, text.tokens[found->last].end};
    label.text = text.of(first, found->last);
    label.value = found->value;
    label.resolved = !found->value.empty();
    if (label.resolved) label.precision = found->precision;
    labels.push_back(std::move(label));
    i = found->last + 1;
  }
  return labels;
}

}  // namespace newsd
