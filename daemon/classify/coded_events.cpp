#include "daemon/classify/coded_events.h"

#include "daemon/classify/coreference.h"

#include <algorithm>
#include <tuple>

namespace newsd {
namespace {

constexpr double kSure = 0.5;
/// Of so few sentences every event is told, however unsure.
constexpr std::size_t kShortText = 3;

class Coder {
 public:
  Coder(const TokenText& text, const Cast& cast, const Lexicon& lexicon, const std::vector<QuoteLabel>& quotes,
        const std::vector<DateLabel>& dates, const std::vector<CountryLabel>& countries)
      : text_(text), cast_(cast), lexicon_(lexicon), quotes_(quotes), dates_(dates), countries_(countries) {
    // token → quotation, for those that are somebody's words
    quote_at_.assign(text.tokens.size(), kNoWord);
    std::uint32_t q = 0;
    for (std::uint32_t t = 0; t < text.tokens.size(); ++t) {
      while (q < quotes.size() && quotes[q].span.end <= text.tokens[t].begin) ++q;
      if (q < quotes.size() && quotes[q].span.begin <= text.tokens[t].begin) quote_at_[t] = q;
    }
  }

  std::vector<EventLabel> run() {
    std::vector<PatternHit> hits;
    const std::size_t sentences = std::min(text_.sentences.size(), kEventSentences);
    for (std::uint32_t s = 0; s < sentences; ++s) {
      hits.clear();
      lexicon_.patterns().find(text_, text_.sentences[s], hits);
      code(s, hits);
      if (events_.size() >= kMostEvents) break;
    }
    finish();
    return std::move(events_);
  }

 private:
  bool is(std::uint32_t t, WordClass c) const {
    return t < text_.tokens.size() && text_.tokens[t].kind != TokenKind::Mark && lexicon_.is(text_.tokens[t].word, c);
  }

  void code(std::uint32_t s, std::vector<PatternHit>& hits) {
    std::stable_sort(hits.begin(), hits.end(),
                     [](const PatternHit& a, const PatternHit& b) { return a.score > b.score; });
    constexpr std::size_t kMostOfSentence = 3;
    std::size_t taken = 0;
    std::vector<PatternHit> kept;
    for (const PatternHit& hit : hits) {
      if (taken == kMostOfSentence) break;
      const bool overlaps = std::any_of(
          kept.begin(), kept.end(), [&](const PatternHit& k) { return hit.first <= k.last && k.first <= hit.last; });
      if (overlaps) continue;
      kept.push_back(hit);
      if (make(s, hit, taken)) ++taken;
    }
  }

  bool make(std::uint32_t s, const PatternHit& hit, std::size_t rank) {
    const EventPattern& pattern = lexicon_.patterns().at(hit.pattern);
    EventLabel event;
    event.type = pattern.type;
    event.cameo = pattern.cameo;
    std::vector<std::uint32_t> source, target;
    const std::uint32_t quote = quote_at_[hit.first];
    const bool quoted =
        quote != kNoWord && quotes_[quote].kind != QuoteKind::Scare && quotes_[quote].kind != QuoteKind::Title;
    const bool passive = is_passive(s, hit.first);
    if (quoted) event.via_quote = quotes_[quote].id;
    actors_before(s, hit.first, quoted ? quote : kNoWord, source);
    if (passive) {
      target = source;
      source.clear();
      agents(s, hit.first + 1, source);
    } else {
      actors_behind(s, hit.first + 1, source, target);
    }
    if (target.empty() && (pattern.type == "REQUEST" || pattern.type == "MOBILIZE") && !source.empty())
      parties(source, target);
    for (const std::uint32_t m : source) add_actor(event.source, m);
    for (const std::uint32_t m : target) add_actor(event.target, m);
    set_status(s, hit.first, event);
    const Sentence& sentence = text_.sentences[s];
    std::uint32_t from = hit.first, to = hit.last;
    for (std::uint32_t t = sentence.first; t < sentence.last; ++t) {
      const Mention* m = cast_.at(t);
      if (m == nullptr || m->first != t) continue;
      const bool used = std::find(source.begin(), source.end(), m->member) != source.end() ||
                        std::find(target.begin(), target.end(), m->member) != target.end();
      if (used) from = std::min(from, m->first), to = std::max(to, m->last);
    }
    event.span = {text_.tokens[from].begin, text_.tokens[to].end};
    for (const DateLabel& date : dates_)
      if (date.resolved && date.span.begin >= text_.tokens[sentence.first].begin &&
          date.span.end <= text_.tokens[sentence.last - 1].end) {
        event.date = date.value;
        break;
      }
    event.confidence = std::min(0.95, 0.25 + 0.03 * hit.score) - 0.12 * static_cast<double>(rank) -
                       (event.source.empty() ? 0.2 : 0) - (event.target.empty() ? 0.15 : 0) - (s > 8 ? 0.05 : 0);
    event.confidence = std::max(event.confidence, 0.05);
    for (EventLabel& known : events_) {
      if (known.type == event.type && known.source == event.source && known.target == event.target) {
        known.confidence = std::min(0.97, std::max(known.confidence, event.confidence) + 0.02);  // told again
        return false;
      }
    }
    events_.push_back(std::move(event));
    return true;
  }

  void add_actor(std::vector<ActorLabel>& actors, std::uint32_t member) const {
    const CastMember& m = cast_.members[member];
    ActorLabel actor{m.code, m.sector, "e" + std::to_string(member + 1)};
    if (m.kind == EntityKind::Place) actor.sector.clear();
    if (std::find(actors.begin(), actors.end(), actor) == actors.end()) actors.push_back(std::move(actor));
  }

  bool acts(const Mention& m) const {
    const CastMember& member = cast_.of(m);
    return !member.code.empty() && member.sector != "MED";
  }

  bool is_object(const Mention& m) const {
    if (m.first == 0) return false;
    std::uint32_t t = m.first - 1;
    while (t > 0 && (is(t, WordClass::Determiner) || is(t, WordClass::Title))) --t;
    const std::string_view w = text_.of(t);
    if (w == "of" && t > 0)
      return !is(t - 1, WordClass::Title) && !is(t - 1, WordClass::Person) && !is(t - 1, WordClass::Institution);
    return is(t, WordClass::Preposition) && w != "between" && w != "for";
  }

  /// The subject: the nearest name before that no preposition governs, and those joined to it; a pronoun stands for its
  /// antecedent; within a quotation "we" and nobody are its speaker.
  void actors_before(std::uint32_t s, std::uint32_t verb, std::uint32_t quote,
                     std::vector<std::uint32_t>& found) const {
    const Sentence& sentence = text_.sentences[s];
    const Mention* fallback = nullptr;
    for (std::uint32_t t = verb; t-- > sentence.first;) {
      if (quote != kNoWord && quote_at_[t] != quote) break;
      if (quote == kNoWord && quote_at_[t] != kNoWord && quotes_[quote_at_[t]].kind == QuoteKind::Direct) continue;
      if (text_.tokens[t].mark == ';') break;
      if (is(t, WordClass::Pronoun) || is(t, WordClass::FirstPerson)) {
        if (quote != kNoWord) break;
        const std::string_view w = text_.of(t);
        const bool person = w == "he" || w == "she" || w == "He" || w == "She";
        if (!person && w != "it" && w != "It") continue;
        const std::uint32_t member = antecedent_of(text_, cast_, t, person ? Antecedent::Person : Antecedent::Thing,
                                                   lexicon_, [](std::uint32_t) { return false; });
        if (member != kNoWord && !cast_.members[member].code.empty()) {
          found.push_back(member);
          return;
        }
        continue;
      }
      const Mention* m = cast_.at(t);
      if (m == nullptr || m->first != t || !acts(*m)) continue;
      if (is_object(*m)) {
        if (fallback == nullptr) fallback = m;
        continue;
      }
      found.push_back(m->member);
      joined_before(*m, found);
      return;
    }
    if (quote != kNoWord) {
      const std::string& speaker = quotes_[quote].speaker;
      if (!speaker.empty()) {
        const auto member = static_cast<std::uint32_t>(std::stoul(speaker.substr(1)) - 1);
        if (member < cast_.members.size() && !cast_.members[member].code.empty()) found.push_back(member);
      }
      return;
    }
    if (fallback != nullptr) found.push_back(fallback->member);
  }

  /// "the United States and Britain": names joined by "and", and by commas before it.
  void joined_before(const Mention& m, std::vector<std::uint32_t>& found) const {
    std::uint32_t first = m.first;
    bool listed = false;  // a comma joins only in a list that an "and" ends
    while (first >= 2 && found.size() < 5) {
      const std::string_view joint = text_.of(first - 1);
      if (joint != "and" && !(joint == "," && listed)) return;
      listed = true;
      const Mention* other = cast_.at(first - 2);
      if (other == nullptr || !acts(*other) || text_.tokens[first - 2].sentence != text_.tokens[first].sentence) return;
      if (std::find(found.begin(), found.end(), other->member) == found.end()) found.push_back(other->member);
      first = other->first;
    }
  }

  void actors_behind(std::uint32_t s, std::uint32_t from, const std::vector<std::uint32_t>& source,
                     std::vector<std::uint32_t>& found) const {
    const Sentence& sentence = text_.sentences[s];
    for (std::uint32_t t = from; t < sentence.last && t < from + 30; ++t) {
      const Mention* m = cast_.at(t);
      if (m == nullptr || m->first != t || !acts(*m)) continue;
      const std::string& code = cast_.of(*m).code;
      const bool own =
          std::any_of(source.begin(), source.end(), [&](std::uint32_t i) { return cast_.members[i].code == code; });
      if (own || (cast_.of(*m).kind == EntityKind::Place && found.empty() && is_object(*m))) continue;
      if (m->capital && is_object(*m) && (text_.of(m->first - 1) == "in" || text_.of(m->first - 1) == "at")) continue;
      found.push_back(m->member);
      std::uint32_t last = m->last;
      while (last + 2 < sentence.last && found.size() < 5 &&
             (text_.of(last + 1) == "and" || text_.of(last + 1) == ",")) {
        std::uint32_t next = last + 2;
        while (next < sentence.last && is(next, WordClass::Determiner)) ++next;
        const Mention* other = cast_.at(next);
        if (other == nullptr || other->first != next || !acts(*other)) break;
        found.push_back(other->member);
        last = other->last;
      }
      return;
    }
  }

  bool is_passive(std::uint32_t s, std::uint32_t verb) const {
    const std::string_view w = text_.of(verb);
    if (!w.ends_with("ed") && !w.ends_with("en") && !w.ends_with("d") && !w.ends_with("t")) return false;
    const std::uint32_t begin = text_.sentences[s].first;
    for (std::uint32_t t = verb, steps = 0; t-- > begin && steps < 3; ++steps) {
      if (is(t, WordClass::Be)) return true;
      const std::string_view between = text_.of(t);
      if (!between.ends_with("ly") && between != "also" && between != "not" && between != "being" && between != "been")
        return false;
    }
    return false;
  }

  void agents(std::uint32_t s, std::uint32_t from, std::vector<std::uint32_t>& found) const {
    const Sentence& sentence = text_.sentences[s];
    for (std::uint32_t t = from; t + 1 < sentence.last && t < from + 12; ++t) {
      if (text_.of(t) != "by") continue;
      for (std::uint32_t u = t + 1; u < sentence.last && u < t + 8; ++u) {
        const Mention* m = cast_.at(u);
        if (m == nullptr || m->first != u || !acts(*m)) continue;
        found.push_back(m->member);
        return;
      }
    }
  }

  /// The countries an article about a conflict is about, but for the source.
  void parties(const std::vector<std::uint32_t>& source, std::vector<std::uint32_t>& found) const {
    for (const CountryLabel& country : countries_) {
      if (found.size() == 2) return;
      const bool own = std::any_of(source.begin(), source.end(),
                                   [&](std::uint32_t i) { return cast_.members[i].code == country.code; });
      if (own || country.salience < 0.08) continue;
      for (std::uint32_t i = 0; i < cast_.members.size(); ++i)
        if (cast_.members[i].kind == EntityKind::Country && cast_.members[i].code == country.code) found.push_back(i);
    }
  }

  void set_status(std::uint32_t s, std::uint32_t verb, EventLabel& event) const {
    const std::uint32_t begin = text_.sentences[s].first;
    for (std::uint32_t t = verb, steps = 0; t-- > begin && steps < 4; ++steps) {
      if (is(t, WordClass::Negation))
        event.status = EventStatus::Denied;
      else if (is(t, WordClass::Modal) && event.status == EventStatus::Actual)
        event.status = EventStatus::Possible;
      else if (is(t, WordClass::Future) && event.status == EventStatus::Actual)
        event.status = EventStatus::Planned;
    }
  }

  void finish() {
    const bool any_actor =
        std::any_of(events_.begin(), events_.end(), [](const EventLabel& e) { return !e.source.empty(); });
    if (any_actor) std::erase_if(events_, [](const EventLabel& e) { return e.source.empty() && e.target.empty(); });
    // what is unsure is said only where nothing surer is
    const bool any_sure =
        std::any_of(events_.begin(), events_.end(), [](const EventLabel& e) { return e.confidence >= kSure; });
    if (any_sure && text_.sentences.size() > kShortText)
      std::erase_if(events_, [](const EventLabel& e) { return e.confidence < kSure || e.source.empty(); });
    std::stable_sort(events_.begin(), events_.end(),
                     [](const EventLabel& a, const EventLabel& b) { return a.confidence > b.confidence; });
    for (std::size_t i = 0; i < events_.size(); ++i) events_[i].id = "v" + std::to_string(i + 1);
  }

  const TokenText& text_;
  const Cast& cast_;
  const Lexicon& lexicon_;
  const std::vector<QuoteLabel>& quotes_;
  const std::vector<DateLabel>& dates_;
  const std::vector<CountryLabel>& countries_;
  std::vector<std::uint32_t> quote_at_;
  std::vector<EventLabel> events_;
};

}  // namespace

std::vector<EventLabel> events_of(const TokenText& text, const Cast& cast, const Lexicon& lexicon,
                                  const std::vector<QuoteLabel>& quotes, const std::vector<DateLabel>& dates,
                                  const std::vector<CountryLabel>& countries) {
  return Coder(text, cast, lexicon, quotes, dates, countries).run();
}

}  // namespace newsd
