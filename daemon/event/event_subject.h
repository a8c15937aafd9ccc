// EventSubject: what a `where` may ask of an event, read back from its line: texts, codes, names, numbers. One pass
// over the line; what the event does not have stays empty. Plain values; pure.
#pragma once

#include "daemon/classify/rule_set.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct EventSubject {
  std::string headline, summary, body, language, story, type;
  std::vector<std::string> countries, persons, organisations, sources, topics, rules;
  std::array<std::optional<double>, kRuleNumbers> numbers{};  ///< by RuleNumber

  /// Views of this.
  RuleSubject view() const;
  /// Bytes of its texts, about.
  std::size_t bytes() const { return headline.size() + summary.size() + body.size(); }
};

/// line: an event as CloudEvents, what line_of() writes. Of a line that is no JSON what was read before the fault.
EventSubject subject_of_event(std::string_view line);

}  // namespace newsd
