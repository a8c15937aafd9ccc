#include "daemon/stream/emitted_event.h"

#include <algorithm>

namespace newsd {

EmittedEvent::EmittedEvent(Sequence sequence, EventType type, std::string line)
    : sequence_(sequence), type_(type), line_(std::move(line)) {
  line_ += '\n';
}

const std::string* EmittedEvent::line_in(const Encoding& encoding) const {
  if (encoding.name == "cloudevents") return &line_;
  auto found = std::ranges::find(others_, &encoding, [](const auto& made) { return made.first; });
  if (found != others_.end()) return found->second.get();
  std::unique_ptr<std::string> made;
  if (std::optional<std::string> text = encoding.encode(json())) {
    made = std::make_unique<std::string>(std::move(*text));
    *made += '\n';
  }
  return others_.emplace_back(&encoding, std::move(made)).second.get();
}

Result<SharedEvent> make_emitted(const Record& record) {
  Result<std::string> line = line_of(record);
  if (!line) return line.error();
  return std::make_shared<const EmittedEvent>(record.sequence, record.type, std::move(*line));
}

SharedLine shared_line(const SharedEvent& event, const Encoding& encoding) {
  const std::string* line = event->line_in(encoding);
  return line == nullptr ? nullptr : SharedLine(event, line);
}

}  // namespace newsd
