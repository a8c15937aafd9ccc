// The second half of DropIntake: files whose events are durable are let go, and tried again when that fails.
#include "feeds/source/drop_intake.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstRetry{100};
constexpr milliseconds kLongestRetry = std::chrono::seconds(60);
constexpr milliseconds kAstray = std::chrono::seconds(1);  // for the report of a rename to arrive

}  // namespace

void DropIntake::acknowledged(std::uint64_t id, const Outcome& outcome) {
  Flight* flight = flights_.find(id);
  if (!flight || flight->outcome) return;  // said twice
  flight->outcome = outcome;
  let_go(id);
  if (on_progress_) on_progress_();
}

void DropIntake::let_go(std::uint64_t id) {
  Flight& flight = *flights_.find(id);
  const Time now = std::chrono::steady_clock::now();
  const Release release =
      release_file(flight.directory->get(), flight.name, flight.stamp, *flight.outcome, options_.done);
  switch (release.kind) {
    case Release::Kind::TryLater: teller_.trouble(*release.error); return keep_trying(id, now);
    case Release::Kind::Gone:
      if (flight.claim && !flight.astray && directory_ && has_a_name(flight.claim.get())) {
        flight.astray = true;
        return keep_trying(id, now);
      }
      break;
    case Release::Kind::Left: kept_[flight.name] = Kept{flight.stamp, flight.key, scan_}; return end_flight(id);
    case Release::Kind::LetGo: teller_.over(SourceError::CannotLetGo); break;
    case Release::Kind::Replaced:
      if (directory_ == flight.directory) take_replacement(flight.name, now);
      break;
  }
  sink_.released(flight.key);
  end_flight(id);
}

void DropIntake::end_flight(std::uint64_t id) {
  Flight& flight = *flights_.find(id);
  not_initial(flight.initial);
  const std::vector<std::string> held = std::move(flight.holds);
  stuck_.erase(id);
  flights_.erase(id);
  for (const std::string& name : held) {
    const WaitingName* candidate = queue_.find(name);
    if (candidate && candidate->state == WaitingName::State::Held) queue_.ready(name);
  }
}

void DropIntake::keep_trying(std::uint64_t id, Time now) {
  Flight& flight = *flights_.find(id);
  if (!flight.astray) not_initial(flight.initial);
  const bool first = stuck_.empty();
  stuck_.insert(id);
  if (!first) return;
  retry_wait_ = flight.astray ? kAstray : kFirstRetry;
  retry_at_ = now + retry_wait_;
}

void DropIntake::retry_stuck(Time now) {
  retry_wait_ = std::clamp(retry_wait_ * 2, kFirstRetry, kLongestRetry);
  retry_at_ = now + retry_wait_;
  const std::set<std::uint64_t> ids = stuck_;
  for (const std::uint64_t id : ids) {
    if (flights_.find(id)) let_go(id);
  }
}

/// Another file, or more bytes, came under the name while it was in flight. When that was reported, the name waits
/// already.
void DropIntake::take_replacement(const std::string& name, Time now) {
  if (queue_.find(name)) return;
  if (const std::optional<FileStamp> stamp = look_at(directory_->get(), name)) settle(name, *stamp, now);
}

}  // namespace newsd
