#include "daemon/event/encoders.h"
#include "daemon/event/json_walk.h"
#include "feeds/article/timestamp.h"
#include "feeds/text/utf8.h"

#include <algorithm>
#include <array>
#include <vector>

namespace newsd {
namespace {

constexpr std::size_t kMaxShown = 160;  ///< characters of one column

/// What the columns are made of, gathered in one walk over the line.
struct Told {
  std::string sequence, time, type, subject;
  std::string language, headline, title, publisher, credit;
  std::string version, of, kind;  // of a repeated article
  std::string origin, member;     // where the input came from
  std::string code, text;         // why something was refused, or is missing
  std::string story_headline, story_size, feed, feed_state, program, cause, previous, from, to, error_code, error_text;
  std::vector<std::string> topics, changed;
  std::string source_name;  ///< the infoSource whose role comes next
};

struct Wanted {
  std::string_view path;
  std::string Told::*field;
};

constexpr std::array<Wanted, 36> kWanted = {{
    {"sequence", &Told::sequence},
    {"time", &Told::time},
    {"type", &Told::type},
    {"subject", &Told::subject},
    {"data.item.language", &Told::language},
    {"data.item.headlines.0.value", &Told::headline},
    {"data.item.title", &Told::title},
    {"data.newsd.version", &Told::version},
    {"data.newsd.reason.code", &Told::code},
    {"data.newsd.reason.text", &Told::text},
    {"data.newsd.dedupe.of", &Told::of},
    {"data.newsd.dedupe.kind", &Told::kind},
    {"data.newsd.origin.uri", &Told::origin},
    {"data.newsd.origin.member", &Told::member},
    {"data.origin.uri", &Told::origin},
    {"data.origin.member", &Told::member},
    {"data.reason.code", &Told::code},
    {"data.reason.text", &Told::text},
    {"data.gap.reason.code", &Told::code},
    {"data.gap.reason.text", &Told::text},
    {"data.gap.from", &Told::from},
    {"data.gap.to", &Told::to},
    {"data.story.headline", &Told::story_headline},
    {"data.story.size", &Told::story_size},
    {"data.story.reason.code", &Told::code},
    {"data.story.reason.text", &Told::text},
    {"data.feed.uri", &Told::feed},
    {"data.feed.state", &Told::feed_state},
    {"data.feed.movedTo", &Told::to},
    {"data.feed.reason.code", &Told::code},
    {"data.feed.reason.text", &Told::text},
    {"data.daemon.newsd", &Told::program},
    {"data.daemon.cause", &Told::cause},
    {"data.daemon.previous", &Told::previous},
    {"error.code", &Told::error_code},
    {"error.text", &Told::error_text},
}};

/// "data.item.subjects.3.name" is one of (list "data.item.subjects.", member ".name").
bool is_one_of(std::string_view path, std::string_view list, std::string_view member) {
  return path.starts_with(list) && path.ends_with(member) && path.size() > list.size() + member.size();
}

void take(Told& told, const JsonLeaf& leaf) {
  const std::string_view path = leaf.path;
  if (is_one_of(path, "data.item.subjects.", ".name")) {
    told.topics.emplace_back(leaf.text);
  } else if (is_one_of(path, "data.newsd.revision.changed.", "") || is_one_of(path, "data.daemon.changed.", "")) {
    told.changed.emplace_back(leaf.text);
  } else if (is_one_of(path, "data.item.infoSources.", ".name")) {
    told.source_name = leaf.text;
  } else if (is_one_of(path, "data.item.infoSources.", ".role")) {
    if (leaf.text == "publisher") told.publisher = told.source_name;
    if (leaf.text == "credit") told.credit = told.source_name;
  } else {
    const auto* const found =
        std::find_if(kWanted.begin(), kWanted.end(), [&](const Wanted& wanted) { return wanted.path == path; });
    if (found != kWanted.end()) told.*found->field = leaf.text;
  }
}

/// Marks that change the direction in which a terminal shows text (Unicode's Bidi_Control).
bool reorders(char32_t c) {
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// Control characters and whatever breaks a line: shown as a space.
bool is_control(char32_t c) { return c <= 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029; }

/// A text made safe for a terminal and short enough for a line: controls are single spaces, long texts end in "…".
std::string shown(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (is_control(c)) {
      space = !out.empty();
      continue;
    }
    if (reorders(c)) continue;
    if (characters++ == kMaxShown) return out + "…";
    if (space) out += ' ';
    space = false;
    append_utf8(out, c);
  }
  return out;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string out;
  for (const auto& text : texts) out.append(out.empty() ? "" : separator).append(shown(text));
  return out;
}

/// "17" of "00000000000000000017".
std::string short_number(std::string_view digits) {
  const auto first = digits.find_first_not_of('0');
  return std::string(first == std::string_view::npos ? "0" : digits.substr(first));
}

/// "new" of "newsd.article.new", "story.started" of "newsd.story.started".
std::string_view short_type(std::string_view type) {
  for (const std::string_view prefix : {"newsd.article.", "newsd.input.", "newsd."}) {
    if (type.starts_with(prefix)) return type.substr(prefix.size());
  }
  return type;
}

/// The publisher; else the last part of the input's address, and which part of the input it was.
std::string source_of(const Told& told) {
  if (!told.publisher.empty()) return shown(told.publisher);
  std::string_view origin = told.origin;
  while (origin.ends_with('/')) origin.remove_suffix(1);
  origin.remove_prefix(origin.find_last_of('/') + 1);
  return shown(origin) + (told.member.empty() ? "" : "#" + shown(told.member));
}

std::string reason_of(const Told& told) {
  return told.code.empty() ? shown(told.text) : shown(told.text) + " (" + shown(told.code) + ")";
}

using Columns = std::vector<std::string>;

void add_article(Columns& columns, const Told& told) {
  columns.push_back(shown(told.language));
  columns.push_back(shown(told.headline.empty() ? told.title : told.headline));
  if (told.type == "newsd.article.updated") {
    columns.push_back("version " + shown(told.version) + ": " + joined(told.changed, ", "));
  } else if (told.type == "newsd.article.duplicate") {
    columns.push_back(shown(told.kind) + " of " + shown(told.of));
  } else if (!told.topics.empty()) {
    columns.push_back("[" + joined(told.topics, ", ") + "]");
  }
  columns.push_back(source_of(told));
}

void add_what_matters(Columns& columns, const Told& told) {
  const auto is = [&](std::string_view prefix) { return std::string_view(told.type).starts_with(prefix); };
  if (is("newsd.article.rejected") || is("newsd.input.")) {
    columns.push_back(source_of(told));
    columns.push_back(reason_of(told));
  } else if (is("newsd.article.withdrawn")) {
    columns.push_back(shown(told.subject));
    columns.push_back(reason_of(told));
  } else if (is("newsd.article.")) {
    add_article(columns, told);
  } else if (is("newsd.story.")) {
    columns.push_back(shown(told.story_headline));
    columns.push_back(shown(told.story_size) + (told.story_size == "1" ? " article" : " articles"));
    columns.push_back(reason_of(told));
  } else if (is("newsd.feed.")) {
    columns.push_back(shown(told.feed));
    columns.push_back(shown(told.feed_state) + (told.to.empty() ? "" : " to " + shown(told.to)));
    columns.push_back(reason_of(told));
  } else if (is("newsd.stream.gap")) {
    columns.push_back("events " + shown(short_number(told.from)) + " to " + shown(short_number(told.to)) +
                      " are missing: " + reason_of(told));
  } else if (is("newsd.daemon.")) {
    columns.push_back("newsd " + shown(told.program));
    columns.push_back(shown(told.cause));
    if (told.previous == "unclean") columns.push_back("the run before did not stop in order");
    columns.push_back(joined(told.changed, ", "));
  }
}

}  // namespace

std::optional<std::string> encode_text(std::string_view line) {
  Told told;
  if (!walk_json(line, [&](const JsonLeaf& leaf) { take(told, leaf); })) return std::nullopt;
  if (!told.error_text.empty()) {
    return "error  " + shown(told.error_text) + (told.error_code.empty() ? "" : " (" + shown(told.error_code) + ")");
  }
  const std::optional<Instant> time = parse_rfc3339(told.time);
  if (told.type.empty() || !time) return std::nullopt;
  Columns columns = {shown(short_number(told.sequence)), to_rfc3339(*time).substr(11, 8), shown(short_type(told.type))};
  add_what_matters(columns, told);
  std::string out;
  for (const auto& column : columns) {
    if (!column.empty()) out.append(out.empty() ? "" : "  ").append(column);
  }
  return out;
}

}  // namespace newsd
