// A key as a row of a table: its facts tied to the member that holds the value, and the units rows are written in.
// Included by the tables alone (keys.cpp, output_keys.cpp).
#pragma once

#include "daemon/config/keys.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <type_traits>
#include <utility>

namespace newsd {

// The values of members that are enumerations, in the order of the enumeration.
template <class E>
inline constexpr std::array<std::string_view, 0> kNames{};
template <>
inline constexpr std::array<std::string_view, 3> kNames<DropConfig::Done>{"move", "delete", "keep"};
template <>
inline constexpr std::array<std::string_view, 5> kNames<OutputConfig::Kind>{"stdout", "file", "unix", "tcp", "webhook"};
template <>
inline constexpr std::array<std::string_view, 3> kNames<OutputConfig::Handshake>{"off", "ask", "require"};
template <>
inline constexpr std::array<std::string_view, 2> kNames<RuleConfig::Action>{"label", "reject"};

inline constexpr std::string_view kDetect = "auto";  // how Format::Unknown is written

template <class T>
KeyValue to_value(const T& member) {
  if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
    return static_cast<std::uint64_t>(member.count());
  } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
    return member.string();
  } else if constexpr (std::is_same_v<T, Format>) {
    return std::string(member == Format::Unknown ? kDetect : to_string(member));
  } else if constexpr (std::is_enum_v<T>) {
    return std::string(kNames<T>[static_cast<std::size_t>(member)]);
  } else if constexpr (std::is_unsigned_v<T>) {
    return static_cast<std::uint64_t>(member);
  } else {
    return member;
  }
}

template <class T>
void from_value(const KeyValue& value, T& member) {
  if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
    member = std::chrono::milliseconds(static_cast<std::int64_t>(std::get<std::uint64_t>(value)));
  } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
    member = std::get<std::string>(value);
  } else if constexpr (std::is_same_v<T, Format>) {
    member = format_from_name(std::get<std::string>(value)).value_or(Format::Unknown);
  } else if constexpr (std::is_enum_v<T>) {
    const auto at = std::find(kNames<T>.begin(), kNames<T>.end(), std::get<std::string>(value));
    member = static_cast<T>(at - kNames<T>.begin());
  } else if constexpr (std::is_unsigned_v<T>) {
    member = static_cast<T>(std::get<std::uint64_t>(value));
  } else {
    member = std::get<T>(value);
  }
}

template <auto M>
struct Member;
template <class S, class T, T S::*M>
struct Member<M> {
  using Section = S;
  static KeyValue get(const S& section) { return to_value(section.*M); }
  static void set(S& section, const KeyValue& value) { from_value(value, section.*M); }
};

/// Ties the facts of a key to its member.
template <auto M>
constexpr auto key(KeyFacts facts) {
  return Key<typename Member<M>::Section>{std::move(facts), Member<M>::get, Member<M>::set};
}

inline constexpr std::uint64_t kKiB = 1 << 10, kMiB = 1 << 20, kGiB = 1 << 30, kTiB = 1ull << 40;
inline constexpr std::uint64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

}  // namespace newsd
