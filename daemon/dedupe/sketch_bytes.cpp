// Sketches as the journal keeps them: one byte for the version, counts and values as 32-bit little-endian numbers.
#include "daemon/dedupe/sketch.h"

#include <algorithm>
#include <cstring>

namespace newsd {
namespace {

constexpr char kVersion = 1;
constexpr std::uint64_t kUnpublished = UINT64_MAX;

class Writer {
 public:
  Writer() { out_.push_back(kVersion); }
  void value(std::uint32_t v) {
    for (int shift = 0; shift < 32; shift += 8) out_.push_back(static_cast<char>(v >> shift & 0xFF));
  }
  void wide(std::uint64_t v) {
    value(static_cast<std::uint32_t>(v));
    value(static_cast<std::uint32_t>(v >> 32));
  }
  void values(const std::vector<std::uint32_t>& list) {
    value(static_cast<std::uint32_t>(list.size()));
    for (const std::uint32_t v : list) value(v);
  }
  void bytes(const char* data, std::size_t size) { out_.append(data, size); }
  std::string take() { return std::move(out_); }
  void reserve(std::size_t size) { out_.reserve(size); }

 private:
  std::string out_;
};

/// Reads what Writer wrote; after any lack of bytes everything reads as nothing and good() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  std::uint32_t value() {
    std::uint32_t v = 0;
    const std::string_view raw = bytes(4);
    for (std::size_t i = 0; i < raw.size(); ++i)
      v |= static_cast<std::uint32_t>(static_cast<unsigned char>(raw[i])) << (8 * i);
    return v;
  }
  std::uint64_t wide() {
    const std::uint64_t low = value();
    return low | static_cast<std::uint64_t>(value()) << 32;
  }
  std::size_t count(std::size_t most, std::size_t size_of_each) {
    const std::size_t n = value();
    good_ = good_ && n <= most && n * size_of_each <= left_.size();
    return good_ ? n : 0;
  }
  std::vector<std::uint32_t> ascending(std::size_t most) {
    std::vector<std::uint32_t> list(count(most, 4));
    for (std::size_t i = 0; i < list.size(); ++i) {
      list[i] = value();
      good_ = good_ && (i == 0 || list[i - 1] < list[i]);
    }
    return list;
  }
  std::string_view bytes(std::size_t size) {
    if (size > left_.size()) good_ = false;
    if (!good_) return {};
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }
  bool is_at_end() const { return good_ && left_.empty(); }

 private:
  std::string_view left_;
  bool good_ = true;
};

}  // namespace

std::string bytes_of(const Sketch& sketch) {
  Writer out;
  out.reserve(64 + 4 * (sketch.shingles.size() + sketch.names.size() + sketch.title.size()) +
              16 * sketch.numbers.size() + 8 * sketch.placed_names.size() + 5 * sketch.terms.size());
  for (const std::uint32_t v : {sketch.limit, sketch.words, sketch.host, sketch.source, sketch.series}) out.value(v);
  out.wide(sketch.published ? static_cast<std::uint64_t>(sketch.published->time_since_epoch().count()) : kUnpublished);
  out.values(sketch.shingles);
  out.values(sketch.names);
  out.values(sketch.title);
  out.value(static_cast<std::uint32_t>(sketch.numbers.size()));
  for (const Number& number : sketch.numbers) {
    out.value(number.context);
    out.bytes(number.text.data(), number.text.size());
  }
  out.value(static_cast<std::uint32_t>(sketch.placed_names.size()));
  for (const PlacedName& name : sketch.placed_names) {
    out.value(name.context);
    out.value(name.name);
  }
  out.value(static_cast<std::uint32_t>(sketch.terms.size()));
  for (const Term& term : sketch.terms) {
    out.value(term.word);
    const char count = static_cast<char>(term.count);
    out.bytes(&count, 1);
  }
  return out.take();
}

namespace {

/// Digits and points, then nothing but zeros, one at least.
bool is_written_number(const std::array<char, 12>& text) {
  const auto end =
      std::find_if_not(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  return end != text.end() && std::all_of(end, text.end(), [](char c) { return c == '\0'; });
}

/// What the code that reads sketches relies on.
bool is_in_order(const Sketch& sketch) {
  return (sketch.shingles.empty() || sketch.shingles.back() < sketch.limit) &&
         std::is_sorted(sketch.numbers.begin(), sketch.numbers.end()) &&
         std::is_sorted(sketch.placed_names.begin(), sketch.placed_names.end()) &&
         std::all_of(sketch.numbers.begin(), sketch.numbers.end(),
                     [](const Number& n) { return n.context >> kContextBits == 0; }) &&
         std::all_of(sketch.placed_names.begin(), sketch.placed_names.end(), [](const PlacedName& n) {
           return n.context >> kContextBits == 0 && n.name >> kPlacedNameBits == 0;
         });
}

}  // namespace

std::optional<Sketch> sketch_from(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != kVersion) return std::nullopt;
  Reader in(bytes.substr(1));
  Sketch sketch;
  for (std::uint32_t* v : {&sketch.limit, &sketch.words, &sketch.host, &sketch.source, &sketch.series}) *v = in.value();
  if (const std::uint64_t published = in.wide(); published != kUnpublished) {
    sketch.published = Instant(std::chrono::milliseconds(static_cast<std::int64_t>(published)));
  }
  sketch.shingles = in.ascending(kMostShingles);
  sketch.names = in.ascending(kMostNames);
  sketch.title = in.ascending(kMostTitleWords);
  sketch.numbers.resize(in.count(kMostNumbers, 16));
  for (Number& number : sketch.numbers) {
    number.context = in.value();
    const std::string_view text = in.bytes(number.text.size());
    std::memcpy(number.text.data(), text.data(), text.size());
    if (!is_written_number(number.text)) return std::nullopt;
  }
  sketch.placed_names.resize(in.count(kMostPlacedNames, 8));
  for (PlacedName& name : sketch.placed_names) {
    name.context = in.value();
    name.name = in.value();
  }
  sketch.terms.resize(in.count(kMostTerms, 5));
  for (Term& term : sketch.terms) {
    term.word = in.value();
    const std::string_view count = in.bytes(1);
    term.count = count.empty() ? 0 : static_cast<std::uint8_t>(count.front());
  }
  if (!in.is_at_end() || !is_in_order(sketch)) return std::nullopt;
  return sketch;
}

}  // namespace newsd
