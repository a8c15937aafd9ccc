// place(): decides what an article is to the ones before it (new, an update of, a duplicate of) and which story it
// belongs to. In memory, on the sequencer's thread only; every decision comes out as a Decision that the journal keeps
// with the event and that rebuilds the Placer at start.
#pragma once

#include "feeds/article/article.h"
#include "feeds/article/ids.h"

#include <memory>
#include <string>
#include <vector>

namespace newsd {

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
  bool operator==(const Candidate&) const = default;
};
Candidate candidate_of(const Article& article, const Origin& origin);

enum class VerdictKind { New, Updated, Duplicate };
enum class DuplicateKind { SameId, SameUrl, Exact, Near, Syndicated, Contained };
std::string_view to_string(DuplicateKind k);

/// What changed against version `of`: names of fields (headline, description, body, byline, published), in this order.
struct Revision {
  std::uint32_t of = 1;
  std::vector<std::string> changed;
  bool operator==(const Revision&) const = default;
};

struct Verdict {
  VerdictKind kind = VerdictKind::New;
  ArticleId article;  ///< the event's subject: of an update and of the same article again that of the earlier versions;
                      ///< of a copy its own
  std::uint32_t version = 1;  ///< Duplicate: the version it repeats
  ArticleId of;               ///< Duplicate: what it repeats, never itself a duplicate
  EventId of_event;           ///< Updated, Duplicate: the event that announced what it follows (causation)
  std::uint32_t repeat =
      0;  ///< Duplicate: how often `of` was repeated by this subject up to now, from 1; part of the event's id
  DuplicateKind how = DuplicateKind::Exact;
  double similarity = 0, containment = 0;
  std::vector<std::string> evidence;
  Revision revision;  ///< Updated only; `changed` is not empty
  StoryId story;
  bool starts_story = false;  ///< New and the first of its story
  std::uint32_t story_size = 1;
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
  bool operator==(const Decision&) const = default;
};

/// The decision that `verdict` on `candidate` amounts to. event: the id of the event that announces it.
Decision decision_of(const Candidate& candidate, const Verdict& verdict, EventId event, Instant now);

/// The interface near-duplicates and stories will fill.
class Placer {
 public:
  virtual ~Placer() = default;
  /// Decides; remembers nothing yet. Pure in (what was remembered, candidate, now).
  virtual Verdict place(const Candidate& candidate, Instant now) = 0;
  /// Remembers a decision: the one just taken, or at start those of earlier runs in their order. State is the fold of
  /// its decisions, nothing else.
  virtual void remember(const Decision& decision) = 0;
  /// Forgets articles not seen since `before`: neither new, updated nor repeated.
  virtual void expire(Instant before) = 0;
  /// Subjects remembered, those that only repeat others included.
  virtual std::size_t size() const = 0;
};

/// Identity ladder and exact content keys; every new article starts its own story (exact.cpp says how it decides).
std::unique_ptr<Placer> make_exact_placer();

}  // namespace newsd
