#include "feeds/format/feed_place.h"

#include <charconv>
#include <cmath>

namespace newsd {

std::vector<std::vector<double>> geo_points(std::string_view text, bool swapped, std::size_t dimensions) {
  constexpr std::size_t kMostNumbers = 30'000;
  constexpr std::string_view kBetween = " \t\r\n,";
  std::vector<double> numbers;
  for (auto at = text.find_first_not_of(kBetween); at != std::string_view::npos;
       at = text.find_first_not_of(kBetween, at)) {
    const auto end = std::min(text.find_first_of(kBetween, at), text.size());
    std::string_view word = text.substr(at, end - at);
    if (word.starts_with('+')) word.remove_prefix(1);
    double value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    if (read.ec != std::errc() || read.ptr != word.data() + word.size() || !std::isfinite(value)) return {};
    if (numbers.size() == kMostNumbers) return {};
    numbers.push_back(value);
    at = end;
  }
  if (numbers.empty() || numbers.size() % dimensions != 0) return {};
  std::vector<std::vector<double>> points;
  for (std::size_t i = 0; i < numbers.size(); i += dimensions) {
    std::vector<double> point(numbers.begin() + static_cast<std::ptrdiff_t>(i),
                              numbers.begin() + static_cast<std::ptrdiff_t>(i + dimensions));
    if (swapped) std::swap(point[0], point[1]);
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace newsd
