#include "daemon/cli/explain_article.h"

#include "daemon/app/exit_status.h"
#include "daemon/cli/ask_daemon.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/shown_text.h"
#include "daemon/event/event.h"
#include "feeds/format/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace newsd {
namespace {

constexpr std::size_t kMostShown = 12;  // topics, removed lines …: the events have them all

const JsonValue& at(const JsonValue& value, std::initializer_list<std::string_view> path) {
  static const JsonValue kNone;
  const JsonValue* found = &value;
  for (const std::string_view name : path) {
    found = found->find(name);
    if (found == nullptr) return kNone;
  }
  return *found;
}

const std::vector<JsonValue>& list_at(const JsonValue& value, std::initializer_list<std::string_view> path) {
  static const std::vector<JsonValue> kNone;
  const auto* list = at(value, path).as_array();
  return list == nullptr ? kNone : *list;
}

std::string joined(const std::vector<JsonValue>& texts) {
  std::string all;
  for (const JsonValue& text : texts)
    if (const std::string* one = text.as_string()) all.append(all.empty() ? "" : ", ").append(*one);
  return all;
}

/// One event of an article.
class Section {
 public:
  Section(const JsonValue& event, const Palette& palette) : event_(event), palette_(palette) {}

  std::string write() {
    const JsonValue& item = at(event_, {"data", "item"});
    const auto& headlines = list_at(item, {"headlines"});
    const std::string type = text_at(event_, "type"),
                      headline = headlines.empty() ? "" : text_at(headlines[0], "value");
    fmt::format_to(to(), "{}{}{}  {}version {}, {}{}\n", palette_.bold, shown(type), palette_.reset, palette_.dim,
                   shown(text_at(item, "version")), shown(text_at(event_, "recordedtime")), palette_.reset);
    row("headline", headline.empty() ? text_at(item, "title") + "  (the input has none)" : headline);
    origin();
    dedupe();
    revision();
    story();
    labels();
    removed();
    out_ += '\n';
    return std::move(out_);
  }

 private:
  const JsonValue& newsd(std::string_view name) const { return at(event_, {"data", "newsd", name}); }
  std::back_insert_iterator<std::string> to() { return std::back_inserter(out_); }

  void row(std::string_view name, std::string_view words) {
    if (words.empty()) return;
    fmt::format_to(to(), "  {}{:<10}{} {}\n", palette_.dim, name, palette_.reset, shown(words));
  }

  void origin() {
    const JsonValue& origin = newsd("origin");
    row("from", text_at(origin, "uri"));
    row("read as", fmt::format("{}, {} bytes", text_at(origin, "format"), text_at(origin, "bytes")));
    row("missing", joined(list_at(newsd("missing"), {})));
  }

  /// What it was compared with, and what both have.
  void dedupe() {
    const JsonValue& dedupe = newsd("dedupe");
    const std::string of = text_at(dedupe, "of"), nearest = text_at(dedupe, "nearest"), kind = text_at(dedupe, "kind");
    std::string verdict = text_at(dedupe, "verdict");
    if (!kind.empty()) verdict += ", " + kind;
    if (!of.empty()) verdict += ", of " + of;
    row("verdict", verdict);
    row("nearest", nearest);
    if (!of.empty() || !nearest.empty())
      row("alike", fmt::format("{} of all shingles of both, {} of those of one", text_at(dedupe, "similarity"),
                               text_at(dedupe, "containment")));
    for (const JsonValue& evidence : list_at(dedupe, {"evidence"}))
      if (const std::string* words = evidence.as_string()) row("because", *words);
  }

  void revision() {
    const JsonValue& revision = newsd("revision");
    row("changed", joined(list_at(revision, {"changed"})));
    for (const JsonValue& number : list_at(revision, {"numbers"}))
      row("number",
          fmt::format("{} → {}  {}", text_at(number, "old"), text_at(number, "new"), text_at(number, "context")));
  }

  void story() {
    const JsonValue& story = newsd("story");
    std::string words = text_at(story, "uri");
    if (words.empty()) return;
    words += fmt::format(", {} of {}", text_at(story, "role"), text_at(story, "size"));
    if (const std::string like = text_at(story, "similarity"); !like.empty())
      words += fmt::format(", {} like it", like);
    row("story", words);
    row("topic", text_at(story, "topic"));
  }

  void labels() {
    const JsonValue& language = at(newsd("labels"), {"language"});
    if (language.is_object())
      row("language", fmt::format("{}, {} sure, by {}", text_at(language, "code"), text_at(language, "confidence"),
                                  text_at(language, "how")));
    const JsonValue& why = at(newsd("classify"), {"why"});
    std::size_t shown_topics = 0;
    for (const JsonValue& subject : list_at(event_, {"data", "item", "subjects"})) {
      if (shown_topics++ == kMostShown) break;
      const std::string words = joined(list_at(why, {text_at(subject, "literal")}));
      row("about", fmt::format("{} ({} relevant, {} sure){}", text_at(subject, "name"), text_at(subject, "relevance"),
                               text_at(subject, "confidence"), words.empty() ? "" : ": " + words));
    }
  }

  void removed() {
    std::size_t count = 0;
    for (const JsonValue& part : list_at(newsd("removed"), {})) {
      if (count++ == kMostShown) break;
      const std::string learned = text_at(part, "learnedFrom");
      row("removed", fmt::format("{}{}: {}", text_at(part, "kind"),
                                 learned.empty() ? "" : " in " + learned + " other articles of its source",
                                 text_at(part, "text")));
    }
  }

  const JsonValue& event_;
  const Palette& palette_;
  std::string out_;
};

/// The lines of the events, oldest first.
Result<std::vector<std::string>> lines_about(const std::string& subject, JournalReader& reader) {
  auto outlines = reader.about(subject, kEventsExplained);
  if (!outlines) return outlines.error();
  std::vector<std::string> lines;
  for (auto outline = outlines->rbegin(); outline != outlines->rend(); ++outline) {
    const auto record = reader.read(Sequence(outline->sequence.value() - 1), 1, 1);
    if (!record) return record.error();
    if (record->empty() || record->front().sequence != outline->sequence) continue;  // retention was faster
    auto line = line_of(record->front());
    if (!line) return line.error();
    lines.push_back(*std::move(line));
  }
  return lines;
}

}  // namespace

std::string text_of(const std::vector<std::string>& lines, const Palette& palette) {
  std::string out;
  for (const std::string& line : lines) {
    const auto event = parse_json(line);
    out += event ? Section(*event, palette).write() : shown(line) + "\n\n";
  }
  return out;
}

int explain_article(const ExplainedArticle& article, Console& console) {
  return with_journal(article.config, article.state_dir, console, [&](const Config&, JournalReader& reader) {
    const std::string subject = urn_of(article.id);
    const auto lines = lines_about(subject, reader);
    if (!lines) {
      console.say(lines.error());
      return exit_status_of(lines.error());
    }
    if (lines->empty()) {
      console.say(fmt::format("the journal has no event about {}, or none any more", subject));
      return static_cast<int>(kExitBadInput);
    }
    if (console.out_is_terminal()) {
      console.out().write(text_of(*lines, palette_of(console)));
    } else {
      for (const std::string& line : *lines) console.out().line(line);
    }
    return static_cast<int>(kExitOk);
  });
}

}  // namespace newsd
