// Layout: the three counts, a byte each; the three lengths and the three units of weight, as floats; the words of body,
// names and title, ascending.
#include "daemon/dedupe/packed_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace newsd {
namespace {

constexpr unsigned kWeightBits = 32 - WordWeights::kWordBits;
constexpr std::uint32_t kMostWeight = (1u << kWeightBits) - 1;
constexpr std::size_t kLengths = 1, kUnits = 4, kHead = 7;

constexpr std::array kVectors = {&TextVectors::body, &TextVectors::names, &TextVectors::title};
constexpr std::array kWays = {&ThreeWays::body, &ThreeWays::names, &ThreeWays::title};

/// To the nearest, of two the greater.
std::uint32_t rounded(float value) { return static_cast<std::uint32_t>(double{value} + 0.5); }

std::uint32_t word_of(std::uint32_t packed) { return packed & ~kMostWeight; }
std::uint32_t weight_of(std::uint32_t packed) { return packed & kMostWeight; }

/// visit(i, its words, its length, the unit of its weights) for each of the three vectors; of nothing when the record
/// is.
template <class Visit>
void each_vector(std::span<const std::uint32_t> record, Visit visit) {
  if (record.size() < kHead) return;
  std::size_t at = kHead;
  for (std::size_t i = 0; i < kVectors.size(); ++i) {
    const std::size_t count = record[0] >> (8 * i) & 0xFF;
    visit(i, record.subspan(at, count), std::bit_cast<float>(record[kLengths + i]),
          std::bit_cast<float>(record[kUnits + i]));
    at += count;
  }
}

}  // namespace

PackedText::PackedText(const TextVectors& text, Spill& spill) {
  thread_local std::vector<std::uint32_t> made;
  made.assign(kHead, 0);
  for (std::size_t i = 0; i < kVectors.size(); ++i) {
    const WordVector& words = text.*kVectors[i];
    const auto kept = std::span(words).first(std::min(words.size(), kMostWords));
    float most = 0;
    for (const auto& [word, weight] : kept) most = std::max(most, weight);
    const float unit = most / static_cast<float>(kMostWeight);
    std::uint64_t squares = 0;
    for (const auto& [word, weight] : kept) {
      const auto units = unit > 0 ? rounded(std::max(weight, 0.0f) / unit) : 0;
      squares += std::uint64_t{units} * units;
      made.push_back(word_of(word) | units);
    }
    made[0] |= static_cast<std::uint32_t>(kept.size()) << (8 * i);
    made[kLengths + i] = std::bit_cast<std::uint32_t>(unit * std::sqrt(static_cast<float>(squares)));
    made[kUnits + i] = std::bit_cast<std::uint32_t>(unit);
  }
  words_ = spill.keep(made);
}

TextVectors PackedText::unpacked() const {
  TextVectors text;
  each_vector(words_.read(), [&](std::size_t i, std::span<const std::uint32_t> packed, float, float unit) {
    WordVector& words = text.*kVectors[i];
    words.reserve(packed.size());
    for (const std::uint32_t entry : packed)
      words.emplace_back(word_of(entry), static_cast<float>(weight_of(entry)) * unit);
  });
  return text;
}

PackedText::Compared PackedText::compared_with(const TextVectors& other) const {
  Compared found;
  each_vector(words_.read(), [&](std::size_t i, std::span<const std::uint32_t> packed, float length, float unit) {
    float sum = 0;
    auto known = packed.begin();
    for (const auto& [word, weight] : other.*kVectors[i]) {
      while (known != packed.end() && word_of(*known) < word) ++known;
      if (known == packed.end()) break;
      if (word_of(*known) == word) sum += weight * static_cast<float>(weight_of(*known++));
    }
    found.products.*kWays[i] = double{sum * unit};
    found.lengths.*kWays[i] = double{length};
  });
  return found;
}

SoughtText::SoughtText(const TextVectors& text)
    : text_(text), words_(heaviest(text.body, kFoundByWords)), names_(heaviest(text.names, kFoundByNames)) {
  for (std::size_t i = 0; i < kVectors.size(); ++i)
    for (const auto& entry : text.*kVectors[i]) filters_[i][place_of(entry.first)] = 1;
}

PackedText::Compared PackedText::compared_with(const SoughtText& other) const {
  Compared found;
  each_vector(words_.read(), [&](std::size_t i, std::span<const std::uint32_t> packed, float length, float unit) {
    const WordVector& words = other.text_.*kVectors[i];
    const SoughtText::Filter& filter = other.filters_[i];
    float sum = 0;
    auto sought = words.begin();
    const auto meet = [&](std::uint32_t known) {
      while (sought != words.end() && sought->first < word_of(known)) ++sought;
      if (sought != words.end() && sought->first == word_of(known))
        sum += (sought++)->second * static_cast<float>(weight_of(known));
    };
    const auto passes = [&filter](std::uint32_t known) { return filter.data()[SoughtText::place_of(known)]; };
    const std::uint32_t* known = packed.data();
    const std::uint32_t* const end = known + packed.size();
    for (; end - known >= 4; known += 4) {  // mostly none of four passes
      if ((passes(known[0]) | passes(known[1]) | passes(known[2]) | passes(known[3])) == 0) continue;
      for (std::size_t n = 0; n < 4; ++n)
        if (passes(known[n]) != 0) meet(known[n]);
    }
    for (; known != end; ++known)
      if (passes(*known) != 0) meet(*known);
    found.products.*kWays[i] = double{sum * unit};
    found.lengths.*kWays[i] = double{length};
  });
  return found;
}

}  // namespace newsd
