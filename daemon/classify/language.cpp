#include "daemon/classify/language.h"

#include "feeds/text/utf8.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace newsd {

namespace {

/// A text is read a piece after the other until the language is sure; more letters than the most tell no more.
constexpr std::size_t kSampleBytes = 8192, kPieceBytes = 256, kMostLetters = 1000;
constexpr std::uint32_t kLettersToBeSure = 160;
/// Letters below which a guess is not one; a character of Chinese says as much as a word of others.
constexpr std::uint32_t kFewLetters = 8, kFewIdeographs = 4;
/// Of a word or two, where two languages are nearly as likely, the likelier is right one time in three.
constexpr std::uint32_t kWordLetters = 12;
constexpr double kSureOfAWord = 0.65;
/// A text that has less of its first script is mixed.
constexpr std::uint32_t kMainPercent = 55;
/// Logarithm of the ratio a run, on average: below it the text is unlike every language (random letters are at -0.5,
/// 999 of 1000 sentences above -0.08).
constexpr double kLeastFit = -0.1;
/// A language is this much likelier for each step of distance to the second, a distance being the difference of the
/// sums over the root of the number of runs; fitted to sentences in 75 languages.
constexpr double kSteepness = 0.55;
constexpr double kMostConfidence = 0.99;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Addresses are English to a detector, whatever the text is.
std::string without_addresses(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    end += end < text.size();
    const std::string_view word = text.substr(at, end - at);
    at = end;
    const bool is_address = word.find("://") != std::string_view::npos || word.starts_with("www.") ||
                            word.find('@') != std::string_view::npos;
    out += is_address ? std::string_view(" ") : word;
  }
  return out;
}

bool is_enough(const LetterRuns& runs, Script script) {
  const auto of = [&](Script s) { return runs.letters[static_cast<std::size_t>(s)]; };
  std::uint32_t main = of(script);
  if (script == Script::Kana) main += of(Script::Han);
  const bool is_dense = script == Script::Han || script == Script::Kana || script == Script::Hangul;
  return main >= (is_dense ? kFewIdeographs : kFewLetters) && main * 100 >= runs.all_letters * kMainPercent;
}

/// What the model's bytes of runs sum up to, a language each.
struct Sums {
  std::vector<std::int64_t> latin, other;
  const std::vector<std::int64_t>& in(Script script) const { return script == Script::Latin ? latin : other; }
};

/// By the runs of letters alone.
LanguageLabel language_of(const LetterRuns& runs, const Sums& all_sums, const LanguageModel& model) {
  const Script script = runs.main_script();
  if (script == Script::None || !is_enough(runs, script)) return {};
  const std::vector<std::int64_t>& sums = all_sums.in(script);
  std::optional<std::size_t> best, second;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (!model.languages()[i].writes(script)) continue;
    if (!best || sums[i] > sums[*best]) {
      second = best;
      best = i;
    } else if (!second || sums[i] > sums[*second]) {
      second = i;
    }
  }
  const auto count = static_cast<double>(runs.in(script).size());
  if (!best || static_cast<double>(sums[*best]) * kLanguageStep / count < kLeastFit) return {};
  LanguageLabel label;
  label.code = model.languages()[*best].code;
  label.confidence = kMostConfidence;
  if (second) {
    const double distance = static_cast<double>(sums[*best] - sums[*second]) * kLanguageStep / std::sqrt(count);
    label.confidence = std::min(label.confidence, 1 / (1 + std::exp(-kSteepness * distance)));
  }
  if (runs.all_letters < kWordLetters && label.confidence < kSureOfAWord) return {};
  return label;
}

/// The beginning of the text, to the end of a word where there is one.
std::string_view next_piece(std::string_view text) {
  if (text.size() <= kPieceBytes) return text;
  const std::string_view most = shortened(text, kPieceBytes);
  const std::size_t end = most.find_last_of(" \n");
  return end == std::string_view::npos ? most : most.substr(0, end + 1);
}

}  // namespace

LanguageLabel language_of(std::string_view text, const LanguageModel& model) {
  text = shortened(text, kSampleBytes);
  LanguageLabel label;
  LetterRuns runs;
  Sums sums;
  while (!text.empty() && runs.all_letters < kMostLetters) {
    const std::string_view piece = next_piece(text);
    text.remove_prefix(piece.size());
    const std::size_t latin = runs.latin.size(), other = runs.other.size();
    runs.add(without_addresses(piece));
    model.add(std::span(runs.latin).subspan(latin), sums.latin);
    model.add(std::span(runs.other).subspan(other), sums.other);
    if (runs.all_letters < kLettersToBeSure && !text.empty()) continue;
    label = language_of(runs, sums, model);
    if (label.confidence >= kMostConfidence) break;
  }
  return label;
}

LanguageLabel language_of(const Article& article, const LanguageModel& model) {
  std::string sample = article.headline;
  sample += "\n" + article.summary;
  for (const std::string& paragraph : article.paragraphs) {
    if (sample.size() > kSampleBytes) break;
    sample += "\n" + paragraph;
  }
  LanguageLabel label = language_of(std::string_view(sample), model);
  if (label.code == "und" && !article.language.empty() && article.language != "und") {
    label.code = article.language;
    label.how = LanguageLabel::How::Declared;
    label.confidence = 0.5;  // it is said by the source; nothing speaks for or against it
  }
  return label;
}

}  // namespace newsd
