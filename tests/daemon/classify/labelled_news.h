// Articles made up from a few words of each subject: enough for a model to learn, and no text of others.
#pragma once

#include "daemon/classify/labelled_rows.h"
#include "daemon/classify/linear_learner.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// count rows, in turn about sport, law and weather; two in three words of each are everybody's.
inline std::vector<LabelledRow> labelled_news(std::size_t count, std::uint64_t seed) {
  struct Subject {
    std::string_view label;
    std::array<std::string_view, 8> words;
  };
  static constexpr std::array<Subject, 3> kSubjects = {
      {{"15000000", {"goal", "league", "striker", "penalty", "coach", "cup", "keeper", "derby"}},
       {"02000000", {"court", "judge", "jury", "trial", "verdict", "lawyer", "appeal", "sentence"}},
       {"17000000", {"rain", "gale", "forecast", "snow", "sunny", "frost", "degrees", "thunder"}}}};
  static constexpr std::array<std::string_view, 12> kEverybody = {"the",    "of",  "on",  "Monday",  "said", "town",
                                                                  "people", "was", "and", "harbour", "new",  "after"};
  SplitMix64 random(seed);
  std::vector<LabelledRow> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const Subject& subject = kSubjects[i % kSubjects.size()];
    LabelledRow row{"row-" + std::to_string(i), "", "", "", {std::string(subject.label)}};
    for (int word = 0; word < 30; ++word) {
      const auto n = random();
      row.text += n % 3 == 0 ? subject.words[n / 3 % subject.words.size()] : kEverybody[n / 3 % kEverybody.size()];
      row.text += ' ';
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace newsd
