// Who an article is, apart from what it says: the identity ladder of an article and the names (UUID, RFC 4122 version
// 5) made from it. Pure, any thread.
#pragma once

#include "daemon/dedupe/place.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
std::vector<Identity> identities_of(const Article& article, const Origin& origin, Key128 content,
                                    GuidSays guid = GuidSays::WhoItIs);

/// The guids that several entries of one feed have although they lead to different pages, as in feeds that give every
/// entry the same.
class SharedGuids {
 public:
  void see(const Article& entry);
  std::size_t size() const { return shared_.size(); }
  GuidSays says(const Article& entry) const {
    return shared_.contains(entry.guid) ? GuidSays::Nothing : GuidSays::WhoItIs;
  }

 private:
  std::unordered_map<std::string, std::string> pages_;  // by guid: the first page it led to
  std::unordered_set<std::string> shared_;
};

/// The subject of an article whose strongest identity is this one.
ArticleId article_named(const Identity& identity);
/// The story that begins with this article.
StoryId story_of_first(ArticleId article);
/// The story that is split off `from` and begins with this article.
StoryId story_split_off(StoryId from, ArticleId article);
/// The topic that begins with this story.
TopicId topic_of_first(StoryId story);

}  // namespace newsd
