// Where: a compiled `where` of an output or a consumer: an event → whether it is wanted. The expression is a rule
// (rule_expression.h) on the event's texts, codes, names and numbers. What was found out of recent events is kept, so
// that a thousand consumers with one expression cost as much as one. I/O thread only.
#pragma once

#include "daemon/event/event_subject.h"
#include "daemon/stream/emitted_event.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace newsd {

/// The subjects of recent events, for several expressions to ask.
class RecentSubjects {
 public:
  static constexpr std::size_t kKept = 64;
  static constexpr std::size_t kMostBytes = 64 << 10;  ///< a subject with longer texts is not kept

  /// Valid until the next call.
  const EventSubject& of(const EmittedEvent& event);

 private:
  struct Entry {
    Sequence sequence;
    EventSubject subject;
  };
  std::array<Entry, kKept> entries_;
  EventSubject too_large_;
};

class Where {
 public:
  Where(RuleSet rule, std::shared_ptr<RecentSubjects> recent) : rule_(std::move(rule)), recent_(std::move(recent)) {}
  bool holds(const EmittedEvent& event) const;

 private:
  struct Answer {
    Sequence sequence;
    bool holds = false;
  };
  static constexpr std::size_t kAnswers = 256;

  RuleSet rule_;
  std::shared_ptr<RecentSubjects> recent_;
  mutable std::array<Answer, kAnswers> answers_{};
};

/// Compiles expressions; equal ones share one Where.
class WhereBook {
 public:
  /// Null for an empty text. RuleError, with the column in `where`.
  Result<std::shared_ptr<const Where>> compiled(const std::string& text);

 private:
  std::map<std::string, std::weak_ptr<const Where>> known_;
  std::shared_ptr<RecentSubjects> recent_ = std::make_shared<RecentSubjects>();
};

}  // namespace newsd
