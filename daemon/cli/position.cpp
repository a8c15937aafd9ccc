#include "daemon/cli/position.h"

#include "daemon/config/quantity.h"

#include <charconv>

namespace newsd {

std::optional<From> parse_position(std::string_view text, Instant now) {
  if (text == "earliest") return FromEarliest{};
  if (text == "latest") return FromLatest{};
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return FromAfter{Sequence(number)};
  if (const auto time = parse_rfc3339(text)) return FromTime{*time};
  if (const auto ago = parse_duration(text); ago && *ago <= now.time_since_epoch()) return FromTime{now - *ago};
  return std::nullopt;
}

std::string position_text(const From& from) {
  if (const auto* after = std::get_if<FromAfter>(&from)) return std::to_string(after->sequence.value());
  if (const auto* time = std::get_if<FromTime>(&from)) return to_rfc3339(time->time);
  return std::holds_alternative<FromEarliest>(from) ? "earliest" : "latest";
}

}  // namespace newsd
