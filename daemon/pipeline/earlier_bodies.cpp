#include "daemon/pipeline/earlier_bodies.h"

#include "daemon/event/printed_body.h"

#include <utility>

namespace newsd {
namespace {

bool has_body(const Record& record) {
  return record.type == EventType::ArticleNew || record.type == EventType::ArticleUpdated;
}

}  // namespace

EarlierBodies::EarlierBodies(const Batch& batch, Recorded recorded) : batch_(batch), recorded_(std::move(recorded)) {}

Result<std::optional<Record>> EarlierBodies::recorded(std::string_view subject, EventId id) const {
  if (!recorded_) return std::optional<Record>();
  return recorded_(subject, id);
}

std::optional<std::string> EarlierBodies::find(std::string_view subject, EventId id) {
  for (; looked_at_ < batch_.events.size(); ++looked_at_) {
    const Record& record = batch_.events[looked_at_];
    if (has_body(record)) by_id_.emplace(record.id, looked_at_);
  }
  Result<std::string> body{std::string()};
  if (const auto here = by_id_.find(id); here != by_id_.end()) {
    body = printed_body(batch_.events[here->second]);
  } else {
    const auto before = recorded(subject, id);
    if (!before && !trouble_) trouble_ = before.error();
    if (!before || !*before || !has_body(**before)) return std::nullopt;
    body = printed_body(**before);
  }
  if (body) return *std::move(body);
  if (!trouble_) trouble_ = body.error();
  return std::nullopt;
}

}  // namespace newsd
