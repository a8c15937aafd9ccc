// Topic rules: what phrases speak for an IPTC Media Topic, as written in rule packs (conf/topics/*.toml, explained in
// conf/README.md) and compiled for one pass over an article. Immutable after compiling, any thread.
#pragma once

#include "daemon/classify/phrase_matcher.h"
#include "daemon/classify/topic_tree.h"
#include "feeds/article/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

/// What a phrase does in a rule. Not: voids what overlaps it ("trade war" is no war). Context: one of these must occur,
/// but does not count.
enum class PhraseRole : std::uint8_t { Strong, Normal, Weak, Not, Context };

/// One [[topic]] of a pack.
struct TopicRule {
  std::uint32_t topic = 0;  ///< in the TopicTree
  std::string language;     ///< the pack's, a BCP 47 primary language
  double threshold = 6;     ///< points (topics.h)
  bool needs_strong = false;
  std::vector<std::pair<TopicPhrase, PhraseRole>> phrases;
  bool has_context = false;
};

/// Rules and, for each phrase of the matcher, the rules it matters to.
struct TopicRules {
  struct Use {
    std::uint32_t rule = 0;
    PhraseRole role = PhraseRole::Weak;
  };
  std::vector<TopicRule> rules;
  std::vector<std::vector<Use>> uses;  ///< by phrase number
};

/// Reads a pack; an Error's `where` is file:line.
Result<std::vector<TopicRule>> parse_topic_rules(std::string_view text, std::string_view file, const TopicTree& tree);

/// All phrases of all rules, each once.
std::pair<TopicRules, PhraseMatcher> compile_topic_rules(std::vector<TopicRule> rules);

}  // namespace newsd
