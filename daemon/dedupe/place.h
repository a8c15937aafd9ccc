// place(): decides what an article is to the ones before it (new, an update of, a duplicate of) and which story it
// belongs to. In memory, on the sequencer's thread only; every decision comes out as a Decision that the journal keeps
// with the event and that rebuilds the Placer at start.
#pragma once

#include "daemon/dedupe/sketch.h"
#include "daemon/dedupe/spill.h"
#include "feeds/article/article.h"
#include "feeds/article/ids.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace newsd {

/// What several stories are about over weeks.
using TopicId = Strong<struct TopicTag, Uuid>;

/// What identifies an article, strongest first. ExplicitId: the source's id or a feed's guid, within one input: two
/// sources may both say "17". Path: input, name and member, where a name is an address (a file), not a place in a
/// stream. Content: the text itself, of an article that has nothing else; it never makes two different texts versions
/// of one article.
enum class IdentityKind { ExplicitId, Url, Path, Content };

/// key: of an ExplicitId, high stands for the input and the sort of id, low for the value.
struct IdentityKey {
  IdentityKind kind = IdentityKind::Content;
  Key128 key;
  bool operator==(const IdentityKey&) const = default;
};

/// The hashes of one article's fields, to tell what changed between versions; white space and the shape of quotation
/// marks do not count. 0: the field is absent.
struct FieldHashes {
  std::uint64_t headline = 0, summary = 0, body = 0, byline = 0, published = 0;
  bool operator==(const FieldHashes&) const = default;
};

/// What placing needs to know of an article; workers make it (candidate_of), the sequencer only compares.
struct Candidate {
  ArticleId self;                       ///< the subject it would have if it were new: v5 over its strongest identity
  std::vector<IdentityKey> identities;  ///< strongest first, never empty
  std::vector<std::string>
      identified_by;  ///< the identities in words, for evidence: "id 17", "URL https://…", "file inbox/a.txt"
  Key128 content;     ///< over the normalised body (content.h); zero: no text at all
  FieldHashes fields;
  std::string headline;  ///< or title; for evidence
  Sketch sketch;         ///< what near-duplicates and stories are found by; empty for a short text
  SketchText text;       ///< to show what was found
  bool operator==(const Candidate&) const = default;
};
/// Whether an article's guid tells it from others: not where its feed gives one guid to several (identity.h).
enum class GuidSays { WhoItIs, Nothing };
Candidate candidate_of(const Article& article, const Origin& origin, GuidSays guid = GuidSays::WhoItIs);

enum class VerdictKind { New, Updated, Duplicate };
enum class DuplicateKind { SameId, SameUrl, Exact, Near, Syndicated, Contained };
std::string_view to_string(DuplicateKind k);

/// A number that stands where another stood. context: it with the words around it, from the new text.
struct NumberChange {
  std::string before, after, context;
  bool operator==(const NumberChange&) const = default;
};

/// Words that one of two texts has and the other has not, each counted as often as it stands there more.
struct WordsChanged {
  std::uint64_t added = 0, removed = 0;
  bool operator==(const WordsChanged&) const = default;
};

/// What changed against version `of`: names of fields (headline, description, body, byline, published), in this order,
/// and of the body words, where its earlier text was at hand, and numbers, at most kMostChangesTold.
struct Revision {
  std::uint32_t of = 1;
  std::vector<std::string> changed;
  std::vector<NumberChange> numbers{};
  std::optional<WordsChanged> words = std::nullopt;
  bool operator==(const Revision&) const = default;
};

inline constexpr std::size_t kMostChangesTold = 10;

struct Verdict {
  VerdictKind kind = VerdictKind::New;
  ArticleId article;  ///< the event's subject: of an update and of the same article again that of the earlier versions;
                      ///< of a copy its own
  std::uint32_t version = 1;  ///< Duplicate: the version it repeats
  ArticleId of;               ///< Duplicate: what it repeats, never itself a duplicate. New: what it retells with
                              ///< changed facts (dedupe.verdict "revision"), if anything
  EventId of_event;           ///< of what it follows (causation): Updated, Duplicate, and New with `of`
  std::uint32_t repeat =
      0;  ///< Duplicate: how often `of` was repeated by this subject up to now, from 1; part of the event's id
  DuplicateKind how = DuplicateKind::Exact;
  double similarity = 0, containment = 0;
  std::vector<std::string> evidence;
  Revision revision;  ///< Updated: `changed` is not empty; New with `of`: `changed` is "body"
  ArticleId nearest;  ///< New without `of`: the likeliest known article, when one shares anything that tells; then
                      ///< similarity, containment and evidence are about it
  StoryId story;
  TopicId topic;              ///< of the story; none: TopicId{}
  bool starts_story = false;  ///< New and the first of its story
  std::uint32_t story_size = 1;
  double story_likeness = 0;  ///< to the story before it joined
  StoryId next_story;         ///< the likeliest of the others, with how like it is
  double next_story_likeness = 0;
};

/// One decision as the journal keeps it: enough to rebuild the Placer by replaying decisions in order. The columns of
/// table `decisions`.
struct Decision {
  Instant at;
  VerdictKind kind = VerdictKind::New;
  ArticleId article;
  EventId event;
  std::uint32_t version = 1;
  ArticleId of;
  std::uint32_t repeat = 0;  ///< as in the Verdict
  std::vector<IdentityKey> identities;
  Key128 content;
  FieldHashes fields;
  StoryId story;
  std::uint32_t story_size = 1;
  TopicId topic;
  std::string headline;  ///< of an article that starts a story, at most kMostHeadline bytes
  Sketch sketch;         ///< of a text that was not known word for word; empty otherwise
  bool operator==(const Decision&) const = default;
};

inline constexpr std::size_t kMostHeadline = 300;

/// A decision about stories, not about an article. Merged: `story` went into `into`. Split: `articles` of `story` are
/// from now on `into`, a new story. Closed: nothing was added to `story` for long, nothing will be. A row of the
/// journal's table story_changes.
struct StoryChange {
  enum class Kind : std::uint8_t { Merged, Split, Closed };
  Instant at;
  Kind kind = Kind::Closed;
  StoryId story, into;
  std::vector<ArticleId> articles;
  bool operator==(const StoryChange&) const = default;
};

/// What a placer remembers, in the order in which it was decided.
using Past = std::variant<Decision, StoryChange>;

/// A story as events tell of it. articles: the latest, oldest first, at most kMostArticlesTold.
struct StoryFacts {
  StoryId story;
  TopicId topic;
  std::string headline;
  std::uint32_t size = 0, sources = 0;
  Instant first_seen, last_seen;
  std::vector<ArticleId> articles;
};
inline constexpr std::size_t kMostArticlesTold = 200;

/// What a placer holds, for metrics.
struct PlacerLoad {
  std::size_t articles = 0, texts = 0, stories = 0, topics = 0;
  std::uint64_t text_bytes = 0;     ///< of the texts near-duplicates are looked for among
  std::uint64_t story_bytes = 0;    ///< of stories and topics
  std::uint64_t spilled_bytes = 0;  ///< of both, not in memory
  std::uint64_t left_early = 0;     ///< texts forgotten before their time for max_memory
};

/// The decision that `verdict` on `candidate` amounts to. event: the id of the event that announces it.
Decision decision_of(const Candidate& candidate, const Verdict& verdict, EventId event, Instant now);

class Placer {
 public:
  virtual ~Placer() = default;
  /// Decides; remembers nothing yet. Pure in (what was remembered, candidate, now).
  virtual Verdict place(const Candidate& candidate, Instant now) = 0;
  /// Remembers a decision: the one just taken, or at start those of earlier runs in their order. State is the fold of
  /// its decisions, nothing else.
  virtual void remember(const Decision& decision) = 0;
  virtual void remember(const StoryChange& change) = 0;
  /// The two halves of remember(), for a start: they share nothing, so one thread may do the one and another the other.
  /// Each must be given all of the past, in order; both must be done before anything else.
  virtual void remember_texts(const Past& past) {
    std::visit([this](const auto& decided) { remember(decided); }, past);
  }
  virtual void remember_stories(const Past&) {}
  /// An error: something remembered could not be read again, and nothing that was decided since is to be relied on.
  virtual Result<void> soundness() const { return {}; }
  /// What is to be done about stories by now: those that proved one or two, those that are over. Decides; the caller
  /// announces and remembers each, in this order.
  virtual std::vector<StoryChange> tend(Instant now) = 0;
  /// nullopt: not an open story.
  virtual std::optional<StoryFacts> story(StoryId id) const = 0;
  /// Forgets articles not seen since `before`: neither new, updated nor repeated.
  virtual void expire(Instant before) = 0;
  /// Subjects remembered, those that only repeat others included.
  virtual std::size_t size() const = 0;
  virtual PlacerLoad load() const = 0;
};

/// Identity ladder and exact content keys; every new article starts its own story (exact.cpp says how it decides).
std::unique_ptr<Placer> make_exact_placer();

/// A story is open until nothing was added for so long.
inline constexpr std::chrono::milliseconds kStoriesOpen = std::chrono::days(7);

struct PlacingOptions {
  std::chrono::milliseconds window = std::chrono::hours(96);  ///< copies are looked for among texts this far apart
  double min_jaccard = 0.4, min_containment = 0.5;            ///< likeness of a copy; either suffices
  std::uint64_t max_memory = 0;  ///< bytes of the texts near-duplicates are looked for among; 0: no limit
};
/// Where the placer puts what it seldom looks at; nullptr: in memory.
struct PlacingSpaces {
  std::unique_ptr<SpillSpace> texts, stories;
};
/// The same, and near-duplicates, revisions by others and stories (placer.cpp).
std::unique_ptr<Placer> make_placer(const PlacingOptions& options, PlacingSpaces spaces = {});

}  // namespace newsd
