#include "daemon/classify/language_training.h"

#include "daemon/classify/labelled_rows.h"
#include "daemon/classify/language_model.h"
#include "feeds/format/json.h"
#include "feeds/text/fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace newsd {

namespace {

constexpr std::size_t kBuckets = std::size_t{1} << kLanguageBucketBits;
/// A language is written in a script when so many of its letters are of it.
constexpr double kLeastScriptShare = 0.2;
/// What is left for runs that were not seen: a fiftieth in a language with a megabyte of text, more with less text.
constexpr double kUnseen = 0.02, kUnseenSize = 1e6;

/// How often each word of a language occurs. A word counts as the root of its occurrences: what a program's messages or
/// a charter of rights say again and again is no more of the language than what they say once.
std::map<std::string, double> words_of(const std::vector<const LanguageText*>& texts) {
  std::map<std::string, double> words;
  for (const LanguageText* text : texts) {
    std::map<std::string, double> own;
    const std::string folded = fold_for_matching(text->text);
    for (std::size_t at = 0; at < folded.size();) {
      const std::size_t end = std::min(folded.find_first_of(" \n", at), folded.size());
      if (end > at) own[folded.substr(at, end - at)] += 1;
      at = end + 1;
    }
    double sum = 0;
    for (auto& [word, count] : own) sum += count = std::sqrt(count);
    // a source weighs as the fourth root of its size: ten pages of running text are worth more than their share beside
    // ten thousand messages of a program
    const double weight = std::pow(sum, 0.25) / sum;
    for (const auto& [word, count] : own) words[word] += count * weight;
  }
  return words;
}

}  // namespace

Result<std::vector<LanguageText>> read_language_texts(std::string_view ndjson, std::string_view file) {
  std::vector<LanguageText> texts;
  std::size_t number = 0;
  for (std::size_t at = 0; at < ndjson.size();) {
    const std::size_t end = std::min(ndjson.find('\n', at), ndjson.size());
    const std::string_view line = ndjson.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto json = parse_json(line);
    const auto member = [&](std::string_view name) {
      const JsonValue* value = json && json->is_object() ? json->find(name) : nullptr;
      return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
    };
    LanguageText text{member("language"), member("source"), member("text")};
    if (text.language.empty() || text.text.empty())
      return Error(RowsError::BadRow, "a row is {\"language\", \"text\"}", fmt::format("{}:{}", file, number));
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<std::string> train_language(const std::vector<LanguageText>& texts) {
  std::map<std::string, std::vector<const LanguageText*>> by_language;
  for (const LanguageText& text : texts) by_language[text.language].push_back(&text);
  if (by_language.size() < 2) return Error(RowsError::TooFewRows, "a model needs two languages at least");

  std::vector<LanguageModel::Language> languages;
  std::vector<std::vector<double>> shares;  // by language and bucket
  std::vector<double> totals, sizes, pooled(kBuckets, 0.0);
  for (const auto& [code, own] : by_language) {
    std::vector<double>& share = shares.emplace_back(kBuckets, 0.0);
    std::array<double, kScripts> letters{};
    double total = 0, all_letters = 0;
    for (const auto& [word, count] : words_of(own)) {
      const LetterRuns runs = LetterRuns::of(word);
      for (const auto* buckets : {&runs.latin, &runs.other}) {
        for (const std::uint32_t bucket : *buckets) share[bucket] += count;
        total += count * static_cast<double>(buckets->size());
      }
      for (std::size_t i = 0; i < kScripts; ++i) letters[i] += count * runs.letters[i];
      all_letters += count * runs.all_letters;
    }
    if (total == 0) return Error(RowsError::TooFewRows, fmt::format("the texts of {} have no letters", code));
    std::uint32_t scripts = 0;
    for (std::size_t i = 0; i < kScripts; ++i)
      if (letters[i] > kLeastScriptShare * all_letters) scripts |= 1u << i;
    languages.push_back({code, scripts});
    totals.push_back(total);
    sizes.push_back(std::accumulate(own.begin(), own.end(), 0.0, [](double n, const LanguageText* text) {
      return n + static_cast<double>(text->text.size());
    }));
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) pooled[bucket] += share[bucket] / total;
  }
  for (double& share : pooled) share /= static_cast<double>(languages.size());

  std::vector<std::int8_t> rows(kBuckets * languages.size(), 0);
  for (std::size_t i = 0; i < languages.size(); ++i) {
    const double alpha = std::clamp(kUnseen * std::sqrt(kUnseenSize / sizes[i]), 1e-4, 0.5);
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
      if (pooled[bucket] == 0) continue;
      const double own = shares[i][bucket] / totals[i];
      const double ratio = ((1 - alpha) * own + alpha * pooled[bucket]) / pooled[bucket];
      rows[bucket * languages.size() + i] =
          static_cast<std::int8_t>(std::clamp(std::lround(std::log(ratio) / kLanguageStep), -127l, 127l));
    }
  }
  return LanguageModel::write(languages, rows);
}

}  // namespace newsd
