#include "daemon/classify/topic_rules.h"

#include <map>

namespace newsd {

std::pair<TopicRules, PhraseMatcher> compile_topic_rules(std::vector<TopicRule> rules) {
  std::map<TopicPhrase, std::vector<TopicRules::Use>> uses;
  for (std::uint32_t i = 0; i < rules.size(); ++i)
    for (const auto& [phrase, role] : rules[i].phrases) uses[phrase].push_back({i, role});

  TopicRules compiled;
  std::vector<TopicPhrase> phrases;
  for (auto& [phrase, of] : uses) {
    phrases.push_back(phrase);
    compiled.uses.push_back(std::move(of));
  }
  compiled.rules = std::move(rules);
  return {std::move(compiled), PhraseMatcher(phrases)};
}

}  // namespace newsd
