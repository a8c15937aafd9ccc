// Ascending hashes are spread evenly, so the gaps between them are packed by a Golomb-Rice code (Golomb 1966, Rice
// 1979): what exceeds the mean gap's power of two in ones and a zero, the rest in bits. A hash out of n takes little
// more than the 32 − log2(n) + 1.5 bits that it is.
#include "daemon/dedupe/packed_sketch.h"

#include <algorithm>
#include <bit>
#include <span>
#include <string_view>
#include <vector>

namespace newsd {
namespace {

constexpr unsigned kCountBits = 9, kDigitBits = 4;
constexpr std::string_view kDigits = "0123456789.";
constexpr std::uint32_t kContexts = (1u << kContextBits) - 1;
static_assert(kMostShingles < (1u << kCountBits));

class BitWriter {
 public:
  explicit BitWriter(std::vector<std::uint32_t>& words) : words_(words) { words_.clear(); }
  void put(std::uint32_t value, unsigned bits) {
    if (bits == 0) return;
    const auto shift = static_cast<unsigned>(at_ % 32);
    if (shift == 0) words_.push_back(0);
    const std::uint64_t shifted = std::uint64_t{value} << shift;
    words_.back() |= static_cast<std::uint32_t>(shifted);
    if (shift + bits > 32) words_.push_back(static_cast<std::uint32_t>(shifted >> 32));
    at_ += bits;
  }
  void ones(std::uint32_t count) {
    for (; count > 0; --count) put(1, 1);
  }

 private:
  std::vector<std::uint32_t>& words_;
  std::size_t at_ = 0;
};

class BitReader {
 public:
  explicit BitReader(std::span<const std::uint32_t> words) : words_(words) {}
  std::uint32_t get(unsigned bits) {
    if (bits == 0) return 0;
    const std::size_t word = at_ / 32;
    const auto shift = static_cast<unsigned>(at_ % 32);
    std::uint64_t value = words_[word];
    if (shift + bits > 32) value |= std::uint64_t{words_[word + 1]} << 32;
    at_ += bits;
    return static_cast<std::uint32_t>(value >> shift & ((std::uint64_t{1} << bits) - 1));
  }
  std::uint32_t ones() {
    std::uint32_t count = 0;
    while (get(1) != 0) ++count;
    return count;
  }

 private:
  std::span<const std::uint32_t> words_;
  std::size_t at_ = 0;
};

/// Bits of a gap that are written as they are, where `count` hashes lie below `limit`.
unsigned plain_bits(std::uint32_t limit, std::size_t count) {
  const auto mean = count == 0 ? 0 : static_cast<std::uint32_t>(limit / count);
  return mean == 0 ? 0 : static_cast<unsigned>(std::bit_width(mean)) - 1;
}

/// hash_of(entry): ascending. put_rest(entry): what else is to be written of it.
template <class List, class HashOf, class PutRest>
void put_ascending(BitWriter& out, const List& list, std::uint32_t limit, HashOf hash_of, PutRest put_rest) {
  out.put(static_cast<std::uint32_t>(list.size()), kCountBits);
  const unsigned bits = plain_bits(limit, list.size());
  std::uint32_t before = 0;
  for (const auto& entry : list) {
    const std::uint32_t gap = hash_of(entry) - before;
    before = hash_of(entry);
    out.ones(gap >> bits);
    out.put(0, 1);
    out.put(gap & ((1u << bits) - 1), bits);
    put_rest(entry);
  }
}
void put_ascending(BitWriter& out, const std::vector<std::uint32_t>& list, std::uint32_t limit) {
  put_ascending(
      out, list, limit, [](std::uint32_t hash) { return hash; }, [](std::uint32_t) {});
}

/// take(entry, hash): the same on the way back.
template <class List, class Take>
void get_ascending(BitReader& in, List& list, std::uint32_t limit, Take take) {
  list.resize(in.get(kCountBits));
  const unsigned bits = plain_bits(limit, list.size());
  std::uint32_t hash = 0;
  for (auto& entry : list) {
    const std::uint32_t above = in.ones() << bits;
    hash += above | in.get(bits);
    take(entry, hash);
  }
}
void get_ascending(BitReader& in, std::vector<std::uint32_t>& list, std::uint32_t limit) {
  get_ascending(in, list, limit, [](std::uint32_t& entry, std::uint32_t hash) { entry = hash; });
}

void put_digits(BitWriter& out, std::string_view value) {
  out.put(static_cast<std::uint32_t>(value.size()), kDigitBits);
  for (const char c : value) {
    const std::size_t digit = std::min(kDigits.find(c), kDigits.size() - 1);
    out.put(static_cast<std::uint32_t>(digit), kDigitBits);
  }
}
void get_digits(BitReader& in, std::array<char, 12>& text) {
  text = {};
  const std::uint32_t size = in.get(kDigitBits);
  for (std::uint32_t i = 0; i < size; ++i) text[i] = kDigits[in.get(kDigitBits)];
}

}  // namespace

PackedSketch::PackedSketch(const Sketch& sketch, Spill& spill) {
  thread_local std::vector<std::uint32_t> words;
  BitWriter out(words);
  out.put(sketch.limit, 32);
  put_ascending(out, sketch.shingles, sketch.limit);
  put_ascending(out, sketch.names, UINT32_MAX);
  put_ascending(out, sketch.title, UINT32_MAX);
  const auto context = [](const auto& entry) { return entry.context; };
  put_ascending(out, sketch.placed_names, kContexts, context,
                [&](const PlacedName& name) { out.put(name.name, kPlacedNameBits); });
  put_ascending(out, sketch.numbers, kContexts, context, [&](const Number& n) { put_digits(out, n.value()); });
  bits_ = spill.keep(words);
}

void PackedSketch::unpack(Sketch& into) const {
  const std::span<const std::uint32_t> words = bits_.read();
  if (words.empty()) {
    into = Sketch{};
    return;
  }
  BitReader in(words);
  into.limit = in.get(32);
  get_ascending(in, into.shingles, into.limit);
  get_ascending(in, into.names, UINT32_MAX);
  get_ascending(in, into.title, UINT32_MAX);
  get_ascending(in, into.placed_names, kContexts, [&](PlacedName& name, std::uint32_t context) {
    name = {context, in.get(kPlacedNameBits)};
  });
  get_ascending(in, into.numbers, kContexts, [&](Number& number, std::uint32_t context) {
    number.context = context;
    get_digits(in, number.text);
  });
}

}  // namespace newsd
