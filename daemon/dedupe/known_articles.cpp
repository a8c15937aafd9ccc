#include "daemon/dedupe/known_articles.h"

#include <algorithm>
#include <bit>

namespace newsd {

using Index = KnownArticles::Index;

KnownArticles::KnownArticles() : by_id_(HashOfArticle{&articles_}), by_key_(HashOfKey{&keys_}) {}

std::uint64_t KnownArticles::hash(ArticleId id) { return std::hash<ArticleId>{}(id); }
std::uint64_t KnownArticles::hash(KeyKind kind, Key128 value) {
  return value.low ^ std::rotl(value.high, 23) ^ static_cast<std::uint64_t>(kind);
}
std::uint64_t KnownArticles::HashOfArticle::operator()(Index i) const { return hash((*pool)[i].id); }
std::uint64_t KnownArticles::HashOfKey::operator()(Index i) const { return hash((*pool)[i].kind, (*pool)[i].value); }

Index KnownArticles::find(ArticleId id) const {
  return by_id_.find(hash(id), [&](Index i) { return articles_[i].id == id; });
}

Index KnownArticles::key_index(KeyKind kind, Key128 value) const {
  return by_key_.find(hash(kind, value), [&](Index i) { return keys_[i].value == value && keys_[i].kind == kind; });
}

const KnownArticles::Key* KnownArticles::find(KeyKind kind, Key128 value) const {
  const Index found = key_index(kind, value);
  return found == kNone ? nullptr : &keys_[found];
}

namespace {
KnownArticles::KeyKind key_kind(IdentityKind kind) {
  switch (kind) {
    case IdentityKind::ExplicitId: return KnownArticles::KeyKind::ExplicitId;
    case IdentityKind::Url: return KnownArticles::KeyKind::Url;
    case IdentityKind::Path: return KnownArticles::KeyKind::Path;
    case IdentityKind::Content: break;
  }
  return KnownArticles::KeyKind::Text;
}
}  // namespace

bool KnownArticles::contradicts(Index article, const IdentityKey& other) const {
  const KeyKind kind = key_kind(other.kind);
  bool has_another = false;
  for (Index k = articles_[article].keys; k != kNone; k = keys_[k].next) {
    if (keys_[k].kind != kind || (kind == KeyKind::ExplicitId && keys_[k].value.high != other.key.high)) continue;
    if (keys_[k].value == other.key) return false;
    has_another = true;
  }
  return has_another;
}

Index KnownArticles::add(ArticleId id, Instant now) {
  Index made = free_articles_;
  if (made == kNone) {
    made = static_cast<Index>(articles_.size());
    articles_.emplace_back();
  } else {
    free_articles_ = articles_[made].keys;
    articles_[made] = Known{};
  }
  articles_[made].id = id;
  articles_[made].seen = now;
  by_id_.insert(made);
  append(made);
  return made;
}

void KnownArticles::add_key(Index article, KeyKind kind, Key128 value, std::uint32_t version) {
  Index made = free_keys_;
  if (made == kNone) {
    made = static_cast<Index>(keys_.size());
    keys_.emplace_back();
  } else {
    free_keys_ = keys_[made].next;
  }
  keys_[made] = Key{value, article, articles_[article].keys, version, kind};
  articles_[article].keys = made;
  by_key_.insert(made);
}

void KnownArticles::remove_key(Index key) {
  by_key_.erase(key);
  Index* link = &articles_[keys_[key].owner].keys;
  while (*link != key) link = &keys_[*link].next;
  *link = keys_[key].next;
  keys_[key].next = free_keys_;
  free_keys_ = key;
}

void KnownArticles::learn_identity(Index article, const IdentityKey& identity) {
  const KeyKind kind = key_kind(identity.kind);
  if (kind == KeyKind::Text) return;  // kept as the text it is
  const Index known = key_index(kind, identity.key);
  if (known != kNone && keys_[known].owner == article) return;
  unsigned count = 0;
  for (Index k = articles_[article].keys; k != kNone; k = keys_[k].next) count += keys_[k].kind != KeyKind::Text;
  if (count >= kMostIdentities) return;
  if (known != kNone) remove_key(known);
  add_key(article, kind, identity.key, 0);
}

void KnownArticles::learn_text(Index article, Key128 text, std::uint32_t version) {
  if (text == Key128{}) return;
  const Index known = key_index(KeyKind::Text, text);
  if (known != kNone) {
    if (keys_[known].owner == article) keys_[known].version = version;
    return;
  }
  Index oldest = kNone;
  unsigned count = 0;
  for (Index k = articles_[article].keys; k != kNone; k = keys_[k].next) {
    if (keys_[k].kind != KeyKind::Text) continue;
    ++count;
    if (oldest == kNone || keys_[k].version < keys_[oldest].version) oldest = k;
  }
  if (count >= kMostTexts) remove_key(oldest);
  add_key(article, KeyKind::Text, text, version);
}

void KnownArticles::take_text(Index article, Key128 text) {
  const Index known = key_index(KeyKind::Text, text);
  if (known != kNone && keys_[known].owner != article) remove_key(known);
  learn_text(article, text, 1);
}

void KnownArticles::append(Index article) {
  Known& a = articles_[article];
  if (newest_ != kNone) a.seen = std::max(a.seen, articles_[newest_].seen);
  a.older = newest_;
  a.newer = kNone;
  (newest_ == kNone ? oldest_ : articles_[newest_].newer) = article;
  newest_ = article;
}

void KnownArticles::unlink(Index article) {
  const Known& a = articles_[article];
  (a.older == kNone ? oldest_ : articles_[a.older].newer) = a.newer;
  (a.newer == kNone ? newest_ : articles_[a.newer].older) = a.older;
}

void KnownArticles::touch(Index article, Instant now) {
  unlink(article);
  articles_[article].seen = std::max(articles_[article].seen, now);
  append(article);
}

void KnownArticles::forget(Index article) {
  while (articles_[article].keys != kNone) remove_key(articles_[article].keys);
  by_id_.erase(article);
  unlink(article);
  articles_[article].keys = free_articles_;
  free_articles_ = article;
}

void KnownArticles::forget_before(Instant before) {
  while (oldest_ != kNone && articles_[oldest_].seen < before) forget(oldest_);
}

}  // namespace newsd
