#include "daemon/cli/status_text.h"

#include "daemon/cli/ask_daemon.h"
#include "feeds/article/timestamp.h"
#include "feeds/format/json.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <initializer_list>
#include <iterator>
#include <utility>

namespace newsd {
namespace {

using Columns = std::initializer_list<std::pair<std::string_view, std::string_view>>;  // key, words

double number_at(const JsonValue& object, std::string_view key) {
  const JsonValue* value = object.find(key);
  return value == nullptr ? 0 : value->as_double().value_or(0);
}

const JsonValue& part(const JsonValue& object, std::string_view key) {
  static const JsonValue kNone;
  const JsonValue* value = object.find(key);
  return value == nullptr ? kNone : *value;
}

/// "00000000000000000041" → "41".
std::string without_zeros(const std::string& digits) {
  const auto first = digits.find_first_not_of('0');
  return first == std::string::npos ? "0" : digits.substr(first);
}

std::string as_duration(std::int64_t seconds) {
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) return fmt::format("{} min", seconds / 60);
  if (seconds < 86'400) return fmt::format("{} h {} min", seconds / 3600, seconds % 3600 / 60);
  return fmt::format("{} d {} h", seconds / 86'400, seconds % 86'400 / 3600);
}

std::int64_t seconds_between(const JsonValue& status, std::string_view from, const JsonValue& later) {
  const auto begin = parse_rfc3339(text_at(status, from)), end = parse_rfc3339(text_at(later, "now"));
  return begin && end ? std::chrono::duration_cast<std::chrono::seconds>(*end - *begin).count() : 0;
}

class Page {
 public:
  Page(const JsonValue& status, const Palette& palette) : status_(status), palette_(palette) {}

  std::string write(const std::optional<JsonValue>& before) {
    const bool is_ready = part(status_, "ready").as_bool().value_or(false);
    const bool is_full = part(status_, "diskFull").as_bool().value_or(false);
    line(fmt::format("{}newsd {}{}  {}  {}{}{}  up {}", palette_.bold, text_at(status_, "version"), palette_.reset,
                     text_at(status_, "source"), is_ready ? palette_.green : palette_.red,
                     is_full    ? "DISK FULL, paused"
                     : is_ready ? "ready"
                                : "not ready",
                     palette_.reset, as_duration(seconds_between(status_, "started", status_))));
    counts("inputs", part(status_, "inputs"),
           {{"taken", "taken"}, {"done", "done"}, {"quarantined", "quarantined"}, {"inFlight", "in flight"}});
    if (number_at(part(status_, "inputs"), "unaccounted") != 0)
      line(fmt::format("{}{:<10}{} that nobody accounts for: please report this{}", palette_.red, "",
                       text_at(part(status_, "inputs"), "unaccounted"), palette_.reset));
    counts("articles", part(status_, "articles"),
           {{"new", "new"},
            {"updated", "updated"},
            {"duplicate", "duplicate"},
            {"rejected", "rejected"},
            {"withdrawn", "withdrawn"},
            {"unchanged", "unchanged"}});
    const JsonValue& hubs = part(part(status_, "sources"), "webSub");
    if (number_at(hubs, "active") + number_at(hubs, "asked") + number_at(hubs, "refused") > 0)
      counts(
          "hubs", hubs,
          {{"active", "push"}, {"asked", "asked"}, {"refused", "refuse"}, {"taken", "brought"}, {"missed", "missed"}});
    journal(before);
    readers("output", part(status_, "outputs"));
    readers("consumer", part(status_, "consumers"));
    return std::move(text_);
  }

 private:
  void line(std::string_view words) { text_.append(words).append("\n"); }

  void counts(std::string_view name, const JsonValue& object, Columns columns) {
    std::string words = fmt::format("{:<10}", name);
    for (const auto& [key, label] : columns)
      fmt::format_to(std::back_inserter(words), "{} {}{}{}   ", label, palette_.bold, text_at(object, key),
                     palette_.reset);
    line(words.substr(0, words.find_last_not_of(' ') + 1));
  }

  void journal(const std::optional<JsonValue>& before) {
    const JsonValue& journal = part(status_, "journal");
    std::string rate;
    if (before) {
      const auto seconds = seconds_between(*before, "now", status_);
      const double events = number_at(status_, "events") - number_at(*before, "events");
      if (seconds > 0) rate = fmt::format("  {:.0f} events/s", events / static_cast<double>(seconds));
    }
    line(fmt::format("{:<10}events {} to {}{}{}  {:.1f} MiB{}", "journal", without_zeros(text_at(journal, "oldest")),
                     palette_.bold, without_zeros(text_at(journal, "last")), palette_.reset,
                     number_at(journal, "bytes") / (1 << 20), rate));
  }

  void readers(std::string_view kind, const JsonValue& list) {
    const auto* all = list.as_array();
    if (all == nullptr) return;
    for (const JsonValue& reader : *all) {
      const bool is_behind = number_at(reader, "lag") > 0;
      line(fmt::format("{:<10}{}  at {}  {}{} behind{}", kind, text_at(reader, "name"),
                       without_zeros(text_at(reader, "position")), is_behind ? palette_.yellow : "",
                       text_at(reader, "lag"), is_behind ? palette_.reset : ""));
      if (const std::string trouble = text_at(reader, "trouble"); !trouble.empty())
        line(fmt::format("{:<10}{}{}{}", "", palette_.red, trouble, palette_.reset));
      if (number_at(reader, "deadLetters") > 0)
        line(fmt::format("{:<10}{}{} among the dead letters{}", "", palette_.red, text_at(reader, "deadLetters"),
                         palette_.reset));
    }
  }

  const JsonValue& status_;
  const Palette& palette_;
  std::string text_;
};

}  // namespace

std::optional<std::string> status_text(std::string_view json, std::string_view before, const Palette& palette) {
  const auto status = parse_json(json);
  if (!status || !status->is_object()) return std::nullopt;
  std::optional<JsonValue> earlier;
  if (auto parsed = parse_json(before); parsed && parsed->is_object()) earlier = *std::move(parsed);
  return Page(*status, palette).write(earlier);
}

}  // namespace newsd
