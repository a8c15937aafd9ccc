// Identifiers that cannot be taken for one another: an article's, a story's and an event's UUID, a sequence number, a
// ticket. Plain values.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace newsd {

/// A 128-bit UUID in network byte order.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
  /// "9c2abbd5-dd4f-55c8-bee5-933ead7699e4"
  std::string to_string() const;
  static std::optional<Uuid> parse(std::string_view text);
};

/// The SHA-256 of some bytes.
struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Sha256&) const = default;
  std::string to_hex() const;
};

/// A 128-bit hash used as a key in memory and in the journal, never shown to users.
struct Key128 {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const Key128&) const = default;
};

template <class Tag, class T>
class Strong {
 public:
  constexpr Strong() = default;
  constexpr explicit Strong(T value) : value_(std::move(value)) {}
  constexpr const T& value() const { return value_; }
  auto operator<=>(const Strong&) const = default;

 private:
  T value_{};
};

using ArticleId = Strong<struct ArticleTag, Uuid>;
using StoryId = Strong<struct StoryTag, Uuid>;
using EventId = Strong<struct EventTag, Uuid>;
/// The place of an event in the stream: contiguous, the first is 1; 0 stands for "before the first".
using Sequence = Strong<struct SequenceTag, std::uint64_t>;
/// The place of an input in the order in which inputs were taken.
using Ticket = Strong<struct TicketTag, std::uint64_t>;

}  // namespace newsd

template <>
struct std::hash<newsd::Uuid> {
  std::size_t operator()(const newsd::Uuid& u) const noexcept {
    std::uint64_t h = 0;
    for (int i = 8; i < 16; ++i) h = h << 8 | u.bytes[static_cast<std::size_t>(i)];
    return h;
  }
};
template <class Tag, class T>
struct std::hash<newsd::Strong<Tag, T>> {
  std::size_t operator()(const newsd::Strong<Tag, T>& s) const noexcept { return std::hash<T>{}(s.value()); }
};
template <>
struct std::hash<newsd::Key128> {
  std::size_t operator()(const newsd::Key128& k) const noexcept { return k.low; }
};
