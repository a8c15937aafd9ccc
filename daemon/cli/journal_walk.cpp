#include "daemon/cli/journal_walk.h"

#include <algorithm>

namespace newsd {
namespace {

constexpr std::size_t kPageEvents = 1000;
constexpr std::size_t kPageBytes = 4 << 20;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

Result<Sequence> start_of(const From& from, JournalReader& reader) {
  return std::visit(Overloaded{[](const FromEarliest&) { return Result<Sequence>(Sequence(0)); },
                               [&](const FromLatest&) { return reader.last(); },
                               [](const FromAfter& after) { return Result<Sequence>(after.sequence); },
                               [&](const FromTime& time) { return reader.before(time.time); },
                               [&](const FromLast& last) {
                                 auto end = reader.last();
                                 if (end) end = Sequence(end->value() - std::min(end->value(), last.events));
                                 return end;
                               }},
                    from);
}

Result<void> each_event(JournalReader& reader, const Stretch& stretch, const TypeFilter& filter,
                        const std::function<bool(const Record&, std::string_view line)>& visit) {
  Sequence at = stretch.after;
  while (at < stretch.to) {
    const auto page = reader.read(at, kPageEvents, kPageBytes);
    if (!page) return page.error();
    if (page->empty()) return {};
    for (const auto& record : *page) {
      if (record.sequence > stretch.to) return {};
      at = record.sequence;
      if (!filter.passes(record.type)) continue;
      const auto line = line_of(record);
      if (!line) return line.error();
      if (!visit(record, *line)) return {};
    }
  }
  return {};
}

}  // namespace newsd
