#include "daemon/event/event_subject.h"

#include "daemon/event/json_walk.h"
#include "feeds/article/url.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace newsd {
namespace {

struct TextPlace {
  std::string_view path;
  std::string EventSubject::*field;
};
constexpr std::array<TextPlace, 9> kTexts = {{{"type", &EventSubject::type},
                                              {"partitionkey", &EventSubject::story},
                                              {"data.item.headlines.0.value", &EventSubject::headline},
                                              {"data.item.title", &EventSubject::headline},
                                              {"data.story.headline", &EventSubject::headline},
                                              {"data.item.descriptions.0.value", &EventSubject::summary},
                                              {"data.item.bodies.0.value", &EventSubject::body},
                                              {"data.newsd.labels.language.code", &EventSubject::language},
                                              {"data.story.uri", &EventSubject::story}}};

struct NumberPlace {
  std::string_view path;
  RuleNumber number;
};
constexpr std::array<NumberPlace, 6> kNumbers = {{{"data.newsd.dedupe.similarity", RuleNumber::Similarity},
                                                  {"data.newsd.dedupe.containment", RuleNumber::Containment},
                                                  {"data.newsd.story.size", RuleNumber::Size},
                                                  {"data.story.size", RuleNumber::Size},
                                                  {"data.newsd.version", RuleNumber::Version},
                                                  {"data.newsd.labels.tone.tone", RuleNumber::Tone}}};

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

/// Takes the leaves of a line in the order in which events have them: a member that says of what kind an element is
/// (`role`, `kind`) and its name or value are neighbours.
class Reader {
 public:
  explicit Reader(EventSubject& subject) : subject_(subject) {}

  void take(const JsonLeaf& leaf) {
    const std::string_view path = leaf.path;
    if (is_in(path, "data.item.infoSources.", ".name")) return add(subject_.sources, leaf.text);
    if (is_in(path, "data.item.altIds.", ".role")) {
      role_ = leaf.text;
    } else if (is_in(path, "data.item.altIds.", ".value")) {
      if (role_ == "url") add_host(leaf.text);
    } else if (is_in(path, "data.item.subjects.", ".uri")) {
      add(subject_.topics, leaf.text.substr(leaf.text.rfind('/') + 1));
    } else if (is_in(path, "data.newsd.labels.countries.", ".code")) {
      add(subject_.countries, leaf.text);
    } else if (is_in(path, "data.newsd.labels.entities.", ".name")) {
      name_ = leaf.text;
    } else if (is_in(path, "data.newsd.labels.entities.", ".kind")) {
      if (leaf.text == "person") add(subject_.persons, name_);
      if (leaf.text == "organisation") add(subject_.organisations, name_);
    } else if (is_in(path, "data.newsd.rules.", ".id")) {
      add(subject_.rules, leaf.text);
    } else if (is_in(path, "data.newsd.rules.", ".score")) {
      highest_score(number_in(leaf.text));
    } else if (path == "data.feed.uri") {
      add_host(leaf.text);
    } else {
      take_single(leaf);
    }
  }

 private:
  /// "data.item.subjects.3.uri" is in (list "data.item.subjects.", member ".uri").
  static bool is_in(std::string_view path, std::string_view list, std::string_view member) {
    if (!path.starts_with(list) || !path.ends_with(member) || path.size() <= list.size() + member.size()) return false;
    const std::string_view index = path.substr(list.size(), path.size() - list.size() - member.size());
    return index.find('.') == std::string_view::npos;
  }
  static void add(std::vector<std::string>& to, std::string_view text) { to.emplace_back(text); }
  void add_host(std::string_view url) {
    if (const auto parsed = Url::parse(url)) subject_.sources.emplace_back(parsed->host());
  }
  void highest_score(std::optional<double> score) {
    std::optional<double>& highest = subject_.numbers[static_cast<std::size_t>(RuleNumber::Score)];
    if (score && (!highest || *score > *highest)) highest = score;
  }
  void take_single(const JsonLeaf& leaf) {
    const auto* text =
        std::find_if(kTexts.begin(), kTexts.end(), [&](const TextPlace& t) { return t.path == leaf.path; });
    if (text != kTexts.end() && leaf.is_string) subject_.*text->field = leaf.text;
    const auto* number =
        std::find_if(kNumbers.begin(), kNumbers.end(), [&](const NumberPlace& n) { return n.path == leaf.path; });
    if (number != kNumbers.end()) subject_.numbers[static_cast<std::size_t>(number->number)] = number_in(leaf.text);
  }

  EventSubject& subject_;
  std::string role_, name_;
};

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

}  // namespace

RuleSubject EventSubject::view() const {
  RuleSubject view;
  view.headline = headline;
  view.summary = summary;
  view.body = body;
  view.language = language;
  view.story = story;
  view.type = type;
  view.countries = views_of(countries);
  view.persons = views_of(persons);
  view.organisations = views_of(organisations);
  view.sources = views_of(sources);
  view.topics = views_of(topics);
  view.rules = views_of(rules);
  view.numbers = numbers;
  return view;
}

EventSubject subject_of_event(std::string_view line) {
  EventSubject subject;
  Reader reader(subject);
  walk_json(line, [&](const JsonLeaf& leaf) { reader.take(leaf); });
  return subject;
}

}  // namespace newsd
