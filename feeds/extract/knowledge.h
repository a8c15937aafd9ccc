// What newsd has learned of all its sources. A value that is never changed once others read by it: a new one is made of
// it and what was taught meanwhile. Pure, any thread.
#pragma once

#include "feeds/extract/source_knowledge.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class Knowledge {
 public:
  /// Of a source: what is known, how many lines that are, and in which order it last taught.
  struct Source {
    std::shared_ptr<const SourceKnowledge> knowledge;
    std::size_t known_lines = 0;
    std::uint64_t used = 0;
  };
  /// A source that taught, or left because others did.
  struct Change {
    std::string source;
    std::size_t known_before = 0, known_now = 0;  ///< lines
  };
  using Sources = std::map<std::string, Source, std::less<>>;

  /// Nothing of a source that is not known.
  const SourceKnowledge* find(std::string_view source) const;
  const Sources& sources() const { return sources_; }
  std::size_t known_lines() const;
  /// For what was kept: `used` tells the order among the sources.
  void put(std::string source, SourceKnowledge knowledge, std::uint64_t used, const LearningLimits& limits);

  /// Takes the lessons one after the other; sources beyond the limit that taught longest ago leave. Returns what
  /// changed, each source once, by name.
  std::vector<Change> take(const std::vector<Lesson>& lessons, const LearningLimits& limits);

 private:
  std::vector<std::string> beyond(std::size_t most) const;

  Sources sources_;
  std::uint64_t used_ = 0;  // the latest
};

}  // namespace newsd
