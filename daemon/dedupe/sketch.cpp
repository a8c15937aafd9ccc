#include "daemon/dedupe/sketch.h"

#include "daemon/dedupe/content.h"
#include "daemon/dedupe/word_lists.h"
#include "daemon/dedupe/word_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <numeric>
#include <span>
#include <utility>

namespace newsd {
namespace {

/// splitmix64's last step: neighbouring values of a product come out unlike.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

std::uint32_t hash_of_name(std::string_view name) {
  if (name.empty()) return 0;
  std::uint64_t hash = 0;
  thread_local std::vector<ScannedWord> words;
  words.clear();
  scan_words(name, 0, words);
  for (const ScannedWord& word : words) hash = hash * 0x9E3779B97F4A7C15u + word.hash;
  return words.empty() ? 0 : short_hash(hash);
}

/// Of the words on either side.
std::uint32_t place_hash(std::uint64_t before, std::uint64_t after) {
  return short_hash(before * 0x9E3779B97F4A7C15u + after) >> (32 - kContextBits);
}

/// Sorts what has keys that are spread evenly up to `most`: into buckets by their upper bits, which leaves little to
/// do, unless somebody chose the words so that they fall into a few.
template <class T, class Less>
void sort_even(std::vector<T>& values, std::uint32_t most, std::uint32_t T::*key, Less less) {
  constexpr unsigned kBucketBits = 8;
  constexpr std::uint32_t kFew = 32;
  const auto bits = static_cast<unsigned>(std::bit_width(most));
  const unsigned shift = bits > kBucketBits ? bits - kBucketBits : 0;
  std::array<std::uint32_t, (1u << kBucketBits) + 1> ends{};  // at first where each bucket begins
  for (const T& value : values) ++ends[(value.*key >> shift) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  thread_local std::vector<T> sorted;
  sorted.resize(values.size());
  for (const T& value : values) sorted.data()[ends[value.*key >> shift]++] = value;
  T* const all = sorted.data();
  std::uint32_t begin = 0;
  for (const std::uint32_t end : std::span(ends).first(ends.size() - 1)) {
    if (end - begin > kFew) std::sort(all + begin, all + end, less);
    for (T* next = all + begin; end - begin <= kFew && next != all + end; ++next) {
      const T value = *next;
      T* at = next;
      for (; at != all + begin && less(value, at[-1]); --at) *at = at[-1];
      *at = value;
    }
    begin = end;
  }
  values.swap(sorted);
}

struct Placed {
  std::uint32_t hash, at;
  bool operator<(const Placed& other) const { return hash < other.hash || (hash == other.hash && at < other.at); }
};

/// The shingles with hashes up to `most`.
void each_shingle(const std::vector<ScannedWord>& words, std::vector<Placed>& found, std::uint32_t most) {
  found.resize(words.size());
  Placed* next = found.data();
  const ScannedWord* const end = words.data() + words.size();
  for (const ScannedWord* word = words.data(); end - word >= std::ptrdiff_t{kShingleWords}; ++word) {
    const std::uint64_t hash = word[0].hash * 0x9E3779B97F4A7C15u + word[1].hash * 0xC2B2AE3D27D4EB4Fu +
                               word[2].hash * 0x165667B19E3779F9u + word[3].hash * 0xD6E8FEB86659FD93u;
    const auto shingle = static_cast<std::uint32_t>(mixed(hash) >> 32);
    *next = {shingle, word->at};
    next += shingle <= most;  // no branch: nobody could foresee it
  }
  found.resize(static_cast<std::size_t>(next - found.data()));
}

/// The words' shingles, those below the limit only, each once, where it stands first.
void sample_shingles(const std::vector<ScannedWord>& words, Sketch& sketch, SketchText& text) {
  if (words.size() < kLeastWords) return;
  const std::size_t count = words.size() - kShingleWords + 1;
  const std::size_t wanted = std::clamp(count / kOneIn, kFewShingles, kMostShingles);
  thread_local std::vector<Placed> all;
  all.clear();
  std::uint32_t most = UINT32_MAX;
  if (wanted < count) {
    // hashes are even: those that are wanted lie below this with some to spare, and only they need sorting out
    constexpr double kSpare = 1.6;
    const double share = std::min(1.0, kSpare * static_cast<double>(wanted) / static_cast<double>(count));
    most = static_cast<std::uint32_t>(share * UINT32_MAX);
    each_shingle(words, all, most);
  }
  if (all.size() <= wanted) {  // a short text, or one that repeats itself
    most = UINT32_MAX;
    each_shingle(words, all, most);
  }
  sketch.limit = UINT32_MAX;
  if (wanted < count && all.size() > 2 * wanted) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(wanted), all.end());
    all.resize(wanted + 1);
  }
  sort_even(all, most, &Placed::hash, std::less<>());
  if (wanted < count) {
    sketch.limit = std::max(all[wanted].hash, 1u);
    all.resize(wanted);
  }
  sketch.shingles.reserve(all.size());
  text.shingle_at.reserve(all.size());
  for (const Placed& shingle : all) {
    if (shingle.hash >= sketch.limit || (!sketch.shingles.empty() && sketch.shingles.back() == shingle.hash)) continue;
    sketch.shingles.push_back(shingle.hash);
    text.shingle_at.push_back(shingle.at);
  }
}

/// Digits as they stand, without thousands' separators; number words as digits.
std::array<char, 12> number_text(std::string_view written, const ScannedWord& word) {
  std::array<char, 12> text{};
  if (!word.is_number) written = number_words().find(word.hash);
  std::size_t used = 0;
  for (const char c : written) {
    if (c != ',' && used + 1 < text.size()) text[used++] = c;
  }
  return text;
}

void collect_numbers(const std::vector<ScannedWord>& words, Sketch& sketch, SketchText& text) {
  thread_local std::vector<std::pair<Number, std::uint32_t>> found;
  found.clear();
  const auto context_of = [&](std::size_t i) -> std::uint64_t {
    return i >= words.size() ? 0 : words[i].is_number ? 1 : words[i].hash;
  };
  const NumberWords& named = number_words();
  for (std::size_t i = 0; i < words.size() && found.size() < kMostNumbers; ++i) {
    const ScannedWord& word = words[i];
    if (word.is_clock || !(word.is_number || !named.find(word.hash).empty())) continue;
    const std::uint64_t before = i == 0 ? 0 : context_of(i - 1);
    Number number;
    number.context = place_hash(before, context_of(i + 1));
    number.text = number_text(std::string_view(text.text).substr(word.at, word.bytes), word);
    found.emplace_back(number, word.at);
  }
  std::sort(found.begin(), found.end());
  for (const auto& [number, at] : found) {
    if (!sketch.numbers.empty() && sketch.numbers.back() == number) continue;
    sketch.numbers.push_back(number);
    text.number_at.push_back(at);
  }
}

/// Whether a paragraph is written like a headline, so that its capitals say nothing.
bool is_shouting(const ScannedWord* begin, const ScannedWord* end) {
  const auto capitals = std::count_if(begin, end, [](const ScannedWord& w) { return w.is_capital | w.is_number; });
  return capitals * 2 > end - begin;
}

/// Words with a capital inside sentences: each for itself, and those that stand together as one name in its place.
void collect_names(const ScannedWord* begin, const ScannedWord* end, std::string_view text, Sketch& sketch) {
  if (is_shouting(begin, end)) return;
  const auto is_name = [](const ScannedWord& word) { return word.is_capital && !word.begins_sentence; };
  const auto context_of = [&](const ScannedWord* word) -> std::uint64_t { return word->is_number ? 1 : word->hash; };
  for (const ScannedWord* word = begin; word != end;) {
    if (!is_name(*word)) {
      ++word;
      continue;
    }
    const std::uint64_t before = word == begin ? 0 : context_of(word - 1);
    std::uint64_t name = 0;
    for (; word != end && is_name(*word); ++word) {
      if (word->bytes < 3 || is_calendar_word(word->hash)) continue;
      const std::uint64_t hash = plain_hash(text, *word);
      sketch.names.push_back(short_hash(hash));
      name = name * 0x9E3779B97F4A7C15u + hash;
    }
    if (name == 0) continue;
    const std::uint64_t after = word == end ? 0 : context_of(word);
    sketch.placed_names.push_back({place_hash(before, after), short_hash(name) >> (32 - kPlacedNameBits)});
  }
}

template <class T>
void sort_unique(std::vector<T>& values, std::size_t most) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.size() > most) values.resize(most);
}

/// Counts words in an open table that is used again from article to article.
class TermCounter {
 public:
  TermCounter() : slots_(kSlots) {}
  std::vector<Term> count(const std::vector<ScannedWord>& words, std::string_view text) {
    ++round_;
    terms_.clear();
    const ListedWords& stops = stop_words();
    for (const ScannedWord& word : words) {
      if (word.is_number || word.bytes < 3 || stops.contains(word.hash)) continue;
      add(short_hash(plain_hash(text, word)));
    }
    sort_even(terms_, UINT32_MAX, &Term::word, [](const Term& a, const Term& b) { return a.word < b.word; });
    return terms_;
  }

 private:
  static constexpr std::size_t kSlots = 512;
  static_assert(kMostTerms * 2 <= kSlots);
  struct Slot {
    std::uint32_t round = 0, word = 0, term = 0;
  };
  void add(std::uint32_t word) {
    for (std::size_t at = word % kSlots;; at = (at + 1) % kSlots) {
      Slot& slot = slots_.data()[at];
      if (slot.round == round_) {
        if (slot.word != word) continue;
        std::uint8_t& count = terms_.data()[slot.term].count;
        if (count < UINT8_MAX) ++count;
        return;
      }
      if (terms_.size() >= kMostTerms) return;
      slot = {round_, word, static_cast<std::uint32_t>(terms_.size())};
      terms_.push_back({word, 1});
      return;
    }
  }
  std::vector<Slot> slots_;
  std::vector<Term> terms_;
  std::uint32_t round_ = 0;
};

void sketch_headline(const Article& article, Sketch& sketch) {
  thread_local std::vector<ScannedWord> words;
  words.clear();
  const std::string_view headline = article.headline.empty() ? article.title : article.headline;
  scan_words(headline, 0, words);
  std::uint64_t series = sketch.source;
  for (const ScannedWord& word : words) {
    const bool varies = word.is_number || is_calendar_word(word.hash) || !number_words().find(word.hash).empty();
    series = series * 0x9E3779B97F4A7C15u + (varies ? 1 : word.hash);
    if (!word.is_number && word.bytes >= 3 && !stop_words().contains(word.hash))
      sketch.title.push_back(short_hash(plain_hash(headline, word)));
  }
  if (words.size() >= 2 && sketch.source != 0) sketch.series = short_hash(series);
  sort_unique(sketch.title, kMostTitleWords);
}

std::optional<Instant> published_at(const Article& article) {
  if (!article.published || article.published->precision > Precision::Day) return std::nullopt;
  return parse_rfc3339(article.published->value);
}

}  // namespace

Sketched sketch_of(const Article& article, ComparedBody body) {
  Sketched made;
  Sketch& sketch = made.sketch;
  SketchText& text = made.text;
  text.text = std::move(body.text);
  const std::vector<ScannedWord>& words = body.words;
  for (std::size_t i = 0; i < body.paragraphs.size(); ++i) {
    const std::size_t end = i + 1 < body.paragraphs.size() ? body.paragraphs[i + 1] : words.size();
    collect_names(words.data() + body.paragraphs[i], words.data() + end, text.text, sketch);
  }
  sort_unique(sketch.names, kMostNames);
  sort_unique(sketch.placed_names, kMostPlacedNames);
  sketch.words = static_cast<std::uint32_t>(words.size());
  sample_shingles(words, sketch, text);
  collect_numbers(words, sketch, text);
  thread_local TermCounter counter;
  sketch.terms = counter.count(words, text.text);
  sketch.host = article.url ? hash_of_name(article.url->host()) : 0;
  sketch.source = article.publisher.empty() ? sketch.host : hash_of_name(article.publisher);
  sketch_headline(article, sketch);
  sketch.published = published_at(article);
  return made;
}

namespace {

/// `count` words from `at`, as they stand.
std::string_view words_from(std::string_view text, std::size_t at, std::size_t count) {
  thread_local std::vector<ScannedWord> words;
  constexpr std::size_t kFar = 400, kNear = 64;
  // nearly always they stand close by; a word behind them shows that the last is whole, and as few words as a third of
  // the bytes that those further off are not too many, as a word takes two bytes at least
  for (const std::size_t bytes : {kNear, kFar}) {
    words.clear();
    scan_words(text.substr(at, bytes), 0, words);
    if (words.size() > count && words.size() <= kNear / 3) break;
  }
  if (words.size() > kFar / 2 || words.empty()) return {};
  const ScannedWord& last = words[std::min(count, words.size()) - 1];
  return text.substr(at, last.at + last.bytes);
}

}  // namespace

std::string shingle_words(const SketchText& text, std::size_t shingle) {
  std::string words(words_from(text.text, text.shingle_at[shingle], kShingleWords));
  std::replace(words.begin(), words.end(), '\n', ' ');
  return words;
}

std::string number_words(const SketchText& text, std::size_t number) {
  constexpr std::size_t kBefore = 3, kAfter = 3;
  const std::string_view all = text.text;
  const std::size_t at = text.number_at[number];
  std::size_t begin = at;
  for (std::size_t word = 0; word < kBefore && begin > 0; ++word) {
    std::size_t space = all.find_last_of(" \n", begin >= 2 ? begin - 2 : 0);
    begin = space == std::string_view::npos ? 0 : space + 1;
  }
  const std::string_view after = words_from(all, at, 1 + kAfter);
  std::string words(all.substr(begin, at - begin));
  words += after;
  std::replace(words.begin(), words.end(), '\n', ' ');
  return words;
}

}  // namespace newsd
