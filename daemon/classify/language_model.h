// The language model: runs of one to five letters → how much each speaks for each language. Hashed into buckets with a
// signed byte a language: the logarithm of how much oftener a run occurs in the language than in all of them, a naive
// Bayes classifier. Made by language_training.h. Immutable, any thread. It reads no files.
//
// The file, numbers little-endian: "newsdlm1"; u32 kLanguageBucketBits, languages L; for each its code (u32 length,
// bytes) and u32 scripts, a bit each (language_script.h); a row of L signed bytes a bucket; XXH3-128 over all of that.
// Kept as a zstd frame, and unpacked where newsd is built.
#pragma once

#include "daemon/classify/language_script.h"
#include "feeds/article/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

inline constexpr unsigned kLanguageBucketBits = 17;
/// Weight of a byte's step: the bytes are 16 · log of the ratio.
inline constexpr double kLanguageStep = 1.0 / 16;

/// The runs of a text as buckets, with the scripts of its letters. Case and marks as fold_for_matching() leaves them;
/// what is no letter ends a word, and words have a border on both sides.
struct LetterRuns {
  std::vector<std::uint32_t> latin, other;  ///< of words in Latin letters; of all other words
  std::array<std::uint32_t, kScripts> letters{};
  std::uint32_t all_letters = 0;

  static LetterRuns of(std::string_view text);
  /// Of more of the text, which goes on with another word.
  void add(std::string_view text);
  /// Of Kana and Han, Kana; None when there are no letters.
  Script main_script() const;
  /// Of the words in a script: names in Latin letters say nothing about a text in others.
  const std::vector<std::uint32_t>& in(Script script) const { return script == Script::Latin ? latin : other; }
};

enum class LanguageModelError { NoModel, Damaged };
std::string_view code_of(LanguageModelError e);

class LanguageModel {
 public:
  struct Language {
    std::string code;
    std::uint32_t scripts = 0;  ///< a bit each
    bool writes(Script script) const { return (scripts >> static_cast<unsigned>(script) & 1) != 0; }
    bool operator==(const Language&) const = default;
  };

  /// bytes: the unpacked file. file: for errors.
  static Result<LanguageModel> parse(std::string bytes, std::string_view file);
  /// The same for bytes that are part of the program and outlive the model. They stay where they are and their digest
  /// is not asked, so that of twelve megabytes only those pages come into memory that texts need.
  static Result<LanguageModel> over(std::string_view bytes, std::string_view file);
  /// rows: a bucket after the other, a byte a language.
  static std::string write(std::span<const Language> languages, std::span<const std::int8_t> rows);

  const std::vector<Language>& languages() const { return languages_; }
  /// Adds the bytes of these runs to the sums, a language each; to none, they begin with 0.
  void add(std::span<const std::uint32_t> buckets, std::vector<std::int64_t>& sums) const;
  /// "language-" and eight hexadecimal digits of the file's digest.
  const std::string& version() const { return version_; }

 private:
  std::shared_ptr<const std::string> owned_;  ///< of a parsed one
  std::string_view bytes_;                    ///< all of the file
  std::vector<Language> languages_;
  std::size_t rows_at_ = 0;
  std::string version_;
};

}  // namespace newsd
