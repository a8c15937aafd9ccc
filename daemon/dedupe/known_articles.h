// The articles the placer remembers: by subject, by identity and by the text of each recent version; forgotten in the
// order in which they were last seen. About 250 bytes an article with two identities (tests/bench/place_bench.cpp
// measures it). Decides nothing. One thread.
#pragma once

#include "daemon/dedupe/place.h"
#include "daemon/dedupe/slot_table.h"

#include <cstdint>
#include <deque>

namespace newsd {

class KnownArticles {
 public:
  using Index = std::uint32_t;
  static constexpr Index kNone = UINT32_MAX;

  /// A subject events were about. One that only ever repeated another's text has `repeated` set: it has no article.new
  /// of its own.
  struct Known {
    ArticleId id;
    StoryId story;
    EventId event;       ///< that announced its latest version
    FieldHashes fields;  ///< of the latest version; of a repeater as last seen
    Instant seen;        ///< never earlier than that of those decided before it
    std::uint32_t version = 1;
    std::uint32_t repeats = 0;  ///< article.duplicate events with this subject
    std::uint32_t story_size = 1;
    Index repeated = kNone;  ///< the article whose text it repeats
    Index keys = kNone;      ///< first of its keys
    Index older = kNone, newer = kNone;
  };
  /// What leads to an article: an identity, or the text of one of its versions.
  enum class KeyKind : std::uint8_t { ExplicitId, Url, Path, Text };
  struct Key {
    Key128 value;
    Index owner = kNone;
    Index next = kNone;         ///< of the same owner
    std::uint32_t version = 0;  ///< Text only
    KeyKind kind = KeyKind::Text;
  };
  /// More are not kept for one article: texts lose the oldest, identities learn no further. A source that changes its
  /// URL with every fetch costs no more.
  static constexpr unsigned kMostTexts = 8, kMostIdentities = 16;

  KnownArticles();
  KnownArticles(const KnownArticles&) = delete;
  KnownArticles& operator=(const KnownArticles&) = delete;

  Index find(ArticleId id) const;
  /// The key, or nullptr. Valid until the next change.
  const Key* find(KeyKind kind, Key128 value) const;
  const Known& at(Index article) const { return articles_[article]; }
  Known& at(Index article) { return articles_[article]; }

  /// Whether the article has identities that `other` would have to be among if it were of this article, and is not:
  /// another URL; of explicit ids, another one from the same input.
  bool contradicts(Index article, const IdentityKey& other) const;

  Index add(ArticleId id, Instant now);
  /// An identity belongs to whoever claimed it last.
  void learn_identity(Index article, const IdentityKey& identity);
  /// A text belongs to the article that had it first. A zero key (no text) is not kept.
  void learn_text(Index article, Key128 text, std::uint32_t version);
  /// For an article that is new: whoever had its text was forgotten when that was decided.
  void take_text(Index article, Key128 text);
  /// Marks as seen now, or at the latest time seen when the clock stepped back.
  void touch(Index article, Instant now);
  void forget_before(Instant before);

  std::size_t size() const { return by_id_.size(); }

 private:
  struct HashOfArticle {
    const std::deque<Known>* pool;
    std::uint64_t operator()(Index i) const;
  };
  struct HashOfKey {
    const std::deque<Key>* pool;
    std::uint64_t operator()(Index i) const;
  };
  static std::uint64_t hash(ArticleId id);
  static std::uint64_t hash(KeyKind kind, Key128 value);

  Index key_index(KeyKind kind, Key128 value) const;
  void add_key(Index article, KeyKind kind, Key128 value, std::uint32_t version);
  void remove_key(Index key);
  void append(Index article);
  void unlink(Index article);
  void forget(Index article);

  std::deque<Known> articles_;
  std::deque<Key> keys_;
  Index free_articles_ = kNone, free_keys_ = kNone;  ///< chained through `keys` and `next`
  SlotTable<HashOfArticle> by_id_;
  SlotTable<HashOfKey> by_key_;
  Index oldest_ = kNone, newest_ = kNone;
};

}  // namespace newsd
