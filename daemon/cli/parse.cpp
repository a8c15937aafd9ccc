#include "daemon/app/exit_status.h"
#include "daemon/app/preparation.h"
#include "daemon/cli/article_text.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/event_printer.h"
#include "daemon/cli/feed_model.h"
#include "daemon/cli/in_order.h"
#include "daemon/cli/input_file.h"
#include "daemon/cli/parse_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace newsd {
namespace {

struct Arguments {
  std::string input_format, as, format, url, requests, config;
  std::vector<std::string> files;
};

constexpr std::size_t kModelBytes = 2048;             // of a feed model beside thrice what the feed holds
constexpr std::uint64_t kRequestsBytes = 1ull << 30;  // of a --requests file: millions of lines

/// The inputs asked for; says what is wrong with the asking and sets the status.
std::vector<InputFile> inputs_of(const Arguments& arguments, Console& console, int& status) {
  std::vector<InputFile> inputs;
  if (!arguments.requests.empty()) {
    auto opened = open_input({.name = arguments.requests}, kRequestsBytes, Format::Unknown, console.in());
    if (opened.refused) {
      console.say(*opened.refused);
      status = kExitBadInput;
      return inputs;
    }
    auto requests = parse_requests(opened.document.bytes);
    for (const auto& warning : requests.warnings) console.say(fmt::format("{}: {}", arguments.requests, warning));
    for (const auto& error : requests.errors) console.say(fmt::format("{}: {}", arguments.requests, error));
    if (!requests.errors.empty()) status = kExitBadInput;
    inputs = std::move(requests.files);
  }
  for (const auto& name : arguments.files) inputs.push_back({.name = name});
  if (arguments.url.empty()) return inputs;
  const auto url = Url::parse(arguments.url);
  if (!url) {
    console.say(url.error());
    status = kExitUsage;
    return {};
  }
  for (auto& input : inputs) {
    if (!input.url) input.url = *url;
  }
  return inputs;
}

/// What became of one input: something to announce, or a page to print.
struct Answer {
  Prepared prepared;
  std::string page;
  std::string complaint;  ///< why it could not be read at all; empty when it could
};

Answer answer_with_event(const OpenedInput& opened, const std::string& name, const Preparation& preparation) {
  Answer answer;
  answer.prepared =
      opened.refused ? prepare_refused(opened.document, *opened.refused) : prepare(opened.document, preparation);
  if (!answer.prepared.quarantine_reason.empty()) {
    answer.complaint =
        opened.refused ? opened.refused->message() : fmt::format("{}: it holds no news that can be read", name);
  }
  return answer;
}

Answer answer_with_page(const OpenedInput& opened, const std::string& name, const ReadLimits& limits,
                        const Palette& palette) {
  Answer answer;
  const auto reading = opened.refused ? Result<Reading>(*opened.refused) : read(opened.document, limits);
  if (reading)
    answer.page = text_of(*reading, name, palette);
  else
    answer.complaint =
        opened.refused ? opened.refused->message() : fmt::format("{}: {}", name, reading.error().message());
  return answer;
}

/// {"file": …, "doc": …}, or why there is no doc.
Answer answer_with_feed(const InputFile& input, const ReadLimits& limits, int in) {
  FeedLimits bounds;
  bounds.max_bytes = limits.max_bytes;
  bounds.max_entries = limits.max_articles;
  bounds.max_json_depth = limits.max_json_depth;
  const std::string url = input.url ? input.url->str() : std::string();
  const FeedContext context{url, input.content_type, input.content_location, input.content_language};
  const auto bytes = read_input(input.name, limits.max_bytes, in);
  const auto document = bytes ? parse_feed_document(*bytes, context, bounds) : Result<FeedDocument>(bytes.error());
  Answer answer;
  JsonText json;
  json.begin_object().member("file", input.name);
  if (document) {
    json.reserve(bytes->size() * 3 + kModelBytes);
    json.key("doc");
    append_feed_model(json, *document);
  } else {
    const Error& error = document.error();
    json.key("error").begin_object().member("code", error.code).member("text", error.text).end_object();
    answer.complaint = fmt::format("{}: {}", input.name, error.text);
  }
  answer.page = json.end_object().next_line().take();
  return answer;
}

int parse(const Arguments& arguments, Console& console) {
  int status = kExitOk;
  const auto inputs = inputs_of(arguments, console, status);
  if (inputs.empty() && status == kExitOk) {
    if (!arguments.requests.empty()) return status;  // asked for nothing
    console.say("no FILE to read; `newsd parse -` reads stdin");
    return kExitUsage;
  }
  const auto forced = format_from_name(arguments.input_format).value_or(Format::Unknown);
  const bool as_text = arguments.as == "text", as_feed = arguments.as == "feed";
  Config config;
  if (!arguments.config.empty()) {
    auto given = configured(arguments.config, {}, console);
    if (!given) return kExitConfig;
    config = *std::move(given);
  }
  std::shared_ptr<const Preparation> preparation;  // only events have labels, whose models take a moment to load
  if (!as_text && !as_feed) {
    auto made = make_preparation(config);
    if (!made) {
      console.say(made.error());
      return kExitConfig;
    }
    preparation = std::move(*made);
  }
  const Palette palette = palette_of(console);
  EventPrinter printer(arguments.format, console);
  ParseStream stream;

  in_order<Answer>(
      inputs.size(), std::max(1u, std::thread::hardware_concurrency()),
      [&](std::size_t i) {
        if (as_feed) return answer_with_feed(inputs[i], config.limits, console.in());
        const auto opened = open_input(inputs[i], config.limits.max_bytes, forced, console.in());
        return as_text ? answer_with_page(opened, inputs[i].name, config.limits, palette)
                       : answer_with_event(opened, inputs[i].name, *preparation);
      },
      [&](Answer answer) {
        if (!answer.complaint.empty()) {
          console.say(answer.complaint);
          status = kExitBadInput;
        }
        if (as_text || as_feed)
          console.out().write(answer.page);
        else
          stream.each_line(std::move(answer.prepared), [&](std::string_view line) { printer.print(line); });
        return !console.out().ended();
      });
  return status;
}

}  // namespace

Command parse_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "parse",
      .brief = "what newsd makes of files: no daemon, no state",
      .about =
          "Reads and labels files and prints what would be announced: one event an article, in the order of the "
          "inputs, every article as new. A part "
          "that holds no article is answered by newsd.article.rejected, a file that cannot be read by "
          "newsd.input.quarantined; then the exit status "
          "is 65.",
      .options = {{"FILE", "", "files to read; \"-\" is stdin", &a->files, {}, Option::Completes::Files},
                  {"--input-format", "FORMAT", "what the files are, instead of looking", &a->input_format,
                   input_format_names()},
                  {"--as",
                   "VIEW",
                   "events (the default), the article for people with what was left out, or the feed model",
                   &a->as,
                   {"event", "text", "feed"}},
                  {"--format", "FORMAT", "encoding of events; default: text on a terminal, else cloudevents",
                   &a->format, encoding_names()},
                  {"--url", "URL", "the address the files came from", &a->url},
                  {"--requests",
                   "FILE",
                   "{\"file\", \"url\", \"headers\"} lines to take the inputs from",
                   &a->requests,
                   {},
                   Option::Completes::Files},
                  {"-c,--config",
                   "FILE",
                   "read and label with the limits, rules, lexicons and models of this configuration",
                   &a->config,
                   {},
                   Option::Completes::Files}},
      .examples = {{"newsd parse --as text article.txt",
                    "the article, and every line that was taken for something else"},
                   {"newsd parse --as feed feed.xml", "what the feed says, in one model for all formats"},
                   {"newsd parse *.txt | jq -r '.data.item.title'", "one event a line"},
                   {"cat wire.ndjson | newsd parse --input-format article-ndjson -", "one article a line on stdin"}},
      .more = "man newsd, EVENTS; newsd schema"};
  command.run = [a](Console& console) { return parse(*a, console); };
  return command;
}

}  // namespace newsd
