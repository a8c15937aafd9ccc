#include "feeds/extract/source_knowledge.h"

#include <algorithm>
#include <limits>

namespace newsd {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kLongestSource = 1024;

/// Articles that a trait's share is taken of; of a longer history the older half counts half.
constexpr std::uint32_t kSpan = 128;
/// What stands in fewer than one in so many articles is no habit of the source: it makes room.
constexpr std::uint32_t kRare = 16;
/// Elements remembered of a source: layouts of its pages.
constexpr std::size_t kContainers = 8;

std::uint32_t span_of(const Trait& trait, std::uint32_t articles) { return articles - trait.first + 1; }

bool comes_before(const Trait& trait, std::uint64_t key) { return trait.key < key; }

void see(Trait& trait, std::uint32_t article) {
  trait.last = article;
  ++trait.articles;
  if (const std::uint32_t span = span_of(trait, article); span > kSpan) {
    trait.first = article - span / 2 + 1;
    trait.articles = (trait.articles + 1) / 2;
  }
}

/// Both ascending.
void see_all(std::vector<Trait>& traits, const std::vector<std::uint64_t>& keys, std::uint32_t article) {
  std::vector<Trait> all;
  all.reserve(traits.size() + keys.size());
  auto old = traits.begin();
  for (const std::uint64_t key : keys) {
    while (old != traits.end() && old->key < key) all.push_back(*old++);
    Trait trait{key, 0, article, article};
    if (old != traits.end() && old->key == key) trait = *old++;
    see(trait, article);
    all.push_back(trait);
  }
  all.insert(all.end(), old, traits.end());
  traits = std::move(all);
}

/// What was not seen for long or is rare goes; if there is still too much, what was seen least.
void forget(std::vector<Trait>& traits, std::uint32_t article, std::uint32_t after, std::size_t most) {
  std::erase_if(traits, [&](const Trait& trait) {
    return article - trait.last >= after || trait.articles * kRare < span_of(trait, article);
  });
  if (traits.size() <= most) return;
  std::sort(traits.begin(), traits.end(), [](const Trait& a, const Trait& b) {
    if (a.articles != b.articles) return a.articles > b.articles;
    return a.last != b.last ? a.last > b.last : a.key < b.key;
  });
  traits.resize(most);
  std::sort(traits.begin(), traits.end(), [](const Trait& a, const Trait& b) { return a.key < b.key; });
}

void put_number(std::string& out, std::uint64_t n) {
  for (; n >= 0x80; n >>= 7) out += static_cast<char>(n | 0x80);
  out += static_cast<char>(n);
}

void put_key(std::string& out, std::uint64_t key) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(key >> shift);
}

void put_traits(std::string& out, const std::vector<Trait>& traits, std::uint32_t articles) {
  put_number(out, traits.size());
  for (const Trait& trait : traits) {
    put_key(out, trait.key);
    put_number(out, trait.articles);
    put_number(out, articles - trait.first);
    put_number(out, articles - trait.last);
  }
}

/// Takes what stands next. After something that was not there or made no sense, good() is false and all is nothing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  bool good() const { return good_; }
  bool ended() const { return good_ && left_.empty(); }

  std::uint64_t number(std::uint64_t most) {
    std::uint64_t n = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<std::uint8_t>(take(1).front());
      n |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return n <= most ? n : fail();
    }
    return fail();
  }

  std::uint64_t key() {
    std::uint64_t key = 0;
    int shift = 0;
    for (const char c : take(8)) key |= std::uint64_t{static_cast<std::uint8_t>(c)} << shift, shift += 8;
    return key;
  }

  /// Of `size` bytes, which is more than none.
  std::string_view take(std::size_t size) {
    static constexpr std::string_view kNothing("\0\0\0\0\0\0\0\0", 8);
    if (!good_ || size > left_.size()) {
      fail();
      return kNothing;
    }
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  /// A count of things that take at least `size` bytes each.
  std::size_t count(std::size_t size) { return static_cast<std::size_t>(number(left_.size() / size)); }

  std::vector<Trait> traits(std::uint32_t articles) {
    std::vector<Trait> traits(count(11));
    for (Trait& trait : traits) {
      trait.key = key();
      trait.articles = static_cast<std::uint32_t>(number(articles));
      trait.first = articles - static_cast<std::uint32_t>(number(articles - (articles > 0)));
      trait.last = articles - static_cast<std::uint32_t>(number(articles - trait.first));
      if (&trait != traits.data() && (&trait)[-1].key >= trait.key) fail();
    }
    return traits;
  }

  std::uint64_t fail() {
    good_ = false;
    return 0;
  }

 private:
  std::string_view left_;
  bool good_ = true;
};

}  // namespace

void SourceKnowledge::take(const Lesson& lesson, const LearningLimits& limits) {
  ++articles_;
  see_all(lines_, lesson.lines, articles_);
  forget(lines_, articles_, limits.forget, limits.lines);
  if (lesson.container == 0) return;
  see_all(containers_, {lesson.container}, articles_);
  forget(containers_, articles_, limits.forget, kContainers);
}

std::uint32_t SourceKnowledge::habit(std::uint64_t line, std::uint32_t enough, std::uint32_t one_in) const {
  const auto found = std::lower_bound(lines_.begin(), lines_.end(), line, comes_before);
  if (found == lines_.end() || found->key != line || found->articles < enough) return 0;
  return std::uint64_t{found->articles} * one_in >= span_of(*found, articles_) ? found->articles : 0;
}

std::size_t SourceKnowledge::known_lines(std::uint32_t enough) const {
  return static_cast<std::size_t>(
      std::count_if(lines_.begin(), lines_.end(), [&](const Trait& trait) { return trait.articles >= enough; }));
}

std::optional<std::uint64_t> SourceKnowledge::container(std::uint32_t enough) const {
  for (const Trait& trait : containers_) {
    if (trait.articles >= enough && trait.articles * 2 > span_of(trait, articles_)) return trait.key;
  }
  return std::nullopt;
}

std::string SourceKnowledge::encode() const {
  std::string out(1, kVersion);
  put_number(out, articles_);
  put_traits(out, lines_, articles_);
  put_traits(out, containers_, articles_);
  return out;
}

std::optional<SourceKnowledge> SourceKnowledge::decode(std::string_view bytes) {
  Reader reader(bytes);
  if (reader.take(1).front() != kVersion) return std::nullopt;
  SourceKnowledge out;
  out.articles_ = static_cast<std::uint32_t>(reader.number(std::numeric_limits<std::uint32_t>::max()));
  out.lines_ = reader.traits(out.articles_);
  out.containers_ = reader.traits(out.articles_);
  if (!reader.ended()) return std::nullopt;
  return out;
}

std::string encode(const Lesson& lesson) {
  std::string out(1, kVersion);
  put_number(out, lesson.source.size());
  out += lesson.source;
  put_number(out, lesson.lines.size());
  for (const std::uint64_t line : lesson.lines) put_key(out, line);
  put_key(out, lesson.container);
  return out;
}

std::optional<Lesson> decode_lesson(std::string_view bytes) {
  Reader reader(bytes);
  if (reader.take(1).front() != kVersion) return std::nullopt;
  Lesson out;
  const auto length = static_cast<std::size_t>(reader.number(kLongestSource));
  if (length == 0) return std::nullopt;
  out.source = reader.take(length);
  out.lines.resize(reader.count(8));
  for (std::uint64_t& line : out.lines) line = reader.key();
  out.container = reader.key();
  const bool ascends =
      std::adjacent_find(out.lines.begin(), out.lines.end(), std::greater_equal<>()) == out.lines.end();
  if (!reader.ended() || !ascends) return std::nullopt;
  return out;
}

}  // namespace newsd
