#include "daemon/classify/language.h"

#include "feeds/text/utf8.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>

namespace newsd {

namespace {

/// More tells no more about the language and costs time.
constexpr std::size_t kSampleBytes = 4096;
/// Bytes of letters below which a guess is not one.
constexpr int kFewLetters = 16;
/// A text that has less of its first language is mixed.
constexpr int kMainPercent = 70;

/// libcld2 refuses texts with control characters and noncharacters.
bool is_interchange_valid(char32_t c) {
  return !(c < 0x20 && c != '\t' && c != '\n' && c != '\r') && !(c >= 0x7F && c < 0xA0) &&
         !(c >= 0xFDD0 && c <= 0xFDEF) && (c & 0xFFFE) != 0xFFFE;
}

std::string interchange_valid(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    append_utf8(out, is_interchange_valid(c) ? c : U' ');
  }
  return out;
}

/// Addresses are English to a detector, whatever the text is.
std::string without_addresses(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size() - 1) + 1;
    const std::string_view word = text.substr(at, end - at);
    at = end;
    const bool is_address = word.find("://") != std::string_view::npos || word.starts_with("www.") ||
                            word.find('@') != std::string_view::npos;
    out += is_address ? std::string_view(" ") : word;
  }
  return out;
}

/// Some of CLD2's codes are older than today's BCP 47; those of scripts ("xx-…") and of no real language ("zz…") are no
/// languages.
std::string bcp47(CLD2::Language language) {
  const std::string_view code = CLD2::LanguageCode(language);
  if (language == CLD2::UNKNOWN_LANGUAGE || code.starts_with("xx") || code.starts_with("zz") || code == "un")
    return "und";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kToday = {
      {{"iw", "he"}, {"jw", "jv"}, {"no", "nb"}, {"mo", "ro"}, {"in", "id"}}};
  for (const auto& [old, today] : kToday)
    if (code == old) return std::string(today);
  return std::string(code);
}

struct Summary {
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {0, 0, 0};
  int text_bytes = 0, valid_bytes = 0;
  bool is_reliable = false;
};

Summary summary_of(std::string_view text) {
  Summary summary;
  const CLD2::CLDHints no_hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  double scores[3];
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &no_hints, 0,
                                          summary.languages, summary.percents, scores, nullptr, &summary.text_bytes,
                                          &summary.is_reliable, &summary.valid_bytes);
  return summary;
}

}  // namespace

LanguageLabel language_of(std::string_view text) {
  const std::string sample = without_addresses(shortened(text, kSampleBytes));
  Summary summary = summary_of(sample);
  if (summary.valid_bytes < static_cast<int>(sample.size())) summary = summary_of(interchange_valid(sample));
  if (!summary.is_reliable || summary.percents[0] < kMainPercent || summary.text_bytes < kFewLetters) return {};
  LanguageLabel label;
  label.code = bcp47(summary.languages[0]);
  if (label.code != "und") label.confidence = std::min(summary.percents[0], 99) / 100.0;
  return label;
}

LanguageLabel language_of(const Article& article) {
  std::string sample = article.headline;
  sample += "\n" + article.summary;
  for (const std::string& paragraph : article.paragraphs) {
    if (sample.size() > kSampleBytes) break;
    sample += "\n" + paragraph;
  }
  LanguageLabel label = language_of(std::string_view(sample));
  if (label.code == "und" && !article.language.empty() && article.language != "und") {
    label.code = article.language;
    label.how = LanguageLabel::How::Declared;
    label.confidence = 0.5;  // it is said by the source; nothing speaks for or against it
  }
  return label;
}

std::string language_detector_version() {
  // "V2.0 - 20141016": the code and the day its tables were made
  std::string version = "cld2-";
  for (const char c : std::string_view(CLD2::DetectLanguageVersion()))
    if (c != ' ' && c != 'V') version += c;
  return version;
}

}  // namespace newsd
