#include "daemon/classify/name_training.h"

#include "daemon/classify/labelled_rows.h"
#include "daemon/classify/linear_learner.h"
#include "daemon/classify/name_features.h"
#include "daemon/classify/name_spans.h"
#include "daemon/classify/name_tagger.h"
#include "feeds/text/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace newsd {

namespace {

constexpr std::size_t kFolds = 5;
constexpr int kRounds = 15;
/// A bucket that so few tokens have is left out: what was seen once is no rule.
constexpr std::uint32_t kLeastSeen = 2;

/// A sentence as tokens, with what it is to be tagged as.
struct Lesson {
  std::vector<NameFeatures> features;
  std::vector<NameTag> tags;
};

/// The words as a sentence is written, and where each begins and ends in it.
struct Written {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> words;
};

bool sticks_to_left(std::string_view word) {
  static constexpr std::string_view kSticking[] = {",", ".",   ";",  ":",   "!",   "?",   "%",  ")",  "]",
                                                   "}", "n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "’s"};
  return std::find(std::begin(kSticking), std::end(kSticking), word) != std::end(kSticking);
}

bool takes_right(std::string_view word) {
  return word == "(" || word == "[" || word == "{" || word == "$" || word == "£" || word == "€";
}

Written written(const std::vector<std::string>& words) {
  Written out;
  bool quoted = false, glued = true;
  for (const std::string& word : words) {
    const bool closes = word == "\"" && quoted;
    if (!glued && !closes && !sticks_to_left(word)) out.text += ' ';
    const auto begin = static_cast<std::uint32_t>(out.text.size());
    out.text += word;
    out.words.emplace_back(begin, static_cast<std::uint32_t>(out.text.size()));
    if (word == "\"") quoted = !quoted;
    glued = takes_right(word) || (word == "\"" && quoted);
  }
  return out;
}

/// The marked names in tokens; one that covers no whole token is left out.
std::vector<MarkedName> names_in_tokens(const MarkedSentence& sentence, const Written& as, const TokenText& text) {
  std::vector<MarkedName> names;
  std::uint32_t t = 0;
  for (const MarkedName& name : sentence.names) {
    const std::uint32_t begin = as.words[name.first].first, end = as.words[name.last].second;
    while (t < text.tokens.size() && text.tokens[t].begin < begin) ++t;
    const std::uint32_t first = t;
    while (t < text.tokens.size() && text.tokens[t].end <= end) ++t;
    if (t > first) names.push_back({first, t - 1, name.kind});
  }
  return names;
}

std::vector<Lesson> lessons_of(const MarkedSentence& sentence, const Lexicon& lexicon) {
  const Written as = written(sentence.words);
  const TokenText text = tokenise(as.text, lexicon.vocabulary());
  std::vector<NameTag> tags(text.tokens.size(), NameTag::Outside);
  for (const MarkedName& name : names_in_tokens(sentence, as, text))
    for (std::uint32_t t = name.first; t <= name.last; ++t)
      tags[t] = t == name.first ? name.kind : static_cast<NameTag>(static_cast<unsigned>(name.kind) + 1);
  const std::vector<NameHit> hits = lexicon.names(text);
  const std::vector<NameSpan> rules = name_spans(text, lexicon, nullptr);
  NameFeatureReader reader(text, lexicon, rules, hits);
  std::vector<Lesson> lessons;
  for (const Sentence& s : text.sentences) {
    if (s.last - s.first > kMostTagged) continue;
    Lesson& lesson = lessons.emplace_back();
    reader.read(s, s.first, s.last, lesson.features);
    lesson.tags.assign(tags.begin() + s.first, tags.begin() + s.last);
    // what the tokeniser takes for a sentence's end may lie within a name
    if (!lesson.tags.empty() && continues_name(lesson.tags[0]))
      for (std::size_t i = 0; i < lesson.tags.size() && continues_name(lesson.tags[i]); ++i)
        lesson.tags[i] = NameTag::Outside;
  }
  return lessons;
}

class Learner {
 public:
  Learner() : rows_(kNameBuckets), sums_(kNameBuckets), seen_(kNameBuckets, 0) {}

  std::string learn(const std::vector<const Lesson*>& lessons) {
    for (const Lesson* lesson : lessons)
      for (const NameFeatures& features : lesson->features)
        for (const std::uint32_t bucket : features) ++seen_[bucket];
    std::vector<std::size_t> order(lessons.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    SplitMix64 random(1957);
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
      for (const std::size_t i : order) study(*lessons[i]);
    }
    return file();
  }

 private:
  void study(const Lesson& lesson) {
    ++time_;
    scores_.clear();
    for (const NameFeatures& features : lesson.features) {
      TagScores& scores = scores_.emplace_back();
      for (const std::uint32_t bucket : features)
        for (std::size_t tag = 0; tag < kNameTags; ++tag) scores[tag] += rows_[bucket][tag];
    }
    search_.find(scores_, TagSteps([&](std::size_t before, std::size_t tag) { return steps_[before][tag]; }), said_);
    if (said_ == lesson.tags) return;
    NameTag said_before = NameTag::Outside, marked_before = NameTag::Outside;
    for (std::size_t i = 0; i < said_.size(); ++i) {
      const NameTag said = said_[i], marked = lesson.tags[i];
      if (said != marked) {
        for (const std::uint32_t bucket : lesson.features[i]) {
          if (seen_[bucket] < kLeastSeen) continue;
          move(rows_[bucket], sums_[bucket], marked, 1);
          move(rows_[bucket], sums_[bucket], said, -1);
        }
      }
      if (said != marked || said_before != marked_before) {
        move(steps_[static_cast<std::size_t>(marked_before)], step_sums_[static_cast<std::size_t>(marked_before)],
             marked, 1);
        move(steps_[static_cast<std::size_t>(said_before)], step_sums_[static_cast<std::size_t>(said_before)], said,
             -1);
      }
      said_before = said;
      marked_before = marked;
    }
  }

  using Weights = std::array<std::int32_t, kNameTags>;
  using Sums = std::array<double, kNameTags>;

  /// sums: what the average lacks for the time before the change.
  void move(Weights& weights, Sums& sums, NameTag tag, int by) const {
    const auto t = static_cast<std::size_t>(tag);
    weights[t] += by;
    sums[t] += by * static_cast<double>(time_);
  }

  /// The averages, rounded to bytes: the heaviest is 127.
  std::string file() const {
    const auto average = [&](std::int32_t weight, double sum) { return weight - sum / static_cast<double>(time_ + 1); };
    double heaviest = 0;
    for (std::size_t bucket = 0; bucket < kNameBuckets; ++bucket)
      for (std::size_t tag = 0; tag < kNameTags; ++tag)
        heaviest = std::max(heaviest, std::abs(average(rows_[bucket][tag], sums_[bucket][tag])));
    const double unit = heaviest == 0 ? 1 : 127 / heaviest;
    std::vector<NameRow> rows(kNameBuckets, NameRow{});
    for (std::size_t bucket = 0; bucket < kNameBuckets; ++bucket)
      for (std::size_t tag = 0; tag < kNameTags; ++tag)
        rows[bucket][tag] =
            static_cast<std::int8_t>(std::lround(unit * average(rows_[bucket][tag], sums_[bucket][tag])));
    NameSteps steps{};
    for (std::size_t before = 0; before < kNameTags; ++before)
      for (std::size_t tag = 0; tag < kNameTags; ++tag)
        steps[before][tag] = static_cast<std::int16_t>(
            std::clamp(std::lround(unit * average(steps_[before][tag], step_sums_[before][tag])), -32767l, 32767l));
    return NameModel::write(steps, rows);
  }

  std::vector<Weights> rows_;
  std::vector<Sums> sums_;
  std::vector<std::uint32_t> seen_;
  std::array<Weights, kNameTags> steps_{};
  std::array<Sums, kNameTags> step_sums_{};
  std::uint64_t time_ = 0;
  std::vector<TagScores> scores_;
  std::vector<NameTag> said_;
  TagSearch search_;
};

/// What the file's tags call a kind; Outside for what is none of names.
NameTag kind_of(std::string_view kind) {
  std::string upper(kind);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  if (upper == "PER" || upper == "PERSON") return NameTag::BeginPerson;
  if (upper == "ORG" || upper == "ORGANISATION" || upper == "ORGANIZATION") return NameTag::BeginOrganisation;
  if (upper == "LOC" || upper == "LOCATION" || upper == "PLACE" || upper == "GPE") return NameTag::BeginPlace;
  if (upper == "MISC" || upper == "NATIONALITY" || upper == "NORP") return NameTag::BeginMisc;
  return NameTag::Outside;
}

std::size_t fold_of(const MarkedSentence& sentence) {
  std::string all;
  for (const std::string& word : sentence.words) all.append(word).append(1, ' ');
  return key128(all).low % kFolds;
}

std::size_t index_of(NameTag kind) { return static_cast<std::size_t>(kind) / 2; }

}  // namespace

Result<std::vector<MarkedSentence>> read_marked_sentences(std::string_view text, std::string_view file) {
  std::vector<MarkedSentence> sentences(1);
  std::size_t number = 0;
  std::string_view open;  // the kind of the name that may go on
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (line.empty() || line.starts_with("-DOCSTART-")) {
      if (!sentences.back().words.empty()) sentences.emplace_back();
      open = {};
      continue;
    }
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    const std::size_t before_tag = line.find_last_of(" \t");
    const std::string_view tag = before_tag == std::string_view::npos ? "" : line.substr(before_tag + 1);
    const bool is_tag = tag == "O" || ((tag.starts_with("B-") || tag.starts_with("I-")) && tag.size() > 2);
    if (word.empty() || !is_tag)
      return Error(RowsError::BadRow, "a line is a word and a tag: O, B-PER, I-ORG …",
                   fmt::format("{}:{}", file, number));
    MarkedSentence& sentence = sentences.back();
    const auto index = static_cast<std::uint32_t>(sentence.words.size());
    sentence.words.emplace_back(word);
    const std::string_view kind = tag == "O" ? std::string_view() : tag.substr(2);
    if (const NameTag begin = kind_of(kind); begin != NameTag::Outside) {
      if (tag[0] == 'I' && kind == open)
        sentence.names.back().last = index;
      else
        sentence.names.push_back({index, index, begin});
      open = kind;
    } else {
      open = {};
    }
  }
  if (sentences.back().words.empty()) sentences.pop_back();
  return sentences;
}

double NameFigures::Count::precision() const {
  return said == 0 ? 0 : static_cast<double>(hit) / static_cast<double>(said);
}
double NameFigures::Count::recall() const {
  return marked == 0 ? 0 : static_cast<double>(hit) / static_cast<double>(marked);
}
double NameFigures::Count::f1() const {
  return said + marked == 0 ? 0 : 2 * static_cast<double>(hit) / static_cast<double>(said + marked);
}

NameFigures::Count NameFigures::all() const {
  Count sum;
  for (const Count& kind : kinds) {
    sum.hit += kind.hit;
    sum.said += kind.said;
    sum.marked += kind.marked;
  }
  return sum;
}

NameFigures& NameFigures::operator+=(const NameFigures& other) {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    kinds[i].hit += other.kinds[i].hit;
    kinds[i].said += other.kinds[i].said;
    kinds[i].marked += other.kinds[i].marked;
  }
  return *this;
}

std::string NameFigures::text() const {
  std::string out = "                precision  recall  F1     marked\n";
  const auto line = [&](std::string_view name, const Count& c) {
    out += fmt::format("{:<15} {:.3f}      {:.3f}   {:.3f}  {}\n", name, c.precision(), c.recall(), c.f1(), c.marked);
  };
  line("all", all());
  line("person", kinds[0]);
  line("organisation", kinds[1]);
  line("place", kinds[2]);
  return out;
}

NameFigures name_figures(const std::vector<MarkedSentence>& sentences, const Lexicon& lexicon, const NameModel* model) {
  NameFigures figures;
  for (const MarkedSentence& sentence : sentences) {
    const Written as = written(sentence.words);
    const TokenText text = tokenise(as.text, lexicon.vocabulary());
    std::vector<TaggedName> marked, said;
    for (const MarkedName& name : names_in_tokens(sentence, as, text)) {
      if (name.kind == NameTag::BeginMisc) continue;
      marked.push_back({name.first, name.last, static_cast<EntityKind>(index_of(name.kind))});
    }
    for (const NameSpan& span : name_spans(text, lexicon, model)) {
      if (span.kind == SpanKind::Adjective) continue;
      const EntityKind kind = span.kind == SpanKind::Person         ? EntityKind::Person
                              : span.kind == SpanKind::Organisation ? EntityKind::Organisation
                                                                    : EntityKind::Place;
      said.push_back({span.first, span.last, kind});
    }
    for (const TaggedName& name : marked) {
      NameFigures::Count& count = figures.kinds[static_cast<std::size_t>(name.kind)];
      ++count.marked;
      count.hit += std::find(said.begin(), said.end(), name) != said.end();
    }
    for (const TaggedName& name : said) ++figures.kinds[static_cast<std::size_t>(name.kind)].said;
  }
  return figures;
}

Result<TrainedNames> train_names(const std::vector<MarkedSentence>& sentences, const Lexicon& lexicon,
                                 const TrainingSteps& steps) {
  const std::size_t marked = std::accumulate(sentences.begin(), sentences.end(), std::size_t{0},
                                             [](std::size_t n, const MarkedSentence& s) { return n + s.names.size(); });
  if (marked == 0) return Error(RowsError::TooFewRows, "the sentences have no names to learn from");
  std::vector<std::vector<Lesson>> lessons;
  lessons.reserve(sentences.size());
  for (const MarkedSentence& sentence : sentences) lessons.push_back(lessons_of(sentence, lexicon));
  const auto learned = [&](std::size_t without) {
    std::vector<const Lesson*> chosen;
    for (std::size_t i = 0; i < sentences.size(); ++i)
      if (fold_of(sentences[i]) != without)
        for (const Lesson& lesson : lessons[i]) chosen.push_back(&lesson);
    return Learner().learn(chosen);
  };
  TrainedNames trained;
  trained.folds = kFolds;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const auto model = NameModel::parse(learned(fold), "fold");
    if (!model) return model.error();
    std::vector<MarkedSentence> others;
    for (const MarkedSentence& sentence : sentences)
      if (fold_of(sentence) == fold) others.push_back(sentence);
    trained.held_out += name_figures(others, lexicon, &*model);
    if (steps) steps(fold + 1, kFolds + 1);
  }
  trained.rules = name_figures(sentences, lexicon, nullptr);
  trained.model = learned(kFolds);
  if (steps) steps(kFolds + 1, kFolds + 1);
  return trained;
}

}  // namespace newsd
