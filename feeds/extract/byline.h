// Lines that say who wrote an article: "By Anna Bartol", "Von Jan Kern und Eva Lind". A line → the byline as written
// and the names in it. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct Byline {
  std::string raw;
  std::vector<std::string> names;
};

/// Nothing unless the line is "By" (in the languages of the phrase lists) and then names, each of one to five words
/// that begin with capitals, without digits, at most six of them; an office behind a comma ("…, Political Editor") is
/// left out of the names, not of `raw`.
std::optional<Byline> read_byline(std::string_view line);

}  // namespace newsd
