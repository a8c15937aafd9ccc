#include "daemon/classify/name_features.h"

#include "daemon/classify/name_model.h"
#include "daemon/classify/wide.h"

#include <algorithm>

namespace newsd {

namespace {

constexpr std::uint32_t kNothing = 0x9E3779B9;

/// Two numbers to one: little work, as it is done often for each token; hash_values() mixes what comes of it.
constexpr std::uint32_t mix(std::uint32_t a, std::uint32_t b) { return (a ^ a >> 15) * 0x85EBCA6Bu + b * 0xC2B2AE35u; }

/// The features' values become buckets: the upper bits of a product depend on all bits of its factors (Knuth, TAOCP
/// 6.4).
NEWSD_WIDE void hash_values(std::span<NameFeatures> tokens) {
  constexpr std::uint32_t kLanes = 8;
  const auto hash = [](std::uint32_t& value, std::uint32_t n) {
    value = ((value ^ value >> 16) + n * 0x1B873593u) * 0x9E3779B1u >> (32 - kNameBucketBits);
  };
  for (NameFeatures& values : tokens) {
    std::uint32_t n = 0;
    for (; n + kLanes <= kNameFeatures; n += kLanes)
      for (std::uint32_t lane = 0; lane < kLanes; ++lane) hash(values[n + lane], n + lane);
    for (; n < kNameFeatures; ++n) hash(values[n], n);
  }
}

constexpr bool is_capital(unsigned c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(unsigned c) { return c >= '0' && c <= '9'; }

using ByteTable = std::array<std::uint8_t, 256>;

/// ASCII folded; each digit is a 0. Bytes beyond ASCII stand for themselves.
constexpr ByteTable kFolded = [] {
  ByteTable table{};
  for (unsigned c = 0; c < table.size(); ++c)
    table[c] = static_cast<std::uint8_t>(is_digit(c) ? '0' : is_capital(c) ? c | 0x20 : c);
  return table;
}();

constexpr ByteTable kShapes = [] {
  ByteTable table{};
  for (unsigned c = 0; c < table.size(); ++c) {
    const bool small = (c >= 'a' && c <= 'z') || c >= 0x80;
    table[c] = static_cast<std::uint8_t>(is_capital(c) ? 'X' : is_digit(c) ? '0' : small ? 'x' : c);
  }
  return table;
}();

/// FNV-1a.
std::uint32_t hash_of(std::string_view word) {
  std::uint32_t h = 0x811C9DC5;
  for (const char c : word) h = (h ^ kFolded[static_cast<unsigned char>(c)]) * 0x01000193u;
  return h;
}

/// The letters' kinds, three of a run at most: "NATO" and "UNESCO" are alike, "UN" is not.
std::uint32_t shape_hash(std::string_view word) {
  std::uint32_t h = 0x811C9DC5;
  std::uint8_t last = 0;
  int run = 0;
  for (const char c : word) {
    const std::uint8_t shape = kShapes[static_cast<unsigned char>(c)];
    run = shape == last ? run + 1 : 1;
    last = shape;
    if (run <= 3) h = (h ^ shape) * 0x01000193u;
  }
  return h;
}

/// Of the lexicon's classes, those that tell names apart.
constexpr WordClass kTelling[] = {
    WordClass::Title,    WordClass::Honorific, WordClass::Pronoun,   WordClass::Institution, WordClass::Person,
    WordClass::Cue,      WordClass::Auxiliary, WordClass::OrgSuffix, WordClass::Determiner,  WordClass::Preposition,
    WordClass::Location, WordClass::PlaceNoun, WordClass::Given,     WordClass::Initial,     WordClass::Conjunction};

constexpr std::uint32_t kTellingBits = [] {
  std::uint32_t bits = 0;
  for (const WordClass c : kTelling) bits |= std::uint32_t{1} << static_cast<unsigned>(c);
  return bits;
}();

void read_cue(const TokenText& text, std::size_t i, const Lexicon& lexicon, NameCue& cue) {
  const Token& token = text.tokens[i];
  const std::string_view word = text.of(token);
  const auto end_of = [&](std::size_t n) { return hash_of(word.substr(word.size() - std::min(word.size(), n))); };
  cue.word = hash_of(word);
  cue.shape = shape_hash(word);
  if (token.is_word()) cue.classes = lexicon.classes_of(token.word) & kTellingBits;
  cue.letters = static_cast<std::uint8_t>(static_cast<unsigned>(token.kind) * 5 + static_cast<unsigned>(token.letters));
  cue.affixes = {hash_of(word.substr(0, 3)), end_of(3), end_of(4)};
  cue.is_read = true;
}

/// The capitals around a token, particles between them included.
struct Run {
  std::size_t first = 0, last = 0;
  std::uint32_t classes = 0;
};

}  // namespace

NameFeatureReader::NameFeatureReader(const TokenText& text, const Lexicon& lexicon, std::span<const NameSpan> rules,
                                     std::span<const NameHit> hits)
    : text_(text), lexicon_(lexicon), cues_(text.tokens.size()) {
  for (const Sentence& sentence : text.sentences) {
    std::size_t start = sentence.first;
    while (start < sentence.last && text.tokens[start].kind == TokenKind::Mark) ++start;
    if (start < sentence.last) cues_[start].starts = true;
  }
  for (const NameHit& hit : hits)
    for (std::size_t t = hit.first; t <= hit.last; ++t)
      if (cues_[t].gazetteer == 0)
        cues_[t].gazetteer = static_cast<std::uint8_t>(1 + static_cast<unsigned>(hit.kind) * 2 + (t > hit.first));
  for (const NameSpan& span : rules)
    for (std::size_t t = span.first; t <= span.last; ++t)
      cues_[t].rule = static_cast<std::uint8_t>(1 + static_cast<unsigned>(span.kind) * 2 + (t > span.first));
}

void NameFeatureReader::read_cues(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    if (!cues_[i].is_read) read_cue(text_, i, lexicon_, cues_[i]);
}

void NameFeatureReader::read(const Sentence& sentence, std::size_t first, std::size_t last,
                             std::vector<NameFeatures>& out) {
  static const NameCue kBeyond{kNothing, kNothing, 0, 63, 0, 0, false, true, {}};
  constexpr std::size_t kSeen = 2;  // tokens on either side
  read_cues(std::max<std::size_t>(sentence.first, first - std::min(first, kSeen)),
            std::min<std::size_t>(sentence.last, last + kSeen));
  const auto capital = [&](std::size_t i) { return text_.tokens[i].is_word() && text_.tokens[i].is_capital(); };
  const auto joins = [&](std::size_t i) {
    return i + 1 < last && text_.tokens[i].is_word() && text_.tokens[i].end - text_.tokens[i].begin <= 3 &&
           !capital(i) && capital(i + 1);
  };
  out.clear();
  Run run{first, first, 0};
  bool in_run = false;
  for (std::size_t i = first; i < last; ++i) {
    const auto at = [&](std::ptrdiff_t offset) -> const NameCue& {
      const auto t = static_cast<std::ptrdiff_t>(i) + offset;
      return t < static_cast<std::ptrdiff_t>(sentence.first) || t >= static_cast<std::ptrdiff_t>(sentence.last)
                 ? kBeyond
                 : cues_[static_cast<std::size_t>(t)];
    };
    if (capital(i) && !(in_run && i <= run.last)) {
      run = {i, i, cues_[i].classes};
      while (run.last + 1 < last && (capital(run.last + 1) || (joins(run.last + 1)))) {
        ++run.last;
        run.classes |= cues_[run.last].classes;
      }
      in_run = true;
    }
    if (i > run.last) in_run = false;
    const NameCue &c = at(0), &b = at(-1), &a = at(1), &b2 = at(-2), &a2 = at(2);
    const std::uint32_t place_in_run = in_run ? static_cast<std::uint32_t>(1 + std::min<std::size_t>(i - run.first, 3) +
                                                                           4 * std::min<std::size_t>(run.last - i, 3))
                                              : 0;
    const NameCue& head = in_run ? cues_[run.last] : kBeyond;
    const NameCue& before_run =
        in_run ? at(static_cast<std::ptrdiff_t>(run.first) - static_cast<std::ptrdiff_t>(i) - 1) : kBeyond;
    const std::uint32_t starts = c.starts;
    std::uint32_t n = 0;
    NameFeatures& features = out.emplace_back();
    const auto put = [&](std::uint32_t value) { features[n++] = value; };
    put(0);
    put(c.word);
    put(b.word);
    put(a.word);
    put(b2.word);
    put(a2.word);
    put(mix(c.word, a.word));
    for (const std::uint32_t affix : c.affixes) put(mix(affix, c.letters));
    put(mix(c.shape, a.shape));
    put(mix(c.classes, c.letters));
    put(mix(mix(b.classes, a.classes), c.letters));
    put(mix(c.gazetteer, c.letters));
    put(mix(c.gazetteer, a.gazetteer));
    put(mix(c.gazetteer, mix(b.letters, a.letters)));
    put(mix(c.gazetteer, b.word));
    put(mix(c.rule, a.rule));
    put(mix(c.rule, c.word));
    put(mix(c.rule, b.word));
    put(mix(c.rule, a.word));
    put(mix(c.rule, c.shape));
    put(mix(place_in_run, starts));
    put(mix(head.word, place_in_run));
    put(mix(head.word, in_run));
    put(mix(run.classes * in_run, place_in_run));
    put(mix(before_run.word, mix(in_run, i == run.first)));
  }
  static_assert(kNameFeatures == 27);
  hash_values(out);
}

}  // namespace newsd
