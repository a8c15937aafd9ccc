// Layout: the three counts, a byte each; the three lengths and the three units of weight, as floats; the words of body,
// names and title, ascending.
#include "daemon/dedupe/packed_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <span>

namespace newsd {
namespace {

constexpr unsigned kWeightBits = 32 - WordWeights::kWordBits;
constexpr std::uint32_t kMostWeight = (1u << kWeightBits) - 1;
constexpr std::size_t kLengths = 1, kUnits = 4, kHead = 7;

constexpr std::array kVectors = {&TextVectors::body, &TextVectors::names, &TextVectors::title};
constexpr std::array kWays = {&ThreeWays::body, &ThreeWays::names, &ThreeWays::title};

std::uint32_t word_of(std::uint32_t packed) { return packed & ~kMostWeight; }
std::uint32_t weight_of(std::uint32_t packed) { return packed & kMostWeight; }

/// Adds what it allocates to a count, and takes it off again.
template <class T>
struct CountingAllocator {
  using value_type = T;
  explicit CountingAllocator(std::size_t& counted) : bytes(&counted) {}
  template <class Other>
  explicit CountingAllocator(const CountingAllocator<Other>& other) : bytes(other.bytes) {}
  T* allocate(std::size_t n) {
    T* made = std::allocator<T>().allocate(n);
    *bytes += n * sizeof(T);
    return made;
  }
  void deallocate(T* at, std::size_t n) {
    *bytes -= n * sizeof(T);
    std::allocator<T>().deallocate(at, n);
  }
  template <class Other>
  bool operator==(const CountingAllocator<Other>& other) const {
    return bytes == other.bytes;
  }
  std::size_t* bytes;
};

std::size_t count_of(const std::uint32_t* words, std::size_t vector) { return words[0] >> (8 * vector) & 0xFF; }

/// visit(i, its words) for each of the three vectors.
template <class Visit>
void each_vector(const std::uint32_t* words, Visit visit) {
  const std::uint32_t* at = words + kHead;
  for (std::size_t i = 0; i < kVectors.size(); ++i) {
    const std::size_t count = count_of(words, i);
    visit(i, std::span(at, count));
    at += count;
  }
}

}  // namespace

PackedText::PackedText(const TextVectors& text, std::size_t& bytes) {
  std::size_t count = 0;
  for (const auto vector : kVectors) count += std::min((text.*vector).size(), kMostWords);
  const auto made = std::allocate_shared<std::uint32_t[]>(CountingAllocator<std::uint32_t>(bytes), kHead + count);
  std::uint32_t* at = made.get() + kHead;
  for (std::size_t i = 0; i < kVectors.size(); ++i) {
    const WordVector& words = text.*kVectors[i];
    const auto kept = std::span(words).first(std::min(words.size(), kMostWords));
    float most = 0;
    for (const auto& [word, weight] : kept) most = std::max(most, weight);
    const float unit = most / static_cast<float>(kMostWeight);
    std::uint64_t squares = 0;
    for (const auto& [word, weight] : kept) {
      const auto units = unit > 0 ? static_cast<std::uint32_t>(std::lround(std::max(weight, 0.0f) / unit)) : 0;
      squares += std::uint64_t{units} * units;
      *at++ = word_of(word) | units;
    }
    made[0] |= static_cast<std::uint32_t>(kept.size()) << (8 * i);
    made[kLengths + i] = std::bit_cast<std::uint32_t>(unit * std::sqrt(static_cast<float>(squares)));
    made[kUnits + i] = std::bit_cast<std::uint32_t>(unit);
  }
  words_ = made;
}

TextVectors PackedText::unpacked() const {
  TextVectors text;
  if (!words_) return text;
  each_vector(words_.get(), [&](std::size_t i, std::span<const std::uint32_t> packed) {
    const auto unit = std::bit_cast<float>(words_[static_cast<std::ptrdiff_t>(kUnits + i)]);
    WordVector& words = text.*kVectors[i];
    words.reserve(packed.size());
    for (const std::uint32_t entry : packed)
      words.emplace_back(word_of(entry), static_cast<float>(weight_of(entry)) * unit);
  });
  return text;
}

ThreeWays PackedText::lengths() const {
  ThreeWays found;
  for (std::size_t i = 0; words_ && i < kWays.size(); ++i)
    found.*kWays[i] = double{std::bit_cast<float>(words_[static_cast<std::ptrdiff_t>(kLengths + i)])};
  return found;
}

ThreeWays PackedText::products(const TextVectors& other) const {
  ThreeWays found;
  if (!words_) return found;
  each_vector(words_.get(), [&](std::size_t i, std::span<const std::uint32_t> packed) {
    float sum = 0;
    auto known = packed.begin();
    for (const auto& [word, weight] : other.*kVectors[i]) {
      while (known != packed.end() && word_of(*known) < word) ++known;
      if (known == packed.end()) break;
      if (word_of(*known) == word) sum += weight * static_cast<float>(weight_of(*known++));
    }
    found.*kWays[i] = double{sum * std::bit_cast<float>(words_[static_cast<std::ptrdiff_t>(kUnits + i)])};
  });
  return found;
}

}  // namespace newsd
