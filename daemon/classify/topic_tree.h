// The IPTC Media Topics: code → name and parent. Pure, immutable after parsing.
#pragma once

#include "feeds/article/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

class TopicTree {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  struct Topic {
    std::string code;  ///< eight digits
    std::string name;
    std::uint32_t parent = kNone;
  };

  /// Lines `code TAB parent TAB name`, '#' starts a comment line. file: for errors.
  static Result<TopicTree> parse(std::string_view text, std::string_view file);

  /// Index of a code, or kNone.
  std::uint32_t find(std::string_view code) const;
  const Topic& at(std::uint32_t index) const { return topics_[index]; }
  std::size_t size() const { return topics_.size(); }

 private:
  std::vector<Topic> topics_;  ///< by code
};

}  // namespace newsd
