// What newsd has learned of one source: the lines that its articles share and the element their bodies stand in. It is
// counted in articles of the source, never in time, so that the same articles in the same order teach the same. Plain
// values, any thread.
#pragma once

#include "feeds/article/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// Bounds of what is learned; configuration keys under [learning].
struct LearningLimits {
  std::size_t sources = 2000;  ///< the one that taught nothing for longest leaves first
  std::size_t lines = 400;     ///< remembered of a source
  std::uint32_t articles = 3;  ///< distinct ones that must share a line before it is known
  std::uint32_t forget = 200;  ///< articles of the source that go by without it until it is forgotten
  bool operator==(const LearningLimits&) const = default;
};

/// What one article teaches of its source. lines: keys, ascending, each once; container: key, 0 when there is none.
struct Lesson {
  std::string source;  ///< source_of() of the article
  std::vector<std::uint64_t> lines;
  std::uint64_t container = 0;
  bool operator==(const Lesson&) const = default;
};

/// Something that articles of a source have in common. first, last: the numbers of the first and the last article seen
/// with it; articles: how many of those between had it. Of a long history the older half counts half.
struct Trait {
  std::uint64_t key = 0;
  std::uint32_t articles = 0, first = 0, last = 0;
  bool operator==(const Trait&) const = default;
};

class SourceKnowledge {
 public:
  void take(const Lesson& lesson, const LearningLimits& limits);

  /// How many articles have taught.
  std::uint32_t articles() const { return articles_; }
  const std::vector<Trait>& lines() const { return lines_; }
  /// How many distinct articles bore the line, if these are enough and one in `one_in` since it was first seen; else 0.
  std::uint32_t habit(std::uint64_t line, std::uint32_t enough, std::uint32_t one_in) const;
  /// Lines that `enough` articles bore.
  std::size_t known_lines(std::uint32_t enough) const;
  /// The element that bodies of this source stand in, when most of at least `enough` articles agree.
  std::optional<std::uint64_t> container(std::uint32_t enough) const;

  /// For the journal. The form has a version; bytes of another or damaged ones are nothing.
  std::string encode() const;
  static std::optional<SourceKnowledge> decode(std::string_view bytes);
  bool operator==(const SourceKnowledge&) const = default;

 private:
  std::uint32_t articles_ = 0;
  std::vector<Trait> lines_, containers_;  // by key
};

std::string encode(const Lesson& lesson);
std::optional<Lesson> decode_lesson(std::string_view bytes);

}  // namespace newsd
