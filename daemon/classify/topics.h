// An article's words → its IPTC Media Topics, by the rules and, where there is one, a trained model. Pure, any thread.
//
// A phrase that occurs gives its weight (strong 3, normal 2, weak 1) times that of the most prominent place it stands
// in (headline 3, lead 2, elsewhere 1; the lead is the summary and the first paragraph), and a quarter of its weight
// for each further occurrence, at most four. A phrase within a longer one of the same rule does not count. A topic is
// found when its points S reach the threshold T, its context occurs, and it has two different phrases or one that is at
// least normal in the headline; T grows with the square root of the length beyond 300 words, up to double. Then
//   relevance  = 100 · S / (S + T)            50 at the threshold, 75 at three times
//   confidence = 100 · (1 − 2^−e), at most 99  e: 1 for each strong phrase, 1/2 normal, 1/4 weak, and 1 for one at
//   least normal in the headline
// A topic with less than a fifth of the best one's S / T is passing mention and left out. Ancestors take over the best
// of their descendants. A model adds the labels that reach their thresholds and that no rule has found: relevance and
// confidence are then its probability.
#pragma once

#include "daemon/classify/label.h"
#include "daemon/classify/resources.h"
#include "daemon/classify/topic_model.h"

#include <string_view>
#include <vector>

namespace newsd {

/// language: of the article; packs of another one do not apply, all do when it is "und". Best first; at most
/// kMostTopics. model: may be null.
std::vector<TopicLabel> topics_of(const Article& article, std::string_view language, const Resources& resources,
                                  const TopicModel* model = nullptr);

/// The topic that a model's label names, "20000062" or "medtop:20000062", or TopicTree::kNone.
std::uint32_t topic_of_label(std::string_view label, const TopicTree& tree);

inline constexpr std::size_t kMostTopics = 24;
/// What an article is about stands in its first 32 KiB; the rest is not looked at.
inline constexpr std::size_t kMostBytesRead = 32 * 1024;

}  // namespace newsd
