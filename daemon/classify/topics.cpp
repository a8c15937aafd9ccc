#include "daemon/classify/topics.h"

#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <tuple>

namespace newsd {

namespace {

enum class Zone : std::uint8_t { Headline, Lead, Body };
constexpr double zone_factor(Zone zone) { return zone == Zone::Headline ? 3 : zone == Zone::Lead ? 2 : 1; }
constexpr double weight(PhraseRole role) { return role == PhraseRole::Strong ? 3 : role == PhraseRole::Normal ? 2 : 1; }
constexpr double conviction(PhraseRole role) {
  return role == PhraseRole::Strong ? 1 : role == PhraseRole::Normal ? 0.5 : 0.25;
}

/// A stretch of the article that is matched by itself.
struct Field {
  std::string_view text;
  Zone zone;
};

/// A phrase of a rule found in the article. first, last: words, counted through the whole article, so that order is
/// order in the text.
struct Find {
  std::uint32_t rule, phrase, first, last;
  PhraseRole role;
  Zone zone;
  std::string_view source;  ///< as it stands there
};

std::vector<Field> fields_of(const Article& article) {
  std::vector<Field> fields{{article.headline, Zone::Headline}, {article.summary, Zone::Lead}};
  for (std::size_t i = 0; i < article.paragraphs.size(); ++i)
    fields.push_back({article.paragraphs[i], i == 0 ? Zone::Lead : Zone::Body});
  std::size_t left = kMostBytesRead;
  for (Field& field : fields) {
    field.text = shortened(field.text, left);
    left -= std::min(left, field.text.size());
  }
  return fields;
}

/// Everything the rules of this language say of the article, by rule and then by place; the number of words.
std::size_t find_phrases(const Article& article, std::string_view language, const Resources& resources,
                         std::vector<Find>& finds) {
  const std::string_view primary = language.substr(0, language.find('-'));
  std::vector<char> applies;
  for (const TopicRule& rule : resources.topics.rules) applies.push_back(primary == "und" || primary == rule.language);

  WordStream stream;
  std::vector<PhraseHit> matches;
  std::uint32_t words_before = 0;
  for (const Field& field : fields_of(article)) {
    if (field.text.empty()) continue;
    stream.assign(field.text);
    matches.clear();
    resources.phrases.find(stream, matches);
    for (const PhraseHit& match : matches) {
      const std::uint32_t begin = stream.words[match.first].begin;
      const std::string_view source = field.text.substr(begin, stream.words[match.last].end - begin);
      for (const TopicRules::Use& use : resources.topics.uses[match.phrase])
        if (applies[use.rule])
          finds.push_back({use.rule, match.phrase, words_before + match.first, words_before + match.last, use.role,
                           field.zone, source});
    }
    words_before += static_cast<std::uint32_t>(stream.words.size());
  }
  std::sort(finds.begin(), finds.end(), [](const Find& a, const Find& b) {
    return std::tuple(a.rule, a.first, b.last, a.role, a.phrase) <
           std::tuple(b.rule, b.first, a.last, b.role, b.phrase);
  });
  return words_before;
}

/// What is left of one rule's finds (by place, longer first): those within another and those that touch a Not phrase
/// go.
std::vector<const Find*> counted(std::span<const Find> finds) {
  std::vector<const Find*> kept;
  std::int64_t covered_to = -1, void_to = -1;
  for (const Find& find : finds) {
    if (find.role == PhraseRole::Context) continue;
    const auto first = std::int64_t{find.first}, last = std::int64_t{find.last};
    if (find.role == PhraseRole::Not) {
      // what began before it and reaches into it
      while (!kept.empty() && std::int64_t{kept.back()->last} >= first) kept.pop_back();
      void_to = std::max(void_to, last);
      covered_to = std::max(covered_to, last);
    } else if (first > void_to && last > covered_to) {
      kept.push_back(&find);
      covered_to = last;
    }
  }
  return kept;
}

struct Tally {
  PhraseRole role = PhraseRole::Weak;
  Zone best = Zone::Body;
  unsigned times = 0;
  std::string_view source;
  std::uint32_t first = 0;
  double points() const { return weight(role) * (zone_factor(best) + 0.25 * std::min(times - 1, 4u)); }
};

struct Found {
  double ratio = 0;  ///< S / T
  int relevance = 0, confidence = 0;
  std::vector<std::string> why;
};

std::vector<std::string> deciding_phrases(std::vector<Tally> tallies) {
  constexpr std::size_t kMost = 5;
  std::sort(tallies.begin(), tallies.end(), [](const Tally& a, const Tally& b) {
    return a.points() != b.points() ? a.points() > b.points() : a.first < b.first;
  });
  std::vector<std::string> why;
  for (const Tally& tally : tallies) {
    if (why.size() == kMost) break;
    if (std::find(why.begin(), why.end(), tally.source) == why.end()) why.emplace_back(tally.source);
  }
  return why;
}

std::optional<Found> judge(const TopicRule& rule, std::span<const Find> finds, std::size_t words) {
  const auto is_context = [](const Find& f) { return f.role == PhraseRole::Context; };
  if (rule.has_context && std::none_of(finds.begin(), finds.end(), is_context)) return std::nullopt;

  auto kept = counted(finds);
  std::stable_sort(kept.begin(), kept.end(), [](const Find* a, const Find* b) { return a->phrase < b->phrase; });
  std::vector<Tally> tallies;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i == 0 || kept[i]->phrase != kept[i - 1]->phrase)
      tallies.push_back({kept[i]->role, kept[i]->zone, 0, kept[i]->source, kept[i]->first});
    ++tallies.back().times;
  }

  double points = 0, evidence = 0;
  bool has_strong = false, in_headline = false;
  for (const Tally& tally : tallies) {
    points += tally.points();
    evidence += conviction(tally.role);
    has_strong |= tally.role == PhraseRole::Strong;
    in_headline |= tally.best == Zone::Headline && tally.role != PhraseRole::Weak;
  }
  const double threshold = rule.threshold * std::clamp(std::sqrt(static_cast<double>(words) / 300), 1.0, 2.0);
  if (points < threshold || (tallies.size() < 2 && !in_headline) || (rule.needs_strong && !has_strong))
    return std::nullopt;

  Found found;
  found.ratio = points / threshold;
  found.relevance = static_cast<int>(std::lround(100 * points / (points + threshold)));
  found.confidence =
      std::min(99, static_cast<int>(std::lround(100 * (1 - std::exp2(-evidence - (in_headline ? 1 : 0))))));
  found.why = deciding_phrases(std::move(tallies));
  return found;
}

struct Topic {
  std::uint32_t topic;
  Found found;
  bool is_ancestor = false;
  TopicLabel::By by = TopicLabel::By::Rules;
};

/// Of the topics from number `first` on. What rules say of an ancestor stands, whatever a model says of a descendant.
void add_ancestors(const TopicTree& tree, std::size_t first, std::vector<Topic>& topics) {
  const std::size_t direct = topics.size();
  for (std::size_t i = first; i < direct; ++i) {
    for (std::uint32_t up = tree.at(topics[i].topic).parent; up != TopicTree::kNone; up = tree.at(up).parent) {
      const auto known = std::find_if(topics.begin(), topics.end(), [&](const Topic& t) { return t.topic == up; });
      if (known == topics.end()) {
        topics.push_back({up, topics[i].found, true, topics[i].by});
        continue;
      }
      if (known->by == TopicLabel::By::Rules && topics[i].by == TopicLabel::By::Model) continue;
      if (known->is_ancestor && topics[i].found.relevance > known->found.relevance) {
        known->found.why = topics[i].found.why;
        known->by = topics[i].by;
      }
      known->found.relevance = std::max(known->found.relevance, topics[i].found.relevance);
      known->found.confidence = std::max(known->found.confidence, topics[i].found.confidence);
    }
  }
}

/// What the rules find, best or not, without passing mentions.
std::vector<Topic> by_rules(const Article& article, std::string_view language, const Resources& resources) {
  std::vector<Find> finds;
  const std::size_t words = find_phrases(article, language, resources, finds);

  std::vector<Topic> topics;
  for (std::size_t begin = 0, end = 0; begin < finds.size(); begin = end) {
    while (end < finds.size() && finds[end].rule == finds[begin].rule) ++end;
    const TopicRule& rule = resources.topics.rules[finds[begin].rule];
    auto found = judge(rule, std::span(finds).subspan(begin, end - begin), words);
    if (!found) continue;
    // the same topic by the packs of two languages, of an article that may be in either: the better one counts
    const auto known =
        std::find_if(topics.begin(), topics.end(), [&](const Topic& t) { return t.topic == rule.topic; });
    if (known == topics.end())
      topics.push_back({rule.topic, std::move(*found)});
    else if (found->ratio > known->found.ratio)
      known->found = std::move(*found);
  }

  constexpr double kPassingMention = 0.2;
  double best = 0;
  for (const Topic& t : topics) best = std::max(best, t.found.ratio);
  std::erase_if(topics, [&](const Topic& t) { return t.found.ratio < kPassingMention * best; });
  return topics;
}

/// Adds what the model is sure enough of and the rules did not find.
void add_by_model(const Article& article, const TopicModel& model, const TopicTree& tree, std::vector<Topic>& topics) {
  TopicFeatureReader reader;
  const std::vector<TopicFeature>& features = reader.of(article);
  const std::vector<double> scores = model.scores(features);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const std::uint32_t topic = topic_of_label(model.labels()[i].name, tree);
    if (scores[i] < static_cast<double>(model.labels()[i].threshold) || topic == TopicTree::kNone) continue;
    if (std::any_of(topics.begin(), topics.end(), [&](const Topic& t) { return t.topic == topic; })) continue;
    const int percent = std::clamp(static_cast<int>(std::lround(100 * scores[i])), 0, 99);
    topics.push_back({topic, {0, percent, percent, model.why(features, i)}, false, TopicLabel::By::Model});
  }
}

}  // namespace

std::uint32_t topic_of_label(std::string_view label, const TopicTree& tree) {
  constexpr std::string_view kScheme = "medtop:";
  return tree.find(label.starts_with(kScheme) ? label.substr(kScheme.size()) : label);
}

std::vector<TopicLabel> topics_of(const Article& article, std::string_view language, const Resources& resources,
                                  const TopicModel* model) {
  std::vector<Topic> topics = by_rules(article, language, resources);
  add_ancestors(resources.tree, 0, topics);
  if (model != nullptr) {
    const std::size_t by_rules_alone = topics.size();
    add_by_model(article, *model, resources.tree, topics);
    add_ancestors(resources.tree, by_rules_alone, topics);
  }
  std::sort(topics.begin(), topics.end(), [&](const Topic& a, const Topic& b) {
    return std::tuple(-a.found.relevance, a.is_ancestor, -a.found.confidence, a.topic) <
           std::tuple(-b.found.relevance, b.is_ancestor, -b.found.confidence, b.topic);
  });
  if (topics.size() > kMostTopics) topics.resize(kMostTopics);

  std::vector<TopicLabel> labels;
  labels.reserve(topics.size());
  for (Topic& t : topics)
    labels.push_back({resources.tree.at(t.topic).code, resources.tree.at(t.topic).name, t.found.relevance,
                      t.found.confidence, std::move(t.found.why), t.by});
  return labels;
}

}  // namespace newsd
