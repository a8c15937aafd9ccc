// The configuration's keys, one table a section: name, type, range, documentation and how to get at the value.
// Everything else about keys (parsing, errors, show_config, the fingerprint) walks these tables; a new key is one line
// in keys.cpp or output_keys.cpp. Plain data.
#pragma once

#include "daemon/config/config.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace newsd {

/// What a key's value looks like in TOML. Path: relative to the file that holds it. Mode: an octal string, "0660".
enum class KeyKind { Text, Path, Choice, Words, Number, Size, Duration, Mode, Flag };

/// A value in transit between TOML and a member: texts, paths and choices as a string, numbers, sizes (bytes),
/// durations (ms), modes and flags (0, 1) as a number.
using KeyValue = std::variant<std::string, std::uint64_t, std::vector<std::string>>;

struct KeyFacts {
  std::string_view name;
  KeyKind kind = KeyKind::Text;
  std::string_view doc;               ///< one line
  std::uint64_t least = 0, most = 0;  ///< of numbers, sizes, durations
  std::vector<std::string_view> choices{};
  std::vector<std::string_view>
      not_offered{};  ///< choices, or for Text any value ("*"), that a later version will have
  /// Why a text, or one of the words, will not do; empty when it does.
  std::string (*refuse)(std::string_view) = nullptr;
  bool required = false;
  bool shapes_content = false;  ///< can change what an event says: part of the fingerprint
};

/// A key of the section S and its member.
template <class S>
struct Key {
  KeyFacts facts;
  KeyValue (*get)(const S&);
  void (*set)(S&, const KeyValue&);
};

template <class S>
std::span<const Key<S>> keys_of();  // specialised for every section below

template <>
std::span<const Key<Config>> keys_of<Config>();
template <>
std::span<const Key<DropConfig>> keys_of<DropConfig>();
template <>
std::span<const Key<FeedConfig>> keys_of<FeedConfig>();
template <>
std::span<const Key<OutputConfig>> keys_of<OutputConfig>();
template <>
std::span<const Key<RuleConfig>> keys_of<RuleConfig>();
template <>
std::span<const Key<JournalConfig>> keys_of<JournalConfig>();
template <>
std::span<const Key<DedupeConfig>> keys_of<DedupeConfig>();
template <>
std::span<const Key<PipelineConfig>> keys_of<PipelineConfig>();
template <>
std::span<const Key<ReadLimits>> keys_of<ReadLimits>();
template <>
std::span<const Key<LearningConfig>> keys_of<LearningConfig>();
template <>
std::span<const Key<LogConfig>> keys_of<LogConfig>();
template <>
std::span<const Key<FetchConfig>> keys_of<FetchConfig>();
template <>
std::span<const Key<HttpConfig>> keys_of<HttpConfig>();
template <>
std::span<const Key<WebSubConfig>> keys_of<WebSubConfig>();

/// Calls visit(name, section) for the sections that occur once, in the order of the documentation; the top level, named
/// "", is the first.
template <class C, class Visit>
void each_section(C& config, Visit&& visit) {
  visit("", config);
  visit("journal", config.journal);
  visit("dedupe", config.dedupe);
  visit("pipeline", config.pipeline);
  visit("limits", config.limits);
  visit("learning", config.learning);
  visit("log", config.log);
  visit("fetch", config.fetch);
  visit("http", config.http);
  visit("websub", config.websub);
}

/// The value as it stands in TOML: "\"16MiB\"", "[]", "5".
std::string toml_of(const KeyFacts& key, const KeyValue& value);

}  // namespace newsd
