#include "daemon/stream/cursor.h"

#include <algorithm>

namespace newsd {

Result<Delivery> Cursor::next(std::size_t max_events, std::size_t max_bytes) {
  Delivery delivery;
  if (position_ >= tail_.last()) return delivery;
  const Sequence start = position_;
  if (filter_.where) max_events = std::min(max_events, kBatchAsked);
  const Sequence stop(start.value() + max_events);

  while (position_ < stop) {
    const SharedEvent event = tail_.at(Sequence(position_.value() + 1));
    if (!event) break;
    if (!take(event, max_bytes, delivery)) break;
  }
  delivery.advanced = position_ != start;
  if (delivery.advanced || tail_.at(Sequence(position_.value() + 1))) return delivery;

  Result<std::shared_ptr<const Page>> page = history_.page_behind(position_);
  if (!page) return page.error();
  if ((*page)->gap) {
    delivery.gap = (*page)->gap;
    position_ = delivery.gap->to;
    delivery.advanced = true;
    return delivery;
  }
  if ((*page)->events.empty()) {  // everything up to the tail's last has expired
    delivery.gap = Gap{Sequence(position_.value() + 1), tail_.last(), Gap::Why::Expired};
    position_ = tail_.last();
    delivery.advanced = true;
    return delivery;
  }
  for (const SharedEvent& event : (*page)->events) {
    if (event->sequence() <= position_) continue;
    if (position_ >= stop || !take(event, max_bytes, delivery)) break;
  }
  delivery.advanced = position_ != start;
  return delivery;
}

bool Cursor::take(const SharedEvent& event, std::size_t max_bytes, Delivery& delivery) {
  if (filter_.passes(*event)) {
    if (SharedLine line = shared_line(event, *encoding_)) {
      if (!delivery.lines.empty() && delivery.bytes + line->size() > max_bytes) return false;
      delivery.bytes += line->size();
      delivery.lines.push_back(std::move(line));
      delivery.sequences.push_back(event->sequence());
    }
  }
  position_ = event->sequence();
  return true;
}

std::uint64_t Cursor::lag() const { return tail_.last() > position_ ? tail_.last().value() - position_.value() : 0; }

void Cursor::want(EventFilter filter, const Encoding& encoding) {
  filter_ = std::move(filter);
  encoding_ = &encoding;
}

}  // namespace newsd
