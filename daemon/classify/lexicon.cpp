#include "daemon/classify/lexicon.h"

#include "daemon/classify/resources.h"
#include "feeds/text/lines.h"
#include "feeds/text/utf8.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace newsd {
namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

constexpr std::array<std::pair<std::string_view, WordClass>, 23> kClasses = {{
    {"title", WordClass::Title},
    {"honorific", WordClass::Honorific},
    {"pronoun", WordClass::Pronoun},
    {"institution", WordClass::Institution},
    {"document", WordClass::Document},
    {"work", WordClass::Work},
    {"person", WordClass::Person},
    {"cue", WordClass::Cue},
    {"speech", WordClass::Speech},
    {"auxiliary", WordClass::Auxiliary},
    {"be", WordClass::Be},
    {"negation", WordClass::Negation},
    {"modal", WordClass::Modal},
    {"future", WordClass::Future},
    {"determiner", WordClass::Determiner},
    {"preposition", WordClass::Preposition},
    {"conjunction", WordClass::Conjunction},
    {"location", WordClass::Location},
    {"place_noun", WordClass::PlaceNoun},
    {"org_suffix", WordClass::OrgSuffix},
    {"first_person", WordClass::FirstPerson},
    {"given", WordClass::Given},
    {"initial", WordClass::Initial},
}};

constexpr std::array<std::string_view, 10> kKinds = {"words",     "irregular",     "events", "vader",  "tone",
                                                     "countries", "organisations", "people", "places", "cities"};

std::size_t slot_of(std::uint32_t state, std::uint32_t word, std::size_t mask) {
  const std::uint64_t key = (std::uint64_t{state} << 32 | word) * 0x9E3779B97F4A7C15;
  return (key >> 32) & mask;
}

/// Letters a stem has at least, and a number for them below the bits of Lexicon::stem_begins_.
constexpr std::size_t kStemLetters = 3;
std::size_t beginning_of(std::string_view word) {
  const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(word[i])); };
  return (at(0) * 961 + at(1) * 31 + at(2)) % 4096;
}

/// "=US" asks for exactly this writing of the name.
std::string_view without_mark(std::string_view name) { return name.substr(name.starts_with('=')); }

/// A name may stand in lower case only where it is written so.
bool starts_capital(const Token& token) { return token.is_capital() || token.kind == TokenKind::Number; }

}  // namespace

std::string_view file_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view lexicon_kind(std::string_view path) {
  const std::string_view file = file_of(path);
  return file.substr(0, file.find('.'));
}

Result<Lexicon> Lexicon::make(std::span<const NamedText> files) {
  Lexicon lexicon;
  for (const NamedText& file : files)
    if (auto error = lexicon.read(file)) return *error;
  std::sort(lexicon.stems_.begin(), lexicon.stems_.end());
  for (const auto& stem : lexicon.stems_) lexicon.stem_begins_.set(beginning_of(stem.first));
  std::sort(lexicon.countries_.begin(), lexicon.countries_.end());
  lexicon.fill_in();
  lexicon.first_.shrink_to_fit();
  lexicon.things_.shrink_to_fit();
  lexicon.uses_.shrink_to_fit();
  lexicon.states_.shrink_to_fit();
  return lexicon;
}

std::optional<Error> Lexicon::read(const NamedText& file) {
  const std::string_view kind = lexicon_kind(file.name);
  if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end())
    return Error(
        ResourceError::BadLexicon,
        fmt::format("is called as no lexicon: what it holds is told by its name up to the first stop, one of {}",
                    fmt::join(kKinds, ", ")),
        file.name);
  for (const Line& line : split_lines(file.text).lines) {
    if (line.text.empty() || line.text.front() == '#') continue;
    std::optional<Error> error = Error(ResourceError::BadLexicon, "is no UTF-8");
    if (is_valid_utf8(line.text)) error = read_row(kind, split(line.text, '\t'));
    if (!error) continue;
    error->where = fmt::format("{}:{}", file.name, line.number);
    return error;
  }
  return std::nullopt;
}

std::optional<Error> Lexicon::read_row(std::string_view kind, const std::vector<std::string_view>& columns) {
  const auto column = [&](std::size_t i) { return i < columns.size() ? columns[i] : std::string_view(); };
  const auto number = static_cast<std::uint32_t>(things_.size());
  const auto all = [&](std::string_view names, NameKind as) {
    for (const std::string_view name : split(names, ';'))
      if (!name.empty()) add_name(name, number, as);
  };
  Thing thing;
  if (kind == "words") {
    if (std::none_of(kClasses.begin(), kClasses.end(), [&](const auto& c) { return c.first == column(0); }))
      return Error(ResourceError::BadLexicon, "no such class of words: " + std::string(column(0)));
    read_words(column(0), column(1));
    return std::nullopt;
  }
  if (kind == "tone" || kind == "vader") {
    if (read_tone(column(0), column(1))) return std::nullopt;
    return Error(ResourceError::BadLexicon, "a rating is a number between -4 and 4 with one decimal");
  }
  if (kind == "irregular") {
    patterns_.add_irregular(column(0), column(1));
    return std::nullopt;
  }
  if (kind == "events") {
    if (patterns_.add(column(0), column(1), column(2), column(3), words_)) return std::nullopt;
    return Error(ResourceError::BadLexicon, "a weight is a digit, and a pattern neither begins nor ends with a gap");
  }
  if (column(0).empty() || columns.size() < (kind == "places" ? 1U : 2U))
    return Error(ResourceError::BadLexicon, "a row needs a name and a code");
  if (kind == "countries") {
    thing.code = column(0);
    thing.name = without_mark(column(1));
    all(column(1), NameKind::Country);
    all(column(2), NameKind::Country);
    all(column(3), NameKind::Demonym);
    all(column(4), NameKind::Capital);
    countries_.emplace_back(thing.code, number);
  } else if (kind == "cities") {
    thing.kind = NameKind::City;
    thing.name = without_mark(column(0));
    thing.code = column(1);
    for (const char c : column(2))
      if (c >= '0' && c <= '9') thing.thousands = thing.thousands * 10 + static_cast<std::uint32_t>(c - '0');
    add_name(column(0), number, NameKind::City);
  } else if (kind == "places") {
    thing.kind = NameKind::Place;
    thing.name = without_mark(column(0));
    thing.code = column(1);
    add_name(column(0), number, NameKind::Place);
    all(column(2), NameKind::Place);
  } else if (kind == "organisations") {
    thing.kind = NameKind::Organisation;
    thing.name = without_mark(column(0));
    thing.code = column(1);
    thing.sector = column(2);
    add_name(column(0), number, NameKind::Organisation);
    all(column(3), NameKind::Organisation);
  } else {  // people
    thing.kind = NameKind::Person;
    thing.name = without_mark(column(0));
    thing.code = column(1);
    thing.role = column(2);
    thing.from = column(3);
    thing.to = column(4);
    thing.sector = "GOV";
    add_name(column(0), number, NameKind::Person);
    all(column(5), NameKind::Person);
  }
  things_.push_back(std::move(thing));
  return std::nullopt;
}

void Lexicon::set_class(std::uint32_t word, WordClass c) {
  if (classes_.size() <= word) classes_.resize(word + 1);
  classes_[word] |= 1U << static_cast<unsigned>(c);
}

void Lexicon::read_words(std::string_view name, std::string_view words) {
  const auto found = std::find_if(kClasses.begin(), kClasses.end(), [&](const auto& c) { return c.first == name; });
  std::string folded;
  for (const std::string_view word : split(words, ' ')) {
    if (word.empty()) continue;
    fold_word(word, folded);
    set_class(words_.add(folded), found->second);
  }
}

/// rating: "-1.6", or what the words do. What was rated before keeps its rating.
bool Lexicon::read_tone(std::string_view rating, std::string_view words) {
  const bool negative = rating.starts_with('-');
  const std::string_view digits = rating.substr(negative);
  const bool rates = digits.size() == 3 && digits[1] == '.' && digits[0] >= '0' && digits[0] <= '4' &&
                     digits[2] >= '0' && digits[2] <= '9';
  if (!rates && rating != "topic" && rating != "booster" && rating != "damper") return false;
  const int tenths = rates ? (digits[0] - '0') * 10 + digits[2] - '0' : 0;
  if (tenths > 40) return false;
  const auto value = static_cast<std::int8_t>(negative ? -tenths : tenths);
  for (std::string_view word : split(words, ' ')) {
    if (word.empty()) continue;
    if (word.ends_with('*')) {
      if (word.size() <= kStemLetters) return false;
      stems_.emplace_back(word.substr(0, word.size() - 1), value);
      continue;
    }
    const std::uint32_t at = words_.add(word);
    if (!rates && rating != "topic") {
      set_class(at, rating == "booster" ? WordClass::Booster : WordClass::Damper);
      continue;
    }
    if (tones_.size() <= at) tones_.resize(at + 1);
    if (tones_[at] == 0 || !rates) tones_[at] = value;
  }
  return true;
}

int Lexicon::tone_of_stem(std::string_view folded) const {
  if (folded.size() < kStemLetters || !stem_begins_[beginning_of(folded)]) return 0;
  auto after = std::upper_bound(stems_.begin(), stems_.end(), folded,
                                [](std::string_view f, const auto& s) { return f < s.first; });
  // a stem that begins the word sorts before it; a longer stem with the same beginning may stand between
  for (int steps = 0; after != stems_.begin() && steps < 4; ++steps) {
    --after;
    if (folded.starts_with(after->first)) return after->second;
  }
  return 0;
}

void Lexicon::add_name(std::string_view name, std::uint32_t thing, NameKind kind) {
  std::string exact;
  if (name.starts_with('=')) {
    name.remove_prefix(1);
    exact = name;
  }
  const TokenText text = tokenise(name, words_);
  std::uint32_t state = 0;
  std::string folded;
  std::uint32_t length = 0;
  for (const Token& token : text.tokens) {
    if (token.kind == TokenKind::Mark) continue;
    fold_word(text.of(token), folded);
    const std::uint32_t word = words_.add(folded);
    std::uint32_t to = follow(state, word);
    if (to == kNoWord) {
      to = static_cast<std::uint32_t>(states_.size());
      states_.emplace_back();
      put_edge({state, word, to});
    }
    state = to;
    ++length;
  }
  if (length == 0) return;
  states_[state].words = length;
  uses_.push_back({thing, kind, std::move(exact), states_[state].use});
  states_[state].use = static_cast<std::uint32_t>(uses_.size() - 1);
}

void Lexicon::put_edge(const Edge& edge) {
  if (edge.from == 0) {
    if (first_.size() <= edge.word) first_.resize(edge.word + 1, kNoWord);
    first_[edge.word] = edge.to;
    return;
  }
  if ((edge_count_ + 1) * 2 > edges_.size()) {
    const auto old = std::exchange(edges_, std::vector<Edge>(std::max<std::size_t>(edges_.size() * 2, 1024)));
    edge_count_ = 0;
    for (const Edge& e : old)
      if (e.to != kNoWord) put_edge(e);
  }
  const std::size_t mask = edges_.size() - 1;
  std::size_t slot = slot_of(edge.from, edge.word, mask);
  while (edges_[slot].to != kNoWord) slot = (slot + 1) & mask;
  edges_[slot] = edge;
  ++edge_count_;
}

std::uint32_t Lexicon::follow(std::uint32_t state, std::uint32_t word) const {
  if (state == 0) return word < first_.size() ? first_[word] : kNoWord;
  if (edges_.empty()) return kNoWord;
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t slot = slot_of(state, word, mask);; slot = (slot + 1) & mask) {
    const Edge& edge = edges_[slot];
    if ((edge.from == state && edge.word == word) || edge.to == kNoWord) return edge.to;
  }
}

/// Breadth first: a state is made after its parent, and its longest proper suffix is shallower.
void Lexicon::fill_in() {
  std::vector<Edge> edges;
  for (std::uint32_t word = 0; word < first_.size(); ++word) edges.push_back({0, word, first_[word]});
  edges.insert(edges.end(), edges_.begin(), edges_.end());
  std::erase_if(edges, [](const Edge& e) { return e.to == kNoWord; });
  std::vector<std::uint32_t> depth(states_.size());
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.to < b.to; });
  for (const Edge& e : edges) depth[e.to] = depth[e.from] + 1;  // parents have smaller numbers
  std::stable_sort(edges.begin(), edges.end(), [&](const Edge& a, const Edge& b) { return depth[a.to] < depth[b.to]; });
  for (const Edge& e : edges) {
    std::uint32_t fail = 0;
    if (e.from != 0) {
      for (std::uint32_t at = states_[e.from].fail;; at = states_[at].fail) {
        const std::uint32_t to = follow(at, e.word);
        if (to != kNoWord) {
          fail = to;
          break;
        }
        if (at == 0) break;
      }
    }
    states_[e.to].fail = fail;
    states_[e.to].shorter = states_[fail].use != kNoWord ? fail : states_[fail].shorter;
  }
}

namespace {

/// Either bracket of "(Vladimir) Putin": what was left out of a quotation belongs to the name.
bool brackets_one_word(const TokenText& text, std::uint32_t i) {
  const auto encloses = [&](std::uint32_t open) {
    return ((text.is_mark(open, '(') && text.is_mark(open + 2, ')')) ||
            (text.is_mark(open, '[') && text.is_mark(open + 2, ']'))) &&
           text.tokens[open + 1].is_word();
  };
  return encloses(i) || (i >= 2 && encloses(i - 2));
}

}  // namespace

std::vector<NameHit> Lexicon::names(const TokenText& text) const {
  std::vector<NameHit> hits;
  std::vector<std::uint32_t> word_tokens;  // the automaton reads over hyphens and stops; positions of what it reads
  std::uint32_t state = 0;
  std::uint32_t sentence = kNoWord;
  for (std::uint32_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    if (token.sentence != sentence || token.kind == TokenKind::Possessive ||
        (token.kind == TokenKind::Mark && token.mark != '.' && !brackets_one_word(text, i)))
      state = 0;
    sentence = token.sentence;
    if (token.kind == TokenKind::Mark || token.kind == TokenKind::Possessive) continue;
    word_tokens.push_back(i);
    if (token.word == kNoWord) {
      state = 0;
      continue;
    }
    std::uint32_t to = follow(state, token.word);
    while (to == kNoWord && state != 0) {
      state = states_[state].fail;
      to = follow(state, token.word);
    }
    state = to == kNoWord ? 0 : to;
    for (std::uint32_t at = states_[state].use != kNoWord ? state : states_[state].shorter; at != kNoWord;
         at = states_[at].shorter) {
      if (states_[at].words > word_tokens.size()) continue;
      const std::uint32_t first = word_tokens[word_tokens.size() - states_[at].words];
      for (std::uint32_t u = states_[at].use; u != kNoWord; u = uses_[u].next) {
        const Use& use = uses_[u];
        if (use.exact.empty() ? !starts_capital(text.tokens[first]) && !starts_capital(token)
                              : text.of(first, i) != use.exact)
          continue;
        hits.push_back({first, i, use.thing, use.kind});
      }
    }
  }
  std::stable_sort(hits.begin(), hits.end(), [](const NameHit& a, const NameHit& b) {
    return a.first != b.first ? a.first < b.first : a.last > b.last;
  });
  std::vector<NameHit> kept;
  for (const NameHit& hit : hits) {
    if (!kept.empty() && hit.last <= kept.back().last &&
        !(hit.first == kept.back().first && hit.last == kept.back().last))
      continue;
    if (!kept.empty() && hit.first <= kept.back().last && hit.first != kept.back().first) continue;
    kept.push_back(hit);
  }
  return kept;
}

std::optional<std::uint32_t> Lexicon::country(std::string_view code) const {
  const auto at = std::lower_bound(countries_.begin(), countries_.end(), code,
                                   [](const auto& c, std::string_view wanted) { return c.first < wanted; });
  if (at == countries_.end() || at->first != code) return std::nullopt;
  return at->second;
}

std::optional<std::uint32_t> Lexicon::holder(std::string_view surname, std::string_view country,
                                             std::string_view day) const {
  std::optional<std::uint32_t> found;
  for (std::uint32_t i = 0; i < things_.size(); ++i) {
    const Thing& t = things_[i];
    if (t.kind != NameKind::Person || (!country.empty() && t.code != country)) continue;
    const bool named = t.name.ends_with(surname) ||
                       (t.name.starts_with(surname) && t.name.size() > surname.size() && t.name[surname.size()] == ' ');
    if (!named || t.role.ends_with("spokesperson") || t.role.ends_with("spokesman")) continue;
    if (!day.empty() && (day.substr(0, t.from.size()) < t.from || (!t.to.empty() && day.substr(0, t.to.size()) > t.to)))
      continue;
    if (found && things_[*found].name != t.name) return std::nullopt;
    found = i;
  }
  return found;
}

std::size_t Lexicon::bytes() const {
  std::size_t sum = words_.bytes() + classes_.capacity() * 4 + tones_.capacity() + edges_.capacity() * sizeof(Edge) +
                    first_.capacity() * 4 + states_.capacity() * sizeof(State) + uses_.capacity() * sizeof(Use) +
                    things_.capacity() * sizeof(Thing);
  for (const Thing& t : things_)
    sum += t.name.capacity() + t.code.capacity() + t.sector.capacity() + t.role.capacity() + t.from.capacity() +
           t.to.capacity();
  return sum;
}

}  // namespace newsd
