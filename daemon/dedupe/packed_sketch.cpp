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
  /// value < 2^bits, bits ≤ kWord.
  void put(std::uint32_t value, unsigned bits) {
    waiting_ |= std::uint64_t{value} << used_;
    used_ += bits;
    if (used_ < kWord) return;
    words_.push_back(static_cast<std::uint32_t>(waiting_));
    waiting_ >>= kWord;
    used_ -= kWord;
  }
  /// So many ones, and a zero after them.
  void ones(std::uint32_t count) {
    for (; count >= kWord; count -= kWord) put(UINT32_MAX, kWord);
    put((1u << count) - 1, count + 1);
  }
  void finish() {
    if (used_ > 0) words_.push_back(static_cast<std::uint32_t>(waiting_));
  }

 private:
  static constexpr unsigned kWord = 32;
  std::vector<std::uint32_t>& words_;
  std::uint64_t waiting_ = 0;
  unsigned used_ = 0;  // bits of what waits
};

class BitReader {
 public:
  explicit BitReader(std::span<const std::uint32_t> words) : words_(words.data()), size_(words.size()) {}
  std::uint32_t get(unsigned bits) {
    const auto value = static_cast<std::uint32_t>(ahead() & ((std::uint64_t{1} << bits) - 1));
    at_ += bits;
    return value;
  }
  std::uint32_t ones() {
    for (std::uint32_t count = 0;; count += kWord) {
      const auto more = static_cast<std::uint32_t>(std::countr_one(static_cast<std::uint32_t>(ahead())));
      at_ += more;
      if (more == kWord) continue;
      ++at_;
      return count + more;
    }
  }

 private:
  static constexpr unsigned kWord = 32;
  /// The next bits, as many as a word has at least; behind the end there are zeros.
  std::uint64_t ahead() const {
    const std::size_t word = at_ / kWord;
    std::uint64_t value = word < size_ ? words_[word] : 0;
    if (word + 1 < size_) value |= std::uint64_t{words_[word + 1]} << kWord;
    return value >> at_ % kWord;
  }
  const std::uint32_t* words_;
  std::size_t size_, at_ = 0;
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
  out.finish();
  bits_ = spill.keep(words);
}

namespace {
BitReader begin_unpacking(std::span<const std::uint32_t> words, Sketch& into) {
  BitReader in(words);
  into.limit = in.get(32);
  get_ascending(in, into.shingles, into.limit);
  return in;
}
}  // namespace

void PackedSketch::unpack_shingles(Sketch& into) const { begin_unpacking(bits_.read(), into); }

void PackedSketch::unpack(Sketch& into) const {
  const std::span<const std::uint32_t> words = bits_.read();
  if (words.empty()) {
    into = Sketch{};
    return;
  }
  BitReader in = begin_unpacking(words, into);
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
