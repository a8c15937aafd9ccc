#include "daemon/cli/parse_events.h"

#include "daemon/app/stream_source.h"

#include <stdexcept>

namespace newsd {
namespace {

/// Decides as the daemon does about the first article it ever sees, every time.
class EveryArticleIsNew final : public Placer {
 public:
  Verdict place(const Candidate& candidate, Instant now) override { return knows_nothing_->place(candidate, now); }
  void remember(const Decision&) override {}
  void remember(const StoryChange&) override {}
  std::vector<StoryChange> tend(Instant) override { return {}; }
  std::optional<StoryFacts> story(StoryId) const override { return std::nullopt; }
  PlacerLoad load() const override { return {}; }
  void expire(Instant) override {}
  std::size_t size() const override { return 0; }

 private:
  std::unique_ptr<Placer> knows_nothing_ = make_exact_placer();
};

}  // namespace

ParseStream::ParseStream()
    : placer_(std::make_unique<EveryArticleIsNew>()), stream_{stream_source("main"), Sequence(0)} {}

void ParseStream::each_line(Prepared prepared, const std::function<void(std::string_view line)>& visit) {
  for (auto& item : prepared.items) {
    Prepared one;
    one.origin = prepared.origin;
    one.items.push_back(std::move(item));
    Batch batch;
    const Sequence before = stream_.last;
    EarlierBodies earlier(batch);
    announce(std::move(one), *placer_, stream_, batch, earlier);
    Record& record = batch.events.front();  // a new article's story is announced behind it; here it is left out
    stream_.last = Sequence(before.value() + 1);
    record.recorded = record.time;
    const auto line = line_of(record);
    if (!line) throw std::logic_error(line.error().message());  // what was encoded a moment ago
    visit(*line);
  }
}

}  // namespace newsd
