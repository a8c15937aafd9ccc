#include "feeds/source/drop_queue.h"

namespace newsd {

WaitingName* DropQueue::find(const std::string& name) {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

WaitingName& DropQueue::move_to(const std::string& name, WaitingName::State state) {
  WaitingName& candidate = names_[name];
  if (candidate.state == WaitingName::State::Later) later_.erase(candidate.slot);
  candidate.state = state;
  return candidate;
}

WaitingName& DropQueue::ready(const std::string& name) {
  const WaitingName* known = find(name);
  const bool waits_in_line = known && known->state == WaitingName::State::Ready;
  if (!waits_in_line) ready_.push_back(name);
  return move_to(name, WaitingName::State::Ready);
}

WaitingName& DropQueue::later(const std::string& name, Time due) {
  WaitingName& candidate = move_to(name, WaitingName::State::Later);
  candidate.due = due;
  candidate.slot = {due, serial_++};
  later_.emplace(candidate.slot, name);
  return candidate;
}

WaitingName& DropQueue::writing(const std::string& name) { return move_to(name, WaitingName::State::Writing); }

WaitingName& DropQueue::held(const std::string& name) { return move_to(name, WaitingName::State::Held); }

void DropQueue::erase(const std::string& name) {
  const auto found = names_.find(name);
  if (found == names_.end()) return;
  if (found->second.state == WaitingName::State::Later) later_.erase(found->second.slot);
  names_.erase(found);
}

void DropQueue::clear() {
  names_.clear();
  ready_.clear();
  later_.clear();
}

const std::string* DropQueue::front() {
  while (!ready_.empty()) {
    const WaitingName* candidate = find(ready_.front());
    if (candidate && candidate->state == WaitingName::State::Ready) return &ready_.front();
    ready_.pop_front();
  }
  return nullptr;
}

void DropQueue::wake(Time now) {
  while (!later_.empty() && later_.begin()->first.first <= now) {
    const std::string name = later_.begin()->second;
    ready(name);
  }
}

std::optional<DropQueue::Time> DropQueue::next_due() const {
  if (later_.empty()) return std::nullopt;
  return later_.begin()->first.first;
}

}  // namespace newsd
