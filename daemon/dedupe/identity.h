// Who an article is, apart from what it says: the identity ladder of an article and the names (UUID, RFC 4122 version
// 5) made from it. Pure, any thread.
#pragma once

#include "daemon/dedupe/place.h"

#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// An identity: as a key, as what the subject's name is made from, and in words (at most 300 bytes).
struct Identity {
  IdentityKey key;
  std::string name;
  std::string words;
};

/// Strongest first, at least one: the source's id, the guid, the canonical URL, the path where it is an address;
/// Content alone when there is none of these. content: the article's content key.
std::vector<Identity> identities_of(const Article& article, const Origin& origin, Key128 content);

/// The subject of an article whose strongest identity is this one.
ArticleId article_named(const Identity& identity);
/// The story that begins with this article.
StoryId story_of_first(ArticleId article);
/// The story that is split off `from` and begins with this article.
StoryId story_split_off(StoryId from, ArticleId article);
/// The topic that begins with this story.
TopicId topic_of_first(StoryId story);

}  // namespace newsd
