#include "daemon/config/quantity.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>

namespace newsd {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t worth;
};

constexpr std::array<Unit, 5> kDurations{{{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};
constexpr std::array<Unit, 9> kSizes{{{"TiB", 1ull << 40},
                                      {"GiB", 1ull << 30},
                                      {"MiB", 1ull << 20},
                                      {"KiB", 1ull << 10},
                                      {"B", 1},
                                      {"TB", 1'000'000'000'000},
                                      {"GB", 1'000'000'000},
                                      {"MB", 1'000'000},
                                      {"kB", 1000}}};
constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

/// Takes the digits off the front of `text`.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || n > kMost) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return n;
}

std::string_view take_letters(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z'))) ++n;
  const auto letters = text.substr(0, n);
  text.remove_prefix(n);
  return letters;
}

std::optional<std::uint64_t> product(std::uint64_t n, std::uint64_t worth) {
  if (n > kMost / worth) return std::nullopt;
  return n * worth;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t sum = 0;
  std::size_t from = 0;  // units must fall: each part takes one further down the table
  while (!text.empty()) {
    const auto n = take_number(text);
    if (!n) return std::nullopt;
    const auto name = take_letters(text);
    while (from < kDurations.size() && kDurations[from].name != name) ++from;
    if (from == kDurations.size()) return std::nullopt;
    const auto part = product(*n, kDurations[from++].worth);
    if (!part || *part > kMost - sum) return std::nullopt;
    sum += *part;
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(sum));
}

std::string format_duration(std::chrono::milliseconds d) {
  auto left = static_cast<std::uint64_t>(d.count());
  if (left == 0) return "0s";
  std::string text;
  for (const auto& unit : kDurations) {
    if (left < unit.worth) continue;
    fmt::format_to(std::back_inserter(text), "{}{}", left / unit.worth, unit.name);
    left %= unit.worth;
  }
  return text;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const auto n = take_number(text);
  if (!n) return std::nullopt;
  if (text.empty()) return n;
  for (const auto& unit : kSizes) {
    if (unit.name == text) return product(*n, unit.worth);
  }
  return std::nullopt;
}

std::string format_size(std::uint64_t bytes) {
  for (const auto& unit : kSizes) {
    if (bytes >= unit.worth && bytes % unit.worth == 0) return fmt::format("{}{}", bytes / unit.worth, unit.name);
  }
  return "0B";
}

}  // namespace newsd
