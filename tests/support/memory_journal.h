// A Journal in memory for tests: keeps what was committed, refuses what a journal must refuse, fails on demand.
#pragma once

#include "daemon/journal/journal.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

class MemoryJournal final : public Journal {
 public:
  /// The next commits fail with these errors, one each.
  void fail_next(Error error) {
    const std::lock_guard lock(mutex_);
    failures_.push_back(std::move(error));
  }
  std::vector<Record> events() const {
    const std::lock_guard lock(mutex_);
    return events_;
  }
  std::vector<std::size_t> batch_sizes() const {
    const std::lock_guard lock(mutex_);
    return batch_sizes_;
  }
  std::vector<Decision> decisions() const {
    const std::lock_guard lock(mutex_);
    return decisions_;
  }
  bool holds_input(const InputKey& key) const {
    const std::lock_guard lock(mutex_);
    return ledger_.contains(key.value);
  }

  Result<void> commit(Batch& batch, Instant recorded) override {
    const std::lock_guard lock(mutex_);
    if (!failures_.empty()) {
      Error error = std::move(failures_.front());
      failures_.pop_front();
      return error;
    }
    for (Record& record : batch.events) {
      if (record.sequence.value() != last_ + 1) return Error(JournalError::Io, "a hole in sequence");
      last_ = record.sequence.value();
      record.recorded = recorded;
      events_.push_back(record);
    }
    decisions_.insert(decisions_.end(), batch.decisions.begin(), batch.decisions.end());
    decision_events_.insert(decision_events_.end(), batch.decision_events.begin(), batch.decision_events.end());
    for (std::size_t i = 0; i < batch.changes.size(); ++i) {
      changes_.emplace_back(batch.change_events[i], batch.changes[i]);
    }
    for (const LedgerRow& row : batch.inputs) {
      if (row.keep != Sink::Ledger::None) ledger_.insert_or_assign(row.key.value, row);
    }
    for (const FeedRow& row : batch.feeds) {
      if (row.leaves) {
        feeds_.erase(row.feed);
        continue;
      }
      FeedRow& kept = feeds_[row.feed];
      kept.feed = row.feed;
      kept.state = row.state;
      kept.shown = row.shown ? row.shown : std::optional(kept.shown.value_or(""));
      kept.hub = row.hub ? row.hub : std::optional(kept.hub.value_or(""));
    }
    for (const HeldRow& row : batch.held) {
      if (row.leaves)
        held_.erase(row.key);
      else
        held_.insert_or_assign(row.key, row);
    }
    for (const InputKey& key : batch.released) ledger_.erase(key.value);
    for (const CursorRow& row : batch.cursors) {
      if (row.leaves) {
        cursors_.erase(row.name);
      } else {
        cursors_.insert_or_assign(row.name, row);
      }
    }
    for (const LessonRow& row : batch.lessons) learned_.lessons.push_back(row);
    std::erase_if(learned_.lessons, [&](const LessonRow& row) { return row.input < batch.lessons_before; });
    for (const LearnedRow& row : batch.learned) {
      std::erase_if(learned_.sources, [&](const LearnedRow& kept) { return kept.source == row.source; });
      if (!row.leaves) learned_.sources.push_back(row);
    }
    totals_ += batch.totals;
    batch_sizes_.push_back(batch.inputs.size());
    return {};
  }
  Sequence last() const override { return Sequence(last_); }
  Sequence oldest() const override { return Sequence(events_.empty() ? last_ + 1 : events_.front().sequence.value()); }
  Result<void> each_decision(const std::function<void(Past)>& visit) override {
    auto change = changes_.begin();
    for (std::size_t i = 0; i < decisions_.size(); ++i) {
      for (; change != changes_.end() && change->first < decision_events_[i]; ++change) visit(change->second);
      visit(decisions_[i]);
    }
    for (; change != changes_.end(); ++change) visit(change->second);
    return {};
  }
  Result<std::optional<Record>> find(std::string_view subject, EventId id) override {
    const std::lock_guard lock(mutex_);
    for (const Record& record : events_)
      if (record.id == id && record.subject == subject) return std::optional(record);
    return std::optional<Record>();
  }
  Result<std::vector<LedgerRow>> ledger() override {
    std::vector<LedgerRow> rows;
    for (const auto& [key, row] : ledger_) rows.push_back(row);
    return rows;
  }
  Result<std::vector<CursorRow>> cursors() override {
    std::vector<CursorRow> rows;
    for (const auto& [name, row] : cursors_) rows.push_back(row);
    return rows;
  }
  Result<Totals> totals() override {
    const std::lock_guard lock(mutex_);
    return totals_;
  }
  Result<std::vector<HeldRow>> held() override {
    const std::lock_guard lock(mutex_);
    std::vector<HeldRow> rows;
    for (const auto& [key, row] : held_) rows.push_back(row);
    return rows;
  }
  Result<std::vector<FeedRow>> feeds() override {
    const std::lock_guard lock(mutex_);
    std::vector<FeedRow> rows;
    for (const auto& [name, row] : feeds_) rows.push_back(row);
    return rows;
  }
  Result<LearnedRows> learned() override {
    const std::lock_guard lock(mutex_);
    return learned_;
  }
  Result<std::vector<std::pair<InputKey, int>>> suspects() override {
    std::vector<std::pair<InputKey, int>> all;
    for (const auto& [key, attempts] : suspects_) all.emplace_back(InputKey{key}, attempts);
    return all;
  }
  Result<void> set_suspect(const InputKey& key, int attempts) override {
    suspects_[key.value] = attempts;
    return {};
  }
  Result<bool> retain_step(Instant, const JournalOptions&) override { return false; }
  Result<void> checkpoint() override { return {}; }
  std::uint64_t size() const override { return 0; }
  Result<void> close_clean() override { return {}; }
  std::vector<std::string> notes() const override { return {}; }

 private:
  mutable std::mutex mutex_;
  std::deque<Error> failures_;
  std::vector<Record> events_;
  std::vector<Decision> decisions_;
  std::vector<std::uint64_t> decision_events_;
  std::vector<std::pair<std::uint64_t, StoryChange>> changes_;
  std::vector<std::size_t> batch_sizes_;
  std::map<std::string, LedgerRow> ledger_;
  std::map<std::string, CursorRow> cursors_;
  std::map<std::string, FeedRow> feeds_;
  std::map<std::string, HeldRow> held_;
  std::map<std::string, int> suspects_;
  LearnedRows learned_;
  Totals totals_;
  std::uint64_t last_ = 0;
};

}  // namespace newsd
