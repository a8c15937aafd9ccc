#include "daemon/config/apply.h"

#include "daemon/config/keys.h"
#include "daemon/config/nearest.h"
#include "daemon/config/quantity.h"
#include "feeds/format/toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace newsd {
namespace {

/// "a string", "an integer" …, for sentences that say what stands there.
std::string_view name_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "an array";
    case toml::node_type::string: return "a string";
    case toml::node_type::integer: return "an integer";
    case toml::node_type::floating_point: return "a number with a fraction";
    case toml::node_type::boolean: return "true or false";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time of day";
    case toml::node_type::date_time: return "a date and time";
    case toml::node_type::none: break;
  }
  return "nothing";
}

std::string_view wanted(KeyKind kind) {
  switch (kind) {
    case KeyKind::Text:
    case KeyKind::Choice: return "a string";
    case KeyKind::Path: return "a path in quotes";
    case KeyKind::Words: return "an array of strings";
    case KeyKind::Number: return "a whole number";
    case KeyKind::Size: return "a size such as \"16MiB\", \"1GiB\" or a number of bytes";
    case KeyKind::Duration: return "a duration such as \"500ms\", \"15m\", \"1h30m\" or \"7d\"";
    case KeyKind::Mode: return "an octal string such as \"0660\"";
    case KeyKind::Flag: return "true or false";
  }
  return "";
}

std::string listed(std::span<const std::string_view> names) {
  return names.size() < 2
             ? fmt::format("\"{}\"", fmt::join(names, ""))
             : fmt::format("\"{}\" or \"{}\"", fmt::join(names.first(names.size() - 1), "\", \""), names.back());
}

class Reader {
 public:
  Reader(const std::filesystem::path& file, Config& config, ConfigPlaces& places, std::vector<Error>& errors)
      : file_(file), config_(config), places_(places), errors_(errors) {}

  /// Errors come out in the order of the text.
  void read(std::string_view text) {
    read_text(text);
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
    });
    for (auto& found : found_) errors_.push_back(std::move(found.error));
  }

 private:
  struct Found {
    toml::source_position at;
    Error error;
  };

  void read_text(std::string_view text) {
    const toml::parse_result parsed = toml::parse(text, file_.string());
    if (!parsed) {
      fail(ConfigError::Syntax, parsed.error().source(), std::string(parsed.error().description()));
      return;
    }
    top(parsed.table());
  }

  std::string where(const toml::source_region& at) const {
    return fmt::format("{}:{}:{}", file_.string(), std::max(at.begin.line, toml::source_index{1}),
                       std::max(at.begin.column, toml::source_index{1}));
  }
  void fail(ConfigError e, const toml::source_region& at, std::string text) {
    found_.push_back({at.begin, Error(e, std::move(text), where(at))});
  }

  void top(const toml::table& table) {
    if (const auto* at = table.get("state_dir")) places_.state_dir = where(at->source());
    if (const auto at = table["websub"]["public_url"]) places_.websub_url = where(at.node()->source());
    if (const auto at = table["http"]["listen"]) places_.http_listen = where(at.node()->source());
    std::vector<std::string_view> sections;
    each_section(config_, [&](std::string_view name, auto& section) {
      if (name.empty()) return;
      sections.push_back(name);
      const auto* node = table.get(name);
      if (node == nullptr) return;
      if (const auto* inner = node->as_table())
        read_section(*inner, name, section, {});
      else
        fail(ConfigError::WrongType, node->source(),
             fmt::format("{} must be a table, [{}]; it is {}", name, name, name_of(node->type())));
    });
    read_each(table, "drop", config_.drops, places_.drops);
    read_each(table, "feed", config_.feeds, places_.feeds);
    read_each(table, "output", config_.outputs, places_.outputs);
    read_each(table, "rule", config_.rules, places_.rules);
    sections.insert(sections.end(), {"drop", "feed", "output", "rule"});
    read_section(table, "", config_, sections);
  }

  /// The tables of an array of tables, each a new section.
  template <class S>
  void read_each(const toml::table& table, std::string_view name, std::vector<S>& sections,
                 std::vector<std::string>& places) {
    const auto* node = table.get(name);
    if (node == nullptr) return;
    const auto* array = node->as_array();
    if (array == nullptr) {
      fail(ConfigError::WrongType, node->source(),
           fmt::format("there can be several of {}: write [[{}]]; it is {}", name, name, name_of(node->type())));
      return;
    }
    for (const auto& element : *array) {
      const auto* inner = element.as_table();
      if (inner == nullptr) {
        fail(ConfigError::WrongType, element.source(),
             fmt::format("{} must hold tables, [[{}]]; this is {}", name, name, name_of(element.type())));
        continue;
      }
      const auto before = found_.size();
      S section;
      read_section(*inner, name, section, {});
      for (const auto& key : keys_of<S>()) {
        if (key.facts.required && !inner->contains(key.facts.name)) {
          fail(ConfigError::Missing, inner->source(), fmt::format("[[{}]] needs the key \"{}\"", name, key.facts.name));
        }
      }
      if (found_.size() != before) continue;  // half a section would only bring errors that follow from these
      sections.push_back(std::move(section));
      const auto* path = inner->get(name == "feed" ? "url" : "path");
      places.push_back(where(path != nullptr ? path->source() : inner->source()));
    }
  }

  /// others: names in the table that are read elsewhere.
  template <class S>
  void read_section(const toml::table& table, std::string_view name, S& section,
                    std::span<const std::string_view> others) {
    const auto keys = keys_of<S>();
    std::vector<std::string_view> known(others.begin(), others.end());
    for (const auto& key : keys) known.push_back(key.facts.name);
    for (const auto& [key, node] : table) {
      const std::string_view text = key.str();
      if (std::find(others.begin(), others.end(), text) != others.end()) continue;
      const auto at = std::find_if(keys.begin(), keys.end(), [&](const auto& k) { return k.facts.name == text; });
      if (at == keys.end()) {
        unknown(key, name, known);
      } else if (const auto value = value_of(node, at->facts, full_name(name, text))) {
        at->set(section, *value);
      }
    }
  }

  static std::string full_name(std::string_view section, std::string_view key) {
    if (section.empty()) return std::string(key);
    if (section == "drop" || section == "feed" || section == "output" || section == "rule")
      return fmt::format("[[{}]] {}", section, key);
    return fmt::format("{}.{}", section, key);
  }

  void unknown(const toml::key& key, std::string_view section, std::span<const std::string_view> known) {
    fail(ConfigError::UnknownKey, key.source(),
         fmt::format("unknown key {}{}", full_name(section, key.str()), nearest_hint(key.str(), known)));
  }

  std::optional<KeyValue> value_of(const toml::node& node, const KeyFacts& key, const std::string& name) {
    switch (key.kind) {
      case KeyKind::Text:
      case KeyKind::Path:
      case KeyKind::Choice:
        if (const auto* text = node.as_string()) return text_of(node, text->get(), key, name);
        break;
      case KeyKind::Words:
        if (const auto* array = node.as_array()) return words_of(*array, key, name);
        break;
      case KeyKind::Number:
        if (const auto* number = node.as_integer()) return number_of(node, signed_count(number->get()), key, name);
        break;
      case KeyKind::Size:
        if (const auto* number = node.as_integer()) return number_of(node, signed_count(number->get()), key, name);
        if (const auto* text = node.as_string()) {
          if (const auto size = parse_size(text->get())) return number_of(node, size, key, name);
          return not_a(node, text->get(), key, name);
        }
        break;
      case KeyKind::Duration:
        if (const auto* text = node.as_string()) {
          const auto duration = parse_duration(text->get());
          if (!duration) return not_a(node, text->get(), key, name);
          return number_of(node, static_cast<std::uint64_t>(duration->count()), key, name);
        }
        break;
      case KeyKind::Mode:
        if (const auto* text = node.as_string()) {
          const auto& digits = text->get();
          if (digits.empty() || digits.size() > 4 || digits.find_first_not_of("01234567") != std::string::npos) {
            return not_a(node, digits, key, name);
          }
          return number_of(node, std::stoul(digits, nullptr, 8), key, name);
        }
        break;
      case KeyKind::Flag:
        if (const auto* flag = node.as_boolean()) return std::uint64_t{flag->get() ? 1U : 0U};
        break;
    }
    fail(ConfigError::WrongType, node.source(),
         fmt::format("{} must be {}; it is {}", name, wanted(key.kind), name_of(node.type())));
    return std::nullopt;
  }

  std::optional<KeyValue> not_a(const toml::node& node, std::string_view text, const KeyFacts& key,
                                const std::string& name) {
    fail(ConfigError::WrongType, node.source(),
         fmt::format("{} must be {}; it is \"{}\"", name, wanted(key.kind), text));
    return std::nullopt;
  }

  /// Nothing stands for a number below zero.
  static std::optional<std::uint64_t> signed_count(std::int64_t n) {
    return n < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(n));
  }

  std::optional<KeyValue> number_of(const toml::node& node, std::optional<std::uint64_t> n, const KeyFacts& key,
                                    const std::string& name) {
    if (n && *n >= key.least && *n <= key.most) return *n;
    fail(ConfigError::OutOfRange, node.source(),
         fmt::format("{} must be {} to {}", name, toml_of(key, key.least), toml_of(key, key.most)));
    return std::nullopt;
  }

  std::optional<KeyValue> text_of(const toml::node& node, const std::string& text, const KeyFacts& key,
                                  const std::string& name) {
    const auto refuse = [&](ConfigError e, std::string why) {
      fail(e, node.source(), std::move(why));
      return std::nullopt;
    };
    if (text.find('\0') != std::string::npos)
      return refuse(ConfigError::OutOfRange, fmt::format("{} may not hold a NUL", name));
    if (key.required && text.empty()) return refuse(ConfigError::OutOfRange, fmt::format("{} may not be empty", name));
    if (key.kind == KeyKind::Choice) {
      if (std::find(key.choices.begin(), key.choices.end(), text) != key.choices.end()) return text;
      if (std::find(key.not_offered.begin(), key.not_offered.end(), text) != key.not_offered.end()) {
        return refuse(ConfigError::NotOffered,
                      fmt::format("{} = \"{}\" is not offered by this version of newsd yet", name, text));
      }
      return refuse(ConfigError::OutOfRange, fmt::format("{} must be {}; it is \"{}\"{}", name, listed(key.choices),
                                                         text, nearest_hint(text, key.choices)));
    }
    if (!key.not_offered.empty() && !text.empty()) {
      return refuse(ConfigError::NotOffered,
                    fmt::format("{} is not offered by this version of newsd yet: leave it \"\"", name));
    }
    if (key.refuse != nullptr) {
      if (auto why = key.refuse(text); !why.empty())
        return refuse(ConfigError::OutOfRange, fmt::format("{} {}", name, why));
    }
    return key.kind == KeyKind::Path ? resolved(text) : text;
  }

  std::optional<KeyValue> words_of(const toml::array& array, const KeyFacts& key, const std::string& name) {
    std::vector<std::string> words;
    const auto before = found_.size();
    for (const auto& element : array) {
      const auto* word = element.as_string();
      if (word == nullptr) {
        fail(ConfigError::WrongType, element.source(),
             fmt::format("{} must be {}; this is {}", name, wanted(key.kind), name_of(element.type())));
      } else if (auto why = key.refuse(word->get()); !why.empty()) {
        fail(ConfigError::OutOfRange, element.source(), fmt::format("{} {}", name, why));
      } else {
        words.push_back(word->get());
      }
    }
    if (found_.size() != before) return std::nullopt;
    return words;
  }

  /// A path as it counts from the file that holds it, without dots and without a slash at its end, so that equal paths
  /// are equal texts.
  std::string resolved(const std::string& text) const {
    if (text.empty()) return text;
    auto path = (file_.parent_path() / text).lexically_normal();
    if (!path.has_filename() && path.has_relative_path()) path = path.parent_path();
    return path.string();
  }

  const std::filesystem::path& file_;
  Config& config_;
  ConfigPlaces& places_;
  std::vector<Error>& errors_;
  std::vector<Found> found_;
};

}  // namespace

void apply_toml(std::string_view text, const std::filesystem::path& name, Config& config, ConfigPlaces& places,
                std::vector<Error>& errors) {
  Reader(name, config, places, errors).read(text);
}

}  // namespace newsd
