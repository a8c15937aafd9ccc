#include "daemon/stream/tail.h"

namespace newsd {

void Tail::append(const std::vector<SharedEvent>& events) {
  if (events.empty()) return;
  for (TailListener* listener : listeners_) listener->before_events();
  for (const SharedEvent& event : events) push(event);
  for (TailListener* listener : listeners_) listener->events_came();
}

void Tail::advance(Sequence last) {
  if (last <= last_) return;
  for (TailListener* listener : listeners_) listener->before_events();
  events_.clear();
  bytes_ = 0;
  last_ = last;
  for (TailListener* listener : listeners_) listener->events_came();
}

void Tail::push(const SharedEvent& event) {
  if (event->sequence() <= last_) return;  // a batch handed over twice
  if (event->sequence().value() != last_.value() + 1) {
    events_.clear();
    bytes_ = 0;
  }
  events_.push_back(event);
  bytes_ += event->size();
  last_ = event->sequence();
  while (bytes_ > budget_ && events_.size() > 1) {
    bytes_ -= events_.front()->size();
    events_.pop_front();
  }
}

SharedEvent Tail::at(Sequence sequence) const {
  if (events_.empty() || sequence < events_.front()->sequence() || sequence > last_) return nullptr;
  return events_[sequence.value() - events_.front()->sequence().value()];
}

}  // namespace newsd
