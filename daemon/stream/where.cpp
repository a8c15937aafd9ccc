#include "daemon/stream/where.h"

namespace newsd {

const EventSubject& RecentSubjects::of(const EmittedEvent& event) {
  Entry& entry = entries_[event.sequence().value() % kKept];
  if (entry.sequence == event.sequence()) return entry.subject;  // no event has the sequence 0
  EventSubject subject = subject_of_event(event.json());
  if (subject.bytes() > kMostBytes) {
    too_large_ = std::move(subject);
    return too_large_;
  }
  entry = {event.sequence(), std::move(subject)};
  return entry.subject;
}

bool Where::holds(const EmittedEvent& event) const {
  Answer& answer = answers_[event.sequence().value() % kAnswers];
  if (answer.sequence != event.sequence())
    answer = {event.sequence(), !rule_.matches(recent_->of(event).view()).empty()};
  return answer.holds;
}

Result<std::shared_ptr<const Where>> WhereBook::compiled(const std::string& text) {
  if (text.empty()) return std::shared_ptr<const Where>();
  if (auto known = known_.find(text); known != known_.end())
    if (auto where = known->second.lock()) return where;
  std::erase_if(known_, [](const auto& entry) { return entry.second.expired(); });
  const std::array<RuleText, 1> rules = {{{text, 0}}};
  Result<RuleSet> rule = RuleSet::compile(rules, RuleScope::Event);
  if (!rule) return rule.error();
  auto where = std::make_shared<const Where>(std::move(*rule), recent_);
  known_[text] = where;
  return std::shared_ptr<const Where>(where);
}

}  // namespace newsd
