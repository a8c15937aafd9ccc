// A desk that places articles one after the other as the sequencer does: candidate, verdict, decision, remember. For
// tests.
#pragma once

#include "daemon/dedupe/place.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

inline Instant at_minute(int minute) { return Instant{} + std::chrono::minutes(minute); }

inline Origin dropped_as(std::string name, std::string input = "inbox") {
  Origin origin;
  origin.input = std::move(input);
  origin.name = std::move(name);
  return origin;
}

inline Article article(std::string headline, std::vector<std::string> paragraphs) {
  Article made;
  made.headline = std::move(headline);
  made.paragraphs = std::move(paragraphs);
  return made;
}

inline Article with_id(Article a, std::string id) {
  a.id = std::move(id);
  return a;
}

inline Article with_url(Article a, std::string_view url) {
  a.url = Url::parse(url).value();
  return a;
}

inline EventId numbered_event(std::uint32_t number) {
  Uuid uuid;
  for (std::size_t i = 0; i < 4; ++i) uuid.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return EventId(uuid);
}

class Desk {
 public:
  Verdict take(const Article& a, const Origin& origin) { return take(candidate_of(a, origin)); }
  Verdict take(const Candidate& candidate) {
    const Verdict verdict = placer->place(candidate, now);
    decisions.push_back(
        decision_of(candidate, verdict, numbered_event(static_cast<std::uint32_t>(decisions.size() + 1)), now));
    placer->remember(decisions.back());
    for (const StoryChange& change : placer->tend(now)) {
      placer->remember(change);
      changes.push_back(change);
      changed_after.push_back(decisions.size());
    }
    now += std::chrono::minutes(1);
    return verdict;
  }
  EventId last_event() const { return decisions.back().event; }

  std::unique_ptr<Placer> placer = make_exact_placer();  ///< or another, before the first article
  std::vector<StoryChange> changes;                      ///< what tending stories led to
  std::vector<std::size_t> changed_after;                ///< beside changes: how many decisions came before
  std::vector<Decision> decisions;
  Instant now = at_minute(0);
};

}  // namespace newsd
