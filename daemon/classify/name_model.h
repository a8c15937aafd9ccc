// The names model: what words and their neighbours say about whether a token begins or continues a name, and of which
// kind. Features are hashed into buckets with a signed byte a tag; a table says which tag may follow which, and how
// gladly. Made by name_training.h, read by name_tagger.h. Immutable, any thread. It reads no files.
//
// The file, numbers little-endian: "newsdnm1"; u32 kNameFeatureVersion, kNameBucketBits; for each bucket a row of
// sixteen signed bytes, of which the first kNameTags tell; kNameTags × kNameTags signed 16-bit steps, a row a tag
// before; XXH3-128 over all of that. Rows are read where they lie. Shipped as a zstd frame.
#pragma once

#include "feeds/article/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace newsd {

/// B: a name's first token, I: a further one. Misc: adjectives of peoples, works, events: learned so that they are not
/// taken for something else, and not told.
enum class NameTag : std::uint8_t {
  Outside,
  BeginPerson,
  InPerson,
  BeginOrganisation,
  InOrganisation,
  BeginPlace,
  InPlace,
  BeginMisc,
  InMisc
};
inline constexpr std::size_t kNameTags = 9;

inline constexpr unsigned kNameBucketBits = 17;
inline constexpr std::size_t kNameBuckets = std::size_t{1} << kNameBucketBits;
/// Counts up when name_features.cpp makes other features of a text.
inline constexpr std::uint32_t kNameFeatureVersion = 3;

constexpr bool continues_name(NameTag tag) { return tag != NameTag::Outside && static_cast<unsigned>(tag) % 2 == 0; }
/// A name goes on only as what it began as.
constexpr bool may_follow(NameTag before, NameTag tag) {
  if (!continues_name(tag)) return true;
  return before == tag || static_cast<unsigned>(before) + 1 == static_cast<unsigned>(tag);
}

/// Padded, so that a row is read at once.
using NameRow = std::array<std::int8_t, 16>;
using NameSteps = std::array<std::array<std::int16_t, kNameTags>, kNameTags>;

enum class NameModelError { NoModel, Damaged };
std::string_view code_of(NameModelError e);

class NameModel {
 public:
  /// bytes: the unpacked file. file: for errors.
  static Result<NameModel> parse(std::string bytes, std::string_view file);
  /// The same of bytes that outlive it and are whole: the digest is not looked at, so rows are read when asked for.
  static Result<NameModel> over(std::string_view bytes, std::string_view file);
  /// rows: kNameBuckets.
  static std::string write(const NameSteps& steps, std::span<const NameRow> rows);

  NameRow row(std::uint32_t bucket) const {
    NameRow row;
    std::memcpy(row.data(), rows_ + bucket * sizeof(NameRow), sizeof(NameRow));
    return row;
  }
  /// It will be asked for soon: rows are strewn over two megabytes.
  void prefetch(std::uint32_t bucket) const { __builtin_prefetch(rows_ + bucket * sizeof(NameRow)); }
  int step(std::size_t before, std::size_t tag) const { return steps_[before][tag]; }
  /// "names-" and eight hexadecimal digits over the file.
  const std::string& version() const { return version_; }

 private:
  NameSteps steps_{};
  const char* rows_ = nullptr;
  std::shared_ptr<const std::string> owned_;  // null: whoever made it keeps the bytes
  std::string version_;
};

}  // namespace newsd
