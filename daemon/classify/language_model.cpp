#include "daemon/classify/language_model.h"

#include "daemon/classify/model_bytes.h"
#include "daemon/classify/wide.h"
#include "feeds/text/fold.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <cstring>

namespace newsd {

namespace {

constexpr std::string_view kMagic = "newsdlm1";
constexpr std::size_t kBuckets = std::size_t{1} << kLanguageBucketBits;
constexpr std::size_t kMostLanguages = 1000, kLongestCode = 20, kLongestRun = 5;
/// Runs are counted letter by letter in scripts whose letters are syllables or words: longer ones hardly recur.
constexpr std::size_t kLongestIdeographRun = 2;

/// FNV-1a over characters, with a finish that mixes the upper bits down.
class RunHash {
 public:
  void add(char32_t c) { h_ = (h_ ^ c) * 0x100000001B3; }
  std::uint32_t bucket() const {
    return static_cast<std::uint32_t>((h_ ^ (h_ >> 33)) * 0xFF51AFD7ED558CCD >> (64 - kLanguageBucketBits));
  }

 private:
  std::uint64_t h_ = 0xCBF29CE484222325;
};

bool is_ideograph(Script script) { return script == Script::Han || script == Script::Kana || script == Script::Hangul; }

}  // namespace

LetterRuns LetterRuns::of(std::string_view text) {
  LetterRuns runs;
  runs.add(text);
  return runs;
}

void LetterRuns::add(std::string_view text) {
  const std::string folded = fold_for_matching(text);
  std::vector<char32_t> word{U' '};
  Script last = Script::None;
  const auto end_word = [&] {
    if (word.size() == 1) return;
    word.push_back(U' ');
    const std::size_t longest = is_ideograph(last) ? kLongestIdeographRun : kLongestRun;
    std::vector<std::uint32_t>& buckets = last == Script::Latin ? latin : other;
    for (std::size_t begin = 0; begin < word.size(); ++begin) {
      RunHash hash;
      for (std::size_t n = 1; n <= longest && begin + n <= word.size(); ++n) {
        hash.add(word[begin + n - 1]);
        if (n > 1 || word[begin] != U' ') buckets.push_back(hash.bucket());
      }
    }
    word.resize(1);
  };
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_character(folded, at);
    const Script script = script_of(c);
    if (script == Script::None) {
      const bool is_mark = c >= 0x300 && c <= 0x36F;
      if (!is_mark) end_word();
      continue;
    }
    if (is_ideograph(script) != is_ideograph(last)) end_word();
    last = script;
    word.push_back(c);
    ++letters[static_cast<std::size_t>(script)];
    ++all_letters;
  }
  end_word();
}

Script LetterRuns::main_script() const {
  const auto of = [&](Script s) { return letters[static_cast<std::size_t>(s)]; };
  const auto most = static_cast<Script>(std::max_element(letters.begin(), letters.end()) - letters.begin());
  // Japanese writes with both, often with more Han than Kana
  if (most == Script::Han && of(Script::Kana) * 10 > of(Script::Han)) return Script::Kana;
  return of(most) == 0 ? Script::None : most;
}

std::string_view code_of(LanguageModelError e) {
  switch (e) {
    case LanguageModelError::NoModel: return "no-language-model";
    case LanguageModelError::Damaged: return "damaged-language-model";
  }
  return "no-language-model";
}

std::string LanguageModel::write(std::span<const Language> languages, std::span<const std::int8_t> rows) {
  ModelWriter out(kMagic);
  out.u32(kLanguageBucketBits);
  out.u32(static_cast<std::uint32_t>(languages.size()));
  for (const Language& language : languages) {
    out.text(language.code);
    out.u32(language.scripts);
  }
  for (const std::int8_t byte : rows) out.byte(static_cast<std::uint8_t>(byte));
  return out.take();
}

namespace {

Error damaged(std::string_view what, std::string_view file) {
  return {LanguageModelError::Damaged, "the language model " + std::string(what), std::string(file)};
}

}  // namespace

Result<LanguageModel> LanguageModel::parse(std::string bytes, std::string_view file) {
  if (bytes.starts_with(kMagic) && !ModelReader::content_of(bytes))
    return damaged("is damaged: its digest is another", file);
  // moved only once nothing points into it: a short string's bytes move with it
  auto owned = std::make_shared<const std::string>(std::move(bytes));
  auto model = over(*owned, file);
  if (model) model->owned_ = std::move(owned);
  return model;
}

Result<LanguageModel> LanguageModel::over(std::string_view bytes, std::string_view file) {
  if (!bytes.starts_with(kMagic))
    return Error(LanguageModelError::NoModel, "is no language model of newsd", std::string(file));
  const auto content = ModelReader::unchecked_content_of(bytes);
  if (!content) return damaged("ends before its end", file);
  ModelReader in(*content);
  in.bytes(kMagic.size());
  const auto bits = in.u32(), count = in.u32();
  if (!count || *bits != kLanguageBucketBits || *count == 0 || *count > kMostLanguages)
    return damaged("is of another version or has no languages", file);
  LanguageModel model;
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto code = in.text(kLongestCode);
    const auto scripts = in.u32();
    if (!code || !scripts) return damaged("names its languages wrongly", file);
    model.languages_.push_back({std::string(*code), *scripts});
  }
  model.rows_at_ = in.at();
  if (content->size() - model.rows_at_ != kBuckets * *count) return damaged("has not as many rows as it should", file);
  model.version_ = "language-" + ModelReader::short_digest_of(bytes);
  model.bytes_ = bytes;
  return model;
}

NEWSD_WIDE void LanguageModel::add(std::span<const std::uint32_t> buckets, std::vector<std::int64_t>& sums) const {
  // columns in groups that fit a register; what a group reads beyond its row (at most the digest at the end of the
  // file) goes to columns that nobody asks for
  constexpr std::size_t kGroup = 16;
  static_assert(kGroup <= ModelReader::kDigestBytes);
  constexpr std::size_t kBlock = 256;  // of so many bytes no 16-bit sum overflows
  const std::size_t width = languages_.size();
  const char* rows = bytes_.data() + rows_at_;
  sums.resize(width);
  for (std::size_t begin = 0; begin < buckets.size(); begin += kBlock) {
    const std::span block = buckets.subspan(begin, std::min(kBlock, buckets.size() - begin));
    // the table is larger than any cache, and its rows are asked for in no order
    for (const std::uint32_t bucket : block)
      for (std::size_t line = 0; line < width; line += 64) __builtin_prefetch(rows + bucket * width + line);
    for (std::size_t first = 0; first < width; first += kGroup) {
      std::array<std::int16_t, kGroup> group{};
      for (const std::uint32_t bucket : block) {
        std::array<std::int8_t, kGroup> row;
        std::memcpy(row.data(), rows + bucket * width + first, kGroup);
        for (std::size_t i = 0; i < kGroup; ++i) group[i] = static_cast<std::int16_t>(group[i] + row[i]);
      }
      for (std::size_t i = 0; i < std::min(kGroup, width - first); ++i) sums[first + i] += group[i];
    }
  }
}

}  // namespace newsd
