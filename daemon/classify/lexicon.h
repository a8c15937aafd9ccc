// The lexicons as one machine: every word they know with what it may do, and every name of theirs in one Aho–Corasick
// automaton (Aho and Corasick 1975) over word numbers, so that one pass over an article's tokens finds all. Words, not
// bytes: the tokens carry their numbers already, and the automaton stays a tenth as large. Built from the texts of
// conf/lexicon, immutable afterwards; any thread.
#pragma once

#include "daemon/classify/event_patterns.h"
#include "daemon/classify/token.h"
#include "daemon/classify/vocabulary.h"
#include "feeds/article/result.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newsd {

struct NamedText;

/// What a word may do: classes of words.en.tsv but for the last two, as bits.
enum class WordClass : std::uint8_t {
  Title,
  Honorific,
  Pronoun,
  Institution,
  Document,
  Person,
  Cue,
  Speech,
  Auxiliary,
  Be,
  Negation,
  Modal,
  Future,
  Determiner,
  Preposition,
  Conjunction,
  Location,
  PlaceNoun,
  OrgSuffix,
  FirstPerson,
  Given,
  Initial,
  Booster,  ///< of tone.en.tsv
  Damper,   ///< of tone.en.tsv
  Work      ///< what a title in quotation marks is of
};

enum class NameKind : std::uint8_t { Country, Demonym, Capital, City, Place, Organisation, Person };

/// A country (or a body with an actor code), place, organisation or holder of an office. names: of Lexicon::things.
struct Thing {
  NameKind kind = NameKind::Country;
  std::string name;
  std::string code;    ///< alpha-3 or an actor code; of a city or place its country's
  std::string sector;  ///< GOV, MIL, IGO …
  std::string role;    ///< of a person
  std::string from, to;
  std::uint32_t thousands = 0;  ///< inhabitants of a city
};

/// Tokens [first, last] are a name of things[thing], as kind.
struct NameHit {
  std::uint32_t first = 0, last = 0;
  std::uint32_t thing = 0;
  NameKind kind = NameKind::Country;
};

/// The file of a path: "people.desk.tsv".
std::string_view file_of(std::string_view path);
/// What a lexicon holds, by its file's name up to the first stop: "people" of "people.desk.tsv".
std::string_view lexicon_kind(std::string_view path);

class Lexicon {
 public:
  /// files: read as their names say (lexicon_kind), in this order. An Error's `where` is file:line.
  static Result<Lexicon> make(std::span<const NamedText> files);

  const Vocabulary& vocabulary() const { return words_; }
  bool is(std::uint32_t word, WordClass c) const { return (classes_of(word) >> static_cast<unsigned>(c) & 1) != 0; }
  /// A bit a WordClass.
  std::uint32_t classes_of(std::uint32_t word) const { return word < classes_.size() ? classes_[word] : 0; }
  /// Of vader.en.tsv and tone.en.tsv, tenths: −40 … 40.
  int tone(std::uint32_t word) const { return word < tones_.size() ? tones_[word] : 0; }
  /// Longest "ending in anything" entry of the tone lexicon; for words that are not in the vocabulary.
  int tone_of_stem(std::string_view folded) const;

  const EventPatterns& patterns() const { return patterns_; }
  const Thing& thing(std::uint32_t index) const { return things_[index]; }
  /// The country of an alpha-3 code.
  std::optional<std::uint32_t> country(std::string_view code) const;
  /// Who held an office of a country at a day ("2022-10-28"; empty: whoever is the only one known with that surname).
  std::optional<std::uint32_t> holder(std::string_view surname, std::string_view country, std::string_view day) const;

  /// All names in the tokens, by first token, the longer first; shorter ones within a longer one are left out.
  std::vector<NameHit> names(const TokenText& text) const;

  std::size_t bytes() const;

 private:
  struct Use {
    std::uint32_t thing = 0;
    NameKind kind = NameKind::Country;
    std::string exact;  ///< as it must be written; empty: with a capital
    std::uint32_t next = kNoWord;
  };
  struct State {
    std::uint32_t use = kNoWord;  ///< the uses that end here, a list
    std::uint32_t words = 0;
    std::uint32_t fail = 0;
    std::uint32_t shorter = kNoWord;  ///< the longest proper suffix at which a name ends
  };

  /// On `word` the state `to` follows the state `from`.
  struct Edge {
    std::uint32_t from = 0, word = 0, to = kNoWord;
  };

  std::uint32_t follow(std::uint32_t state, std::uint32_t word) const;
  void add_name(std::string_view name, std::uint32_t thing, NameKind kind);
  void put_edge(const Edge& edge);
  void fill_in();
  std::optional<Error> read(const NamedText& file);
  std::optional<Error> read_row(std::string_view kind, const std::vector<std::string_view>& columns);
  void read_words(std::string_view name, std::string_view words);
  bool read_tone(std::string_view rating, std::string_view words);
  void set_class(std::uint32_t word, WordClass c);

  Vocabulary words_;
  EventPatterns patterns_;
  std::vector<std::uint32_t> classes_;
  std::vector<std::int8_t> tones_;
  std::vector<std::pair<std::string, std::int8_t>> stems_;  ///< sorted
  std::bitset<4096> stem_begins_;                           ///< of the first letters of all, hashed
  std::vector<Thing> things_;
  std::vector<Use> uses_;
  std::vector<State> states_{1};
  std::vector<std::uint32_t> first_;  ///< by word: the state behind state 0, from where nearly all words are asked for
  std::vector<Edge> edges_;           ///< those of the other states: open addressing, a power of two
  std::size_t edge_count_ = 0;
  std::vector<std::pair<std::string, std::uint32_t>> countries_;  ///< by code
};

}  // namespace newsd
