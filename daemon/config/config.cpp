#include "daemon/config/config.h"

#include "daemon/config/keys.h"
#include "daemon/config/quantity.h"
#include "feeds/text/digest.h"

#include <fmt/format.h>

#include <iterator>

namespace newsd {
namespace {

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      fmt::format_to(std::back_inserter(out), "\\u{:04X}", c);
    else
      out += c;
  }
  return out += '"';
}

template <class S>
void show_section(std::string_view heading, const S& section, std::string& out) {
  if (!heading.empty()) fmt::format_to(std::back_inserter(out), "\n{}\n", heading);
  for (const auto& key : keys_of<S>()) {
    fmt::format_to(std::back_inserter(out), "{} = {}\n", key.facts.name, toml_of(key.facts, key.get(section)));
  }
}

}  // namespace

std::string toml_of(const KeyFacts& key, const KeyValue& value) {
  switch (key.kind) {
    case KeyKind::Number: return fmt::to_string(std::get<std::uint64_t>(value));
    case KeyKind::Size: return toml_string(format_size(std::get<std::uint64_t>(value)));
    case KeyKind::Duration:
      return toml_string(
          format_duration(std::chrono::milliseconds(static_cast<std::int64_t>(std::get<std::uint64_t>(value)))));
    case KeyKind::Flag: return std::get<std::uint64_t>(value) != 0 ? "true" : "false";
    case KeyKind::Mode: return fmt::format("\"{:04o}\"", std::get<std::uint64_t>(value));
    case KeyKind::Words: {
      std::string list;
      for (const auto& word : std::get<std::vector<std::string>>(value))
        list += (list.empty() ? "" : ", ") + toml_string(word);
      return "[" + list + "]";
    }
    case KeyKind::Text:
    case KeyKind::Path:
    case KeyKind::Choice: break;
  }
  return toml_string(std::get<std::string>(value));
}

std::string_view code_of(ConfigError e) {
  switch (e) {
    case ConfigError::Syntax: return "syntax";
    case ConfigError::UnknownKey: return "unknown-key";
    case ConfigError::WrongType: return "wrong-type";
    case ConfigError::OutOfRange: return "out-of-range";
    case ConfigError::Unreadable: return "unreadable";
    case ConfigError::Conflict: return "conflict";
    case ConfigError::Missing: return "missing";
    case ConfigError::NotOffered: return "not-offered";
  }
  return "";
}

std::string Config::fingerprint() const {
  std::string text;
  each_section(*this, [&]<class S>(std::string_view name, const S& section) {
    for (const auto& key : keys_of<S>()) {
      if (!key.facts.shapes_content) continue;
      fmt::format_to(std::back_inserter(text), "{}.{} = {}\n", name, key.facts.name,
                     toml_of(key.facts, key.get(section)));
    }
  });
  for (const auto& rule : rules) show_section("[[rule]]", rule, text);
  return "sha256:" + sha256(text).to_hex();
}

std::string show_feeds(const std::vector<FeedConfig>& feeds) {
  std::string out = "# Written by `newsd feeds`. Each table is one of newsd.toml's [[feed]].\n";
  const FeedConfig defaults;
  for (const FeedConfig& feed : feeds) {
    out += "\n[[feed]]\n";
    for (const auto& key : keys_of<FeedConfig>()) {
      if (key.get(feed) == key.get(defaults)) continue;
      fmt::format_to(std::back_inserter(out), "{} = {}\n", key.facts.name, toml_of(key.facts, key.get(feed)));
    }
  }
  return out;
}

std::string show_config(const Config& config) {
  std::string out;
  each_section(config, [&](std::string_view name, const auto& section) {
    show_section(name.empty() ? std::string() : fmt::format("[{}]", name), section, out);
    if (!name.empty()) return;
    for (const auto& drop : config.drops) show_section("[[drop]]", drop, out);
    for (const auto& feed : config.feeds) show_section("[[feed]]", feed, out);
    for (const auto& output : config.outputs) show_section("[[output]]", output, out);
    for (const auto& rule : config.rules) show_section("[[rule]]", rule, out);
  });
  return out;
}

}  // namespace newsd
