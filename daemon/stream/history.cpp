#include "daemon/stream/history.h"

#include "daemon/stream/stream_error.h"

#include <algorithm>

namespace newsd {
namespace {

bool holds(const Page& page, Sequence sequence) {
  return !page.events.empty() && page.events.front()->sequence() <= sequence &&
         sequence <= page.events.back()->sequence();
}

Error unreadable(const Error& cause) { return Error(StreamError::JournalUnreadable, cause.text, cause.where); }

}  // namespace

Result<std::shared_ptr<const Page>> History::page_behind(Sequence after) {
  const Sequence wanted(after.value() + 1);
  auto found = std::ranges::find_if(pages_, [&](const auto& page) { return holds(*page, wanted); });
  if (found != pages_.end()) {
    pages_.splice(pages_.begin(), pages_, found);
    return pages_.front();
  }
  Result<std::shared_ptr<const Page>> page = read_page(after);
  if (page && !(*page)->events.empty()) {
    pages_.push_front(*page);
    if (pages_.size() > kPagesKept) pages_.pop_back();
  }
  return page;
}

Result<std::shared_ptr<const Page>> History::read_page(Sequence after) {
  Result<std::vector<Record>> records = reader_.read(after, kPageEvents, kPageBytes);
  if (!records) return unreadable(records.error());
  auto page = std::make_shared<Page>();
  page->events.reserve(records->size());
  Sequence wanted(after.value() + 1);
  std::size_t bytes = 0;
  for (const Record& record : *records) {
    if (record.sequence != wanted) {
      if (page->events.empty()) page->gap = Gap{wanted, Sequence(record.sequence.value() - 1), Gap::Why::Expired};
      break;
    }
    Result<SharedEvent> event = make_emitted(record);
    if (!event) {
      if (page->events.empty()) page->gap = Gap{wanted, wanted, Gap::Why::Damaged};
      break;
    }
    bytes += (*event)->size();
    page->events.push_back(std::move(*event));
    if (bytes >= kLineBytes) break;  // payloads may have been packed to a thousandth
    wanted = Sequence(wanted.value() + 1);
  }
  return std::shared_ptr<const Page>(std::move(page));
}

Result<Sequence> History::oldest() {
  Result<Sequence> oldest = reader_.oldest();
  if (!oldest) return unreadable(oldest.error());
  return oldest;
}

Result<Sequence> History::before(Instant t) {
  Result<Sequence> last = reader_.before(t);
  if (!last) return unreadable(last.error());
  return last;
}

Result<std::vector<Record>> History::outlines(Sequence after, Sequence last, std::size_t max_events) {
  Result<std::vector<Record>> records = reader_.outlines(after, last, max_events);
  if (!records) return unreadable(records.error());
  return records;
}

Result<std::vector<Record>> History::about(std::string_view subject, std::size_t max_events) {
  Result<std::vector<Record>> records = reader_.about(subject, max_events);
  if (!records) return unreadable(records.error());
  return records;
}

Result<std::optional<StoryId>> History::merged_into(StoryId story) {
  Result<std::optional<StoryId>> into = reader_.merged_into(story);
  if (!into) return unreadable(into.error());
  return into;
}

Result<SharedEvent> History::event(Sequence sequence) {
  Result<std::vector<Record>> records = reader_.read(Sequence(sequence.value() - 1), 1, 1);
  if (!records) return unreadable(records.error());
  if (records->empty() || records->front().sequence != sequence) return SharedEvent();
  Result<SharedEvent> event = make_emitted(records->front());
  if (!event) return unreadable(event.error());
  return event;
}

Result<std::vector<std::pair<Sequence, EventType>>> History::types_behind(Sequence after) {
  Result<std::vector<Record>> records = reader_.read(after, kPageEvents, kPageBytes);
  if (!records) return unreadable(records.error());
  std::vector<std::pair<Sequence, EventType>> types;
  types.reserve(records->size());
  for (const Record& record : *records) types.emplace_back(record.sequence, record.type);
  return types;
}

}  // namespace newsd
