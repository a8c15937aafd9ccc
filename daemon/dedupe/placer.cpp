// The placer: what the exact placer calls new is compared with the texts of the window. Then it is a copy of one, a
// retelling with other facts, or new indeed. Of an article of 400 words that starts a story 1.2 KB stay in memory, 230
// bytes of that for its identities, and 1.3 KB go to the spaces; nearly all of it in memory without them.
#include "daemon/dedupe/exact.h"
#include "daemon/dedupe/identity.h"
#include "daemon/dedupe/near_index.h"
#include "daemon/dedupe/stories.h"
#include "daemon/dedupe/text_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace newsd {
namespace {

using Neighbour = NearIndex::Neighbour;
using DocId = NearIndex::DocId;

/// A headline that recurs for days announces another text each time, unless it is the same to the number.
constexpr double kSameInSeries = 0.95;
/// Of one host only what mostly repeats is a copy: the rest of a shared text is the host's own frame.
constexpr double kSameHost = 0.8;
/// A copy may be this much less like the known text than a retelling is, and still is the better explanation.
constexpr double kCopyBefore = 0.25;
/// Contained: nearly all of one text stands in the other, which is longer.
constexpr double kContained = 0.85, kAlike = 0.7;

double closeness(const Likeness& like) { return like.containment() + like.jaccard(); }

/// When a text is from, as far as newsd can know: not from the future.
Instant time_of(const Sketch& sketch, Instant received) {
  constexpr auto kAhead = std::chrono::hours(24);
  return sketch.published && *sketch.published <= received + kAhead ? *sketch.published : received;
}

std::string percent(double share) { return fmt::format("{:.0f} %", share * 100); }

std::string parts_shared(const Likeness& like) {
  return fmt::format("{} of it stands in the known text, {} of that in it", percent(like.new_in_known()),
                     percent(like.known_in_new()));
}

class NewsPlacer final : public Placer {
 public:
  NewsPlacer(const PlacingOptions& options, PlacingSpaces spaces)
      : options_(options),
        text_spill_(std::move(spaces.texts)),
        story_spill_(std::move(spaces.stories)),
        near_({options.window, options.min_jaccard, options.min_containment}, text_spill_),
        stories_({}, story_spill_) {}
  Verdict place(const Candidate& candidate, Instant now) override;
  void remember(const Decision& decision) override;
  void remember(const StoryChange& change) override { stories_.remember(change); }
  void remember_texts(const Past& past) override;
  void remember_stories(const Past& past) override;
  Result<void> soundness() const override;
  std::vector<StoryChange> tend(Instant now) override { return stories_.tend(now); }
  std::optional<StoryFacts> story(StoryId id) const override { return stories_.facts(id); }
  void expire(Instant before) override { exact_.expire(before); }
  std::size_t size() const override { return exact_.size(); }
  PlacerLoad load() const override;

 private:
  struct Judged {
    const Neighbour* copied = nullptr;
    const Neighbour* retold = nullptr;
  };
  bool is_same_text(const Candidate& candidate, const NearIndex::Surroundings& around, const Neighbour& n) const;
  Judged judge(const Candidate& candidate, const NearIndex::Surroundings& around) const;
  Verdict copy_of(const Candidate& candidate, const Verdict& fresh, const Neighbour& n,
                  const NearIndex::Surroundings& around) const;
  void retell(const Candidate& candidate, const Neighbour& n, const NearIndex::Surroundings& around, Verdict& v) const;
  void show_shared(const Candidate& candidate, DocId known, const NearIndex::Surroundings& around,
                   std::vector<std::string>& evidence) const;
  void tell_nearest(const Candidate& candidate, const Neighbour& n, const NearIndex::Surroundings& around,
                    Verdict& v) const;
  void remember_text(const Decision& decision);
  void index_text(const Decision& decision);
  void remember_story(const Decision& decision);
  void find_story(const Candidate& candidate, Instant time, Verdict& v);
  void keep_story(Verdict& v) const;

  PlacingOptions options_;
  ExactPlacer exact_;
  Spill text_spill_, story_spill_;
  NearIndex near_;
  Stories stories_;
  std::uint64_t left_early_ = 0;
};

/// Whether one number is the other with a digit lost, as scanned text has them.
bool is_misread(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() == b.size() || a.size() > b.size() + 1) return false;
  std::size_t same = 0;
  for (const char c : a) same += same < b.size() && c == b[same];
  return same == b.size();
}

/// Whether facts changed: a fifth of the numbers that stand in the same places, and not by misreading. Where hardly
/// anything else did, one of many is meant to be another.
bool are_facts_changed(const Neighbour& n, const Sketch& sketch, const Sketch& known) {
  std::size_t changed = 0;
  for (const ChangedNumber& c : n.numbers.changed)
    changed += !is_misread(sketch.numbers[c.fresh].value(), known.numbers[c.known].value());
  constexpr double kHardlyChanged = 0.9;
  const std::size_t least = n.like.jaccard() >= kHardlyChanged ? 15 : 5;  // one in so many
  return changed > 0 && changed * least >= n.numbers.common;
}

/// Whether the same names stand in the places that both texts have: then other names are of what stands around the
/// text, and not of another event.
bool are_names_kept(const Neighbour& n) {
  constexpr std::size_t kLeastPlaces = 3;
  return n.placed_names.common >= kLeastPlaces && n.placed_names.changed * 5 <= n.placed_names.common;
}

/// The same sentences about others: a template. Where numbers changed as well, less is enough to see it.
bool are_others(const Neighbour& n) {
  constexpr double kTemplateAlike = 0.45;
  const std::size_t replaced = n.names.replaced(), changed = n.numbers.changed.size();
  if (!are_names_kept(n)) {
    if (replaced >= 3 && replaced * 2 > n.names.least) return true;
    if (changed > 0 && replaced >= 2 && replaced * 4 > n.names.least) return true;
  }
  return changed >= 5 && changed * 2 > n.numbers.common && n.names.common < 5 && n.like.jaccard() < kTemplateAlike;
}

bool NewsPlacer::is_same_text(const Candidate& candidate, const NearIndex::Surroundings& around,
                              const Neighbour& n) const {
  if (!near_.is_enough(n.like) || are_others(n)) return false;
  if (around.in_series && (n.like.jaccard() < kSameInSeries || !n.numbers.changed.empty())) return false;
  const NearIndex::Doc& known = near_.doc(n.doc);
  const bool same_host = candidate.sketch.host != 0 && candidate.sketch.host == known.host;
  const bool same_title = n.title.least > 0 && n.title.common * 2 >= n.title.least;
  if (same_host && !same_title && n.like.containment() < kSameHost) return false;
  return exact_.find(known.original) != nullptr;
}

NewsPlacer::Judged NewsPlacer::judge(const Candidate& candidate, const NearIndex::Surroundings& around) const {
  Judged judged;
  unsigned swallowed = 0;
  bool stands_in_one = false;
  for (const Neighbour& n : around.near) {
    if (!is_same_text(candidate, around, n)) continue;
    const bool is_part = n.like.new_in_known() < options_.min_containment;
    swallowed += is_part;
    stands_in_one |= !is_part;
    const bool changed = !n.numbers.changed.empty() && are_facts_changed(n, candidate.sketch, near_.sketch(n.doc));
    const Neighbour*& best = changed ? judged.retold : judged.copied;
    if (best == nullptr) best = &n;
  }
  if (swallowed >= 2 && !stands_in_one) return {};  // a digest of several articles is none of them
  if (judged.copied != nullptr && judged.retold != nullptr) {
    const bool copied = closeness(judged.copied->like) + kCopyBefore >= closeness(judged.retold->like);
    (copied ? judged.retold : judged.copied) = nullptr;
  }
  return judged;
}

/// Up to three shingles that both have, from the beginning, the middle and the end of the new text.
void NewsPlacer::show_shared(const Candidate& candidate, DocId known, const NearIndex::Surroundings& around,
                             std::vector<std::string>& evidence) const {
  const Sketch text = near_.sketch(known);
  std::vector<std::pair<std::uint32_t, std::size_t>> shared;  // where, which
  for (std::size_t i = 0; i < candidate.sketch.shingles.size(); ++i) {
    if (around.informative[i] &&
        std::binary_search(text.shingles.begin(), text.shingles.end(), candidate.sketch.shingles[i]) &&
        i < candidate.text.shingle_at.size())
      shared.emplace_back(candidate.text.shingle_at[i], i);
  }
  std::sort(shared.begin(), shared.end());
  std::size_t last = SIZE_MAX;
  for (const std::size_t at : {std::size_t{0}, shared.size() / 2, shared.size() - 1}) {
    if (shared.empty() || at == last) continue;
    last = at;
    evidence.push_back("both have “" + shingle_words(candidate.text, shared[at].second) + "”");
  }
}

Verdict NewsPlacer::copy_of(const Candidate& candidate, const Verdict& fresh, const Neighbour& n,
                            const NearIndex::Surroundings& around) const {
  const NearIndex::Doc& known = near_.doc(n.doc);
  Verdict v = exact_.as_copy(candidate, fresh, known.original, parts_shared(n.like));
  const bool other_source =
      candidate.sketch.source != 0 && known.source != 0 && candidate.sketch.source != known.source;
  const bool is_part = n.like.containment() >= kContained && n.like.jaccard() < kAlike;
  v.how = is_part ? DuplicateKind::Contained : other_source ? DuplicateKind::Syndicated : DuplicateKind::Near;
  v.version = known.version;
  v.similarity = n.like.jaccard();
  v.containment = n.like.containment();
  show_shared(candidate, n.doc, around, v.evidence);
  return v;
}

void NewsPlacer::retell(const Candidate& candidate, const Neighbour& n, const NearIndex::Surroundings& around,
                        Verdict& v) const {
  const NearIndex::Doc& known = near_.doc(n.doc);
  const KnownArticles::Known& original = *exact_.find(known.original);
  v.of = known.original;
  v.of_event = original.event;
  v.similarity = n.like.jaccard();
  v.containment = n.like.containment();
  v.evidence.push_back(parts_shared(n.like));
  v.evidence.push_back(
      fmt::format("{} of {} numbers in the same place changed", n.numbers.changed.size(), n.numbers.common));
  show_shared(candidate, n.doc, around, v.evidence);
  v.revision.of = known.version;
  v.revision.changed = {"body"};
  v.revision.numbers = number_changes(candidate, near_.sketch(n.doc).numbers, n.numbers);
  v.story = original.story;
  v.starts_story = false;
}

/// What a new article has in common with the likeliest known one, to show why it is new.
void NewsPlacer::tell_nearest(const Candidate& candidate, const Neighbour& n, const NearIndex::Surroundings& around,
                              Verdict& v) const {
  v.nearest = near_.doc(n.doc).original;
  v.similarity = n.like.jaccard();
  v.containment = n.like.containment();
  v.evidence.push_back(parts_shared(n.like));
  show_shared(candidate, n.doc, around, v.evidence);
}

/// The story of what is known already, which may have become part of another since.
void NewsPlacer::keep_story(Verdict& v) const {
  v.story = stories_.current(v.story);
  v.story_size = stories_.size_of(v.story);
  v.topic = stories_.topic_of(v.story);
}

void NewsPlacer::find_story(const Candidate& candidate, Instant time, Verdict& v) {
  const Stories::Choice choice =
      stories_.choose(candidate.sketch, time, v.of == ArticleId{} ? StoryId{} : stories_.current(v.story));
  v.starts_story = choice.story == StoryId{};
  v.story = v.starts_story ? story_of_first(v.article) : choice.story;
  v.story_size = v.starts_story ? 1 : stories_.size_of(v.story) + 1;
  v.story_likeness = v.starts_story ? 0 : choice.likeness;
  v.next_story = choice.next;
  v.next_story_likeness = choice.next_likeness;
  v.topic = choice.topic == TopicId{} ? topic_of_first(v.story) : choice.topic;
  if (choice.next == StoryId{}) return;
  const std::string next = choice.next.value().to_string();
  v.evidence.push_back(
      v.starts_story ? fmt::format("the likeliest story, urn:uuid:{}, is {:.2f} like it", next, choice.next_likeness)
                     : fmt::format("its story is {:.2f} like it, the next, urn:uuid:{}, {:.2f}", choice.likeness, next,
                                   choice.next_likeness));
}

Verdict NewsPlacer::place(const Candidate& candidate, Instant now) {
  Verdict v = exact_.place(candidate, now);
  const Instant time = time_of(candidate.sketch, now);
  if (v.kind == VerdictKind::Updated) {
    const DocId before = near_.find(v.article);
    if (before != NearIndex::kNone) {
      const std::vector<Number> known = near_.sketch(before).numbers;
      v.revision.numbers = number_changes(candidate, known, compare_numbers(candidate.sketch.numbers, known));
    }
  }
  if (v.kind == VerdictKind::New) {
    const auto around = near_.look(candidate.sketch, time);
    const Judged judged = judge(candidate, around);
    if (judged.copied != nullptr)
      v = copy_of(candidate, v, *judged.copied, around);
    else if (judged.retold != nullptr)
      retell(candidate, *judged.retold, around, v);
    else if (!around.near.empty())
      tell_nearest(candidate, around.near.front(), around, v);
  }
  if (v.kind == VerdictKind::New)
    find_story(candidate, time, v);
  else
    keep_story(v);
  return v;
}

void NewsPlacer::remember(const Decision& decision) {
  remember_text(decision);
  remember_story(decision);
}

void NewsPlacer::remember_texts(const Past& past) {
  if (const auto* decision = std::get_if<Decision>(&past)) remember_text(*decision);
}

void NewsPlacer::remember_stories(const Past& past) {
  if (const auto* decision = std::get_if<Decision>(&past))
    remember_story(*decision);
  else
    stories_.remember(std::get<StoryChange>(past));
}

void NewsPlacer::remember_story(const Decision& decision) {
  if (decision.kind == VerdictKind::New)
    stories_.add(decision, time_of(decision.sketch, decision.at));
  else
    stories_.seen(decision.story, decision.at);
}

void NewsPlacer::remember_text(const Decision& decision) {
  exact_.remember(decision);
  near_.forget_before(decision.at - options_.window);
  if (!decision.sketch.empty()) index_text(decision);
  while (options_.max_memory != 0 && near_.bytes() > options_.max_memory && near_.forget_oldest()) ++left_early_;
}

void NewsPlacer::index_text(const Decision& decision) {
  const bool is_new = decision.kind == VerdictKind::New;
  const ArticleId original = decision.kind == VerdictKind::Duplicate ? decision.of : decision.article;
  const DocId cluster = is_new ? NearIndex::kNone : near_.find(original);
  if (cluster != NearIndex::kNone && near_.sketch(cluster).shingles == decision.sketch.shingles) return;
  const DocId family = is_new && decision.of != ArticleId{} ? near_.find(decision.of) : NearIndex::kNone;
  near_.add(decision.sketch, original, decision.version, time_of(decision.sketch, decision.at), decision.at, cluster,
            family);
}

Result<void> NewsPlacer::soundness() const {
  for (const Spill* spill : {&text_spill_, &story_spill_})
    if (spill->trouble()) return *spill->trouble();
  return {};
}

PlacerLoad NewsPlacer::load() const {
  return {exact_.size(),
          near_.size(),
          stories_.size(),
          stories_.topic_count(),
          near_.bytes(),
          stories_.bytes(),
          text_spill_.spilled_bytes() + story_spill_.spilled_bytes(),
          left_early_};
}

}  // namespace

std::unique_ptr<Placer> make_placer(const PlacingOptions& options, PlacingSpaces spaces) {
  return std::make_unique<NewsPlacer>(options, std::move(spaces));
}

}  // namespace newsd
