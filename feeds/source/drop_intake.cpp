#include "feeds/source/drop_intake.h"

#include "feeds/text/digest.h"

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using std::chrono::milliseconds;

constexpr int kSliceFiles = 64;  // then other work of the I/O thread has its turn
constexpr std::uint64_t kSliceBytes = 1 << 20;
constexpr std::size_t kMostStuck = 64;  // acknowledged files that cannot be let go: each holds a descriptor
constexpr milliseconds kFirstRetry{100};
constexpr milliseconds kLongestRetry = std::chrono::seconds(60);
constexpr milliseconds kLongestLockRetry = std::chrono::seconds(5);
constexpr milliseconds kShortestLinkWait{200};  // between link and unlink of one delivery
constexpr milliseconds kNeverClosed = std::chrono::minutes(10);

}  // namespace

DropIntake::DropIntake(Sink& sink, DropOptions options, std::function<void()> on_progress)
    : sink_(sink),
      options_(std::move(options)),
      teller_(options_.tell),
      on_progress_(std::move(on_progress)),
      prefix_(drop_key_prefix(options_.path)) {}

void DropIntake::detach() {
  directory_.reset();
  queue_.clear();
  initial_ = flights_.initial();
}

void DropIntake::stop() {
  detach();
  on_progress_ = nullptr;
  teller_ = TroubleTeller(nullptr);
}

std::size_t DropIntake::room_for_names() const {
  return options_.max_waiting - std::min(options_.max_waiting, queue_.size());
}

milliseconds DropIntake::age(const FileStamp& stamp) const {
  const auto modified = std::chrono::floor<milliseconds>(std::chrono::nanoseconds(stamp.modified));
  return options_.clock().time_since_epoch() - modified;
}

// ---- what happens in the directory

void DropIntake::changed(const DirectoryChange& change, Time now) {
  const std::string& name = change.name;
  if (!directory_ || !is_finished_name(name)) return;
  if (!queue_.find(name) && room_for_names() == 0) {
    missed_ = true;
    return;
  }
  if (change.kind == DirectoryChange::Kind::Renamed) {
    WaitingName& candidate = queue_.ready(name);
    candidate.renamed = true;
    candidate.unclosed = false;
    candidate.seen.reset();
    candidate.due = {};
    return;
  }
  const std::optional<FileStamp> stamp = look_at(directory_->get(), name);
  if (!stamp || stamp->type == FileType::Directory) return;
  if (stamp->type == FileType::Regular && stamp->links == 1) {
    // created: either somebody is about to write it, then he will close it, or it came whole by link(2), then nobody
    // has it open when it settled
    settle(name, *stamp, now).unclosed = change.kind == DirectoryChange::Kind::Created;
    return;
  }
  queue_.ready(name).renamed = true;  // a FIFO, a link: nobody will close it
}

// ---- where a candidate goes next

void DropIntake::not_initial(bool& initial) {
  if (std::exchange(initial, false)) --initial_;
}

void DropIntake::drop(const std::string& name) {
  if (WaitingName* candidate = queue_.find(name)) not_initial(candidate->initial);
  queue_.erase(name);
}

WaitingName& DropIntake::settle(const std::string& name, const FileStamp& stamp, Time now) {
  const bool at_once = options_.settle == milliseconds::zero();
  WaitingName& candidate = at_once ? queue_.ready(name) : queue_.later(name, now + options_.settle);
  candidate.due = now + options_.settle;
  candidate.renamed = false;
  candidate.seen = stamp;
  return candidate;
}

void DropIntake::try_again(const std::string& name, Time now, milliseconds longest) {
  WaitingName* candidate = queue_.find(name);
  if (!candidate) return;
  not_initial(candidate->initial);
  const milliseconds wait = std::min(longest, kFirstRetry * (1 << std::min(candidate->attempts, 10u)));
  ++candidate->attempts;
  queue_.later(name, now + wait);
}

void DropIntake::wait_for_close(const std::string& name) {
  WaitingName& candidate = queue_.writing(name);
  candidate.renamed = false;
  candidate.unclosed = true;
  candidate.seen.reset();
  not_initial(candidate.initial);
}

void DropIntake::in_flight_already(const std::string& name, std::uint64_t id) {
  Flight& flight = *flights_.find(id);
  const std::optional<FileStamp> there = look_at(flight.directory->get(), flight.name);
  if (flight.name == name || (there && there->same_file(flight.stamp))) {
    flight.holds.push_back(name);
    queue_.held(name);
    return;
  }
  // it was renamed since we took it: the same input under another name
  drop(name);
  flights_.rename(id, name);
  if (flight.outcome) let_go(id);
}

// ---- taking

std::optional<DropIntake::Time> DropIntake::next_due() const {
  std::optional<Time> due = queue_.next_due();
  const auto sooner = [&](const std::optional<Time>& other) {
    if (other && (!due || *other < *due)) due = other;
  };
  sooner(head_due_);
  sooner(paused_);
  if (!stuck_.empty()) sooner(retry_at_);
  return due;
}

bool DropIntake::take_some(Time now) {
  head_due_.reset();
  if (!stuck_.empty() && now >= retry_at_) retry_stuck(now);
  if (!directory_ || (paused_ && now < *paused_)) return false;
  paused_.reset();
  queue_.wake(now);
  taken_bytes_ = 0;
  highest_fd_ = highest_claim_fd();
  for (int files = 0; files < kSliceFiles && taken_bytes_ < kSliceBytes; ++files) {
    if (stuck_.size() >= kMostStuck || !sink_.has_room(0)) return false;
    const std::string* front = queue_.front();
    if (!front) return false;
    const std::string name = *front;
    if (take(name, now) == Step::Stop) return false;
  }
  return true;
}

DropIntake::Step DropIntake::take(const std::string& name, Time now) {
  WaitingName& candidate = *queue_.find(name);
  if (candidate.due > now) {
    head_due_ = candidate.due;
    return Step::Stop;
  }
  if (const auto flight = flights_.find_name(name)) {
    in_flight_already(name, *flight);
    return Step::Next;
  }
  Claim claim = claim_file(directory_->get(), name, !candidate.renamed, highest_fd_);
  const bool has_file = claim.kind != Claim::Kind::Gone && claim.kind != Claim::Kind::Skip;
  if (const auto flight = has_file ? flights_.find_file(claim.stamp) : std::nullopt) {
    in_flight_already(name, *flight);
    return Step::Next;
  }
  switch (claim.kind) {
    case Claim::Kind::Gone:
    case Claim::Kind::Skip: drop(name); return Step::Next;
    case Claim::Kind::Locked: try_again(name, now, kLongestLockRetry); return Step::Next;
    case Claim::Kind::Linked:
      if (candidate.attempts++ > 0) return take_claimed(name, std::move(claim), now);
      queue_.later(name, now + std::max(options_.settle, kShortestLinkWait));
      return Step::Next;
    case Claim::Kind::TryLater:
      claim.error->where = readable_name(name);
      teller_.trouble(*claim.error);
      if (!claim.error->is(SourceError::NoDescriptors)) {
        try_again(name, now, kLongestRetry);
        return Step::Next;
      }
      paused_ = now + kFirstRetry;
      return Step::Stop;
    case Claim::Kind::Taken:
    case Claim::Kind::Refused: break;
  }
  teller_.over(SourceError::NoDescriptors);
  return take_claimed(name, std::move(claim), now);
}

DropIntake::Step DropIntake::take_claimed(const std::string& name, Claim claim, Time now) {
  WaitingName& candidate = *queue_.find(name);
  if (claim.kind == Claim::Kind::Taken) {
    const bool unclosed = candidate.unclosed && claim.writers != Writers::None && age(claim.stamp) < kNeverClosed;
    if (!candidate.renamed && (claim.writers == Writers::Some || unclosed)) {
      wait_for_close(name);
      return Step::Next;
    }
    if (candidate.seen && !candidate.seen->same_bytes(claim.stamp)) {
      settle(name, claim.stamp, now);
      return Step::Next;
    }
  }
  const bool keeps = options_.done == WhenDone::Keep;
  if (keeps && is_kept(name, claim.stamp)) {
    drop(name);
    return Step::Next;
  }
  if (const auto outcome = sink_.committed(drop_key(prefix_, name, claim.stamp))) {
    const std::uint64_t id = flights_.add(leave_queue(name, std::move(claim)));
    acknowledged(id, *outcome);  // read before a crash, or before the directory went: only the letting go was missing
    return Step::Next;
  }
  if (claim.kind != Claim::Kind::Taken) {
    std::optional<Error> why = std::move(claim.error);
    deliver(name, std::move(claim), {}, std::move(why));
    return Step::Next;
  }
  return read_and_deliver(name, std::move(claim), now);
}

DropIntake::Step DropIntake::read_and_deliver(const std::string& name, Claim claim, Time now) {
  if (claim.stamp.size <= options_.max_bytes && !sink_.has_room(claim.stamp.size))
    return Step::Stop;  // stays the first in line
  ClaimedBytes read = read_claimed(claim.fd.get(), claim.stamp, options_.max_bytes);
  switch (read.kind) {
    case ClaimedBytes::Kind::Whole:
      taken_bytes_ += read.bytes.size();
      deliver(name, std::move(claim), std::move(read.bytes), std::nullopt);
      break;
    case ClaimedBytes::Kind::Changed: settle(name, claim.stamp, now); break;
    case ClaimedBytes::Kind::TooLarge:
      deliver(name, std::move(claim), {},
              Error(SourceError::TooLarge, "it has more than " + std::to_string(options_.max_bytes) + " bytes"));
      break;
    case ClaimedBytes::Kind::Failed:
      read.error->where = readable_name(name);
      teller_.trouble(*read.error);
      try_again(name, now, kLongestRetry);
      break;
  }
  return Step::Next;
}

Flight DropIntake::leave_queue(const std::string& name, Claim claim) {
  Flight flight;
  flight.name = name;
  flight.key = drop_key(prefix_, name, claim.stamp);
  flight.stamp = claim.stamp;
  flight.directory = directory_;
  flight.claim = std::move(claim.fd);
  flight.initial = queue_.find(name)->initial;
  queue_.erase(name);
  return flight;
}

Document DropIntake::document(const std::string& name, const FileStamp& stamp, std::string bytes) const {
  Document document;
  document.origin.kind = OriginKind::Drop;
  document.origin.input = options_.input;
  document.origin.uri = file_uri(options_.path + "/" + name);
  document.origin.name = readable_name(name);
  document.origin.received_at = options_.clock();
  document.origin.bytes = stamp.size;
  document.forced = options_.forced;
  document.bytes = std::move(bytes);
  return document;
}

void DropIntake::deliver(const std::string& name, Claim claim, std::string bytes, std::optional<Error> refused) {
  Arrival arrival;
  arrival.document = document(name, claim.stamp, std::move(bytes));
  if (refused) {
    refused->where = arrival.document.origin.name;
  } else {
    arrival.document.origin.sha256 = sha256(arrival.document.bytes);
  }
  arrival.refused = std::move(refused);
  Flight flight = leave_queue(name, std::move(claim));
  arrival.key = flight.key;
  const std::uint64_t id = flights_.add(std::move(flight));
  const Sink::Ledger ledger = options_.done == WhenDone::Keep ? Sink::Ledger::Keep : Sink::Ledger::UntilAck;
  sink_.deliver(std::move(arrival), ledger,
                [self = shared_from_this(), id](const Outcome& outcome) { self->acknowledged(id, outcome); });
}

}  // namespace newsd
