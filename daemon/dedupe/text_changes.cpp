#include "daemon/dedupe/text_changes.h"

#include "daemon/dedupe/content.h"
#include "daemon/dedupe/word_scan.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace newsd {
namespace {

std::vector<std::uint64_t> sorted_words(std::string_view text) {
  std::vector<ScannedWord> words;
  scan_words(text, 0, words);
  std::vector<std::uint64_t> hashes;
  hashes.reserve(words.size());
  for (const ScannedWord& word : words) hashes.push_back(word.hash);
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

/// The numbers that placing would find in a body.
std::vector<Number> numbers_of(std::string_view body) {
  Article article;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find("\n\n"), body.size());
    article.paragraphs.emplace_back(body.substr(0, end));
    body.remove_prefix(std::min(end + 2, body.size()));
  }
  return sketch_of(article, compared_body(article)).sketch.numbers;
}

}  // namespace

WordsChanged words_changed(std::string_view before, std::string_view after) {
  const std::vector<std::uint64_t> old_words = sorted_words(before), new_words = sorted_words(after);
  std::size_t common = 0;
  for (auto was = old_words.begin(), is = new_words.begin(); was != old_words.end() && is != new_words.end();) {
    if (*was == *is) {
      ++common, ++was, ++is;
    } else {
      *was < *is ? ++was : ++is;
    }
  }
  return {new_words.size() - common, old_words.size() - common};
}

std::vector<NumberChange> number_changes(const Candidate& candidate, std::span<const Number> known,
                                         const NumbersCompared& compared) {
  std::vector<NumberChange> told;
  for (const ChangedNumber& changed : compared.changed) {
    if (told.size() == kMostChangesTold) break;
    told.push_back(
        {std::string(known[changed.known].value()), std::string(candidate.sketch.numbers[changed.fresh].value()),
         changed.fresh < candidate.text.number_at.size() ? number_words(candidate.text, changed.fresh) : ""});
  }
  return told;
}

void tell_changes(std::string_view before, std::string_view after, const Candidate& candidate, Revision& revision) {
  revision.words = words_changed(before, after);
  const std::vector<Number> known = numbers_of(before);
  revision.numbers = number_changes(candidate, known, compare_numbers(candidate.sketch.numbers, known));
}

}  // namespace newsd
