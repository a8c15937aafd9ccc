// FakeJournal: a JournalReader over records in memory, in which events expire, get damaged or cannot be read as a test
// wants.
#pragma once

#include "daemon/event/payload.h"
#include "daemon/journal/journal.h"
#include "daemon/stream/stream_error.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace newsd {

/// An event without an article; its line is about `size` bytes.
inline Record story_event(std::uint64_t sequence, std::size_t size = 500) {
  Record record;
  record.sequence = Sequence(sequence);
  record.type = EventType::StoryStarted;
  record.source = "newsd://test/main";
  record.subject = "urn:test:story";
  record.id = event_id(record.type, record.subject, 1, std::to_string(sequence));
  record.time = record.recorded = Instant(std::chrono::milliseconds(1'000'000 + sequence * 1000));
  record.placed = R"("note":")" + std::string(size > 400 ? size - 400 : 1, 'x') + '"';
  return record;
}

/// An event with an article: one that every encoding has a form for.
inline Record article_event(std::uint64_t sequence) {
  Record record = story_event(sequence);
  record.type = EventType::ArticleNew;
  record.id = event_id(record.type, record.subject, 1, std::to_string(sequence));
  record.placed = "\"version\":\"1\"\n\"story\":{\"uri\":\"urn:test:story\"}";
  record.payload = packed("\"uri\":\"urn:test:" + std::to_string(sequence) +
                          "\",\"title\":\"Ferry back in service\"\n\"missing\":[]\n");
  return record;
}

class FakeJournal : public JournalReader {
 public:
  Result<LearnedRows> learned() override { return LearnedRows{}; }
  std::deque<Record> records;         ///< contiguous
  std::map<StoryId, StoryId> merged;  ///< story → the one it went into
  int failures = 0;                   ///< so many reads fail
  int reads = 0;

  void expire_before(std::uint64_t sequence) {
    while (!records.empty() && records.front().sequence.value() < sequence) records.pop_front();
  }
  void damage(std::uint64_t sequence) {
    for (Record& record : records)
      if (record.sequence.value() == sequence) record.placed = "no members";
  }

  Result<std::vector<Record>> read(Sequence after, std::size_t max_events, std::size_t max_bytes) override {
    ++reads;
    if (failures > 0 && failures-- > 0) return Error(StreamError::Io, "the disk does not answer");
    std::vector<Record> found;
    std::size_t bytes = 0;
    auto at = std::ranges::find_if(records, [&](const Record& r) { return r.sequence > after; });
    for (; at != records.end() && found.size() < max_events && (found.empty() || bytes < max_bytes); ++at) {
      found.push_back(*at);
      bytes += at->placed.size() + at->payload.size();
    }
    return found;
  }
  Result<Sequence> last() override { return records.empty() ? Sequence(0) : records.back().sequence; }
  Result<Sequence> oldest() override { return records.empty() ? Sequence(0) : records.front().sequence; }
  Result<Sequence> before(Instant t) override {
    Sequence last;
    for (const Record& record : records)
      if (record.recorded < t) last = record.sequence;
    return last;
  }
  Result<std::vector<Record>> outlines(Sequence after, Sequence last, std::size_t max_events) override {
    std::vector<Record> found;
    for (const Record& record : records) {
      if (record.sequence <= after || record.sequence > last || found.size() == max_events) continue;
      found.push_back(record);
      found.back().placed.clear();
      found.back().payload.clear();
    }
    return found;
  }
  Result<std::vector<Record>> about(std::string_view subject, std::size_t max_events) override {
    if (failures > 0 && failures-- > 0) return Error(StreamError::Io, "the disk does not answer");
    std::vector<Record> found;
    for (auto at = records.rbegin(); at != records.rend() && found.size() < max_events; ++at) {
      if (at->subject != subject) continue;
      found.push_back(*at);
      found.back().placed.clear();
      found.back().payload.clear();
    }
    return found;
  }
  Result<std::optional<StoryId>> merged_into(StoryId story) override {
    const auto found = merged.find(story);
    return found == merged.end() ? std::nullopt : std::optional(found->second);
  }
  Result<std::vector<FeedRow>> feeds() override { return std::vector<FeedRow>{}; }
  Result<std::vector<std::string>> check() override { return std::vector<std::string>{}; }
};

}  // namespace newsd
