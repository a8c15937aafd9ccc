// The scans of DropIntake: what lies in the directory is compared with what is known, and the ledger told what is still
// there.
#include "feeds/source/drop_intake.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace newsd {

using std::chrono::milliseconds;

void DropIntake::begin_scan() {
  ++scan_;
  missed_ = false;
  present_.clear();
}

bool DropIntake::sees(const std::string& name) {
  const bool keeps = options_.done == WhenDone::Keep;
  const bool first = !scanned_all_;
  if (keeps || first) {
    const std::optional<FileStamp> stamp = look_at(directory_->get(), name);
    if (!stamp || stamp->type == FileType::Directory) return false;
    if (keeps && is_kept(name, *stamp)) return false;
    const InputKey key = drop_key(prefix_, name, *stamp);
    const std::optional<Outcome> outcome = first ? sink_.committed(key) : std::nullopt;
    if (outcome) present_.push_back(key);
    if (first) note_age(name, *stamp);
    if (outcome && keeps && outcome->fate == Outcome::Fate::Done) {
      kept_[name] = Kept{*stamp, key, scan_};
      return false;
    }
  }
  const WaitingName* known = queue_.find(name);
  return known ? known->state == WaitingName::State::Writing : !flights_.has_name(name);
}

/// Of the first scan, which looks at every file, only those are remembered that have not settled.
void DropIntake::note_age(const std::string& name, const FileStamp& stamp) {
  if (stamp.type == FileType::Regular && age(stamp) < options_.settle) young_.emplace(name, stamp);
}

void DropIntake::found(const std::string& name, Time now) {
  if (!scanned_all_) return found_at_start(name, now);
  const std::optional<FileStamp> stamp = look_at(directory_->get(), name);
  if (!stamp || stamp->type == FileType::Directory) return;
  const bool settled = stamp->type == FileType::Other || age(*stamp) >= options_.settle;
  WaitingName& candidate = settled ? queue_.ready(name) : queue_.later(name, now + settle_left(*stamp));
  candidate.seen = stamp;
}

/// At the start all stand in line by name, and those that settle hold up the others: the order must not hang on how old
/// a file is.
void DropIntake::found_at_start(const std::string& name, Time now) {
  WaitingName& candidate = queue_.ready(name);
  if (const auto young = young_.find(name); young != young_.end()) {
    candidate.due = now + settle_left(young->second);
    candidate.seen = young->second;
  }
  if (!std::exchange(candidate.initial, true)) ++initial_;
}

/// Of a file that is not older than the settle time; one from the future must look the same for all of it.
milliseconds DropIntake::settle_left(const FileStamp& stamp) const {
  return options_.settle - std::max(age(stamp), milliseconds::zero());
}

void DropIntake::end_scan(bool all) {
  if (!std::exchange(reconciled_, true)) sink_.reconcile(prefix_, present_);
  present_ = {};
  young_ = {};
  for (auto kept = kept_.begin(); kept != kept_.end();) {
    const bool gone = kept->second.scan != scan_ && !flights_.has_name(kept->first);
    if (gone) sink_.released(kept->second.key);
    kept = gone ? kept_.erase(kept) : std::next(kept);
  }
  scanned_all_ = scanned_all_ || all;
  missed_ = missed_ || !all;
}

bool DropIntake::is_kept(const std::string& name, const FileStamp& stamp) {
  const auto kept = kept_.find(name);
  if (kept == kept_.end()) return false;
  kept->second.scan = scan_;
  if (kept->second.stamp.same_bytes(stamp) && kept->second.stamp.changed == stamp.changed) return true;
  sink_.released(kept->second.key);  // what was read does not lie there any more
  kept_.erase(kept);
  return false;
}

}  // namespace newsd
