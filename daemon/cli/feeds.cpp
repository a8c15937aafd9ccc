#include "daemon/app/exit_status.h"
#include "daemon/app/feed_polling.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/feed_list.h"
#include "daemon/cli/feed_words.h"
#include "daemon/cli/fetch_feed.h"
#include "daemon/config/quantity.h"
#include "daemon/config/values.h"
#include "daemon/journal/journal.h"
#include "daemon/ops/clock.h"
#include "feeds/http/cache.h"
#include "feeds/http/header_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace newsd {
namespace {

struct Arguments {
  std::string action, config, state_dir, name, interval;
  std::vector<std::string> urls;
  bool unchecked = false;
};

int fail(Console& console, const Error& error) {
  console.say(error);
  return exit_status_of(error);
}

std::string words_of(const FetchedFeed& fetched) {
  if (fetched.answer.status != 200) return fmt::format("the server answers with status {}", fetched.answer.status);
  if (!fetched.reading) return fetched.reading.error().text;
  return fetched.reading->feed ? std::string() : "what is there is no feed";
}

/// The journal's rows by feed; none when there is no journal yet.
Result<std::map<std::string, FeedState>> states_of(const Config& config) {
  std::map<std::string, FeedState> states;
  auto reader = JournalReader::open(config.state_dir);
  if (!reader) {
    if (reader.error().is(JournalError::NotFound)) return states;
    return reader.error();
  }
  auto rows = (*reader)->feeds();
  if (!rows) return rows.error();
  for (RememberedFeed& feed : remembered_feeds(*rows)) states.emplace(feed.feed, std::move(feed.state));
  return states;
}

int list(const Config& config, Console& console) {
  const auto states = states_of(config);
  if (!states) return fail(console, states.error());
  const Instant now = system_now();
  for (const FeedConfig& feed : config.feeds) {
    const auto state = states->find(feed.url);
    const FeedState* known = state == states->end() ? nullptr : &state->second;
    FeedStanding standing{feed.url, feed.name, {}, known, known == nullptr ? Instant::max() : known->next_poll};
    if (feed.interval.count() > 0) standing.interval = feed.interval;
    JsonText json;
    if (!console.out_is_terminal()) write_feed(json, standing, config.fetch, now);
    console.out().line(console.out_is_terminal() ? feed_words(standing, config.fetch, now) : json.take());
  }
  if (config.feeds.empty()) console.say("there are no feeds: no [[feed]] in the configuration, none added");
  return kExitOk;
}

int add(const Arguments& arguments, const Config& config, Console& console) {
  auto feeds = read_feed_list(config.state_dir);
  if (!feeds) return fail(console, feeds.error());
  int status = kExitOk;
  bool changed = false;
  for (const std::string& url : arguments.urls) {
    const auto is_it = [&](const FeedConfig& feed) { return feed.url == url; };
    if (std::any_of(config.feeds.begin(), config.feeds.end(), is_it) ||
        std::any_of(feeds->begin(), feeds->end(), is_it)) {
      console.say(fmt::format("{}: is subscribed to already", url));
      continue;
    }
    if (const auto why = refuse_url(url); !why.empty()) {
      console.say("the address " + why);
      status = kExitUsage;
      continue;
    }
    if (!arguments.unchecked) {
      const auto fetched = fetch_feed(url, config);
      const std::string why = fetched ? words_of(*fetched) : fetched.error().text;
      if (!why.empty()) {
        console.say(fmt::format("{}: not added: {}; --unchecked adds it all the same", url, why));
        status = kExitBadInput;
        continue;
      }
    }
    FeedConfig feed;
    feed.url = url;
    feed.name = arguments.name;
    if (!arguments.interval.empty()) feed.interval = *parse_duration(arguments.interval);
    feeds->push_back(std::move(feed));
    changed = true;
  }
  if (!changed) return status;
  if (auto written = write_feed_list(config.state_dir, *feeds); !written) return fail(console, written.error());
  return status;
}

int remove(const Arguments& arguments, const Config& config, Console& console) {
  auto feeds = read_feed_list(config.state_dir);
  if (!feeds) return fail(console, feeds.error());
  int status = kExitOk;
  bool changed = false;
  for (const std::string& url : arguments.urls) {
    const auto removed =
        std::erase_if(*feeds, [&](const FeedConfig& feed) { return feed.url == url || feed.name == url; });
    changed = changed || removed > 0;
    if (removed > 0) continue;
    const bool configured = std::any_of(config.feeds.begin(), config.feeds.end(),
                                        [&](const FeedConfig& feed) { return feed.url == url || feed.name == url; });
    console.say(fmt::format("{}: {}", url,
                            configured ? "stands in the configuration: take it out there" : "is not subscribed to"));
    status = kExitBadInput;
  }
  if (!changed) return status;
  if (auto written = write_feed_list(config.state_dir, *feeds); !written) return fail(console, written.error());
  return status;
}

/// Fetches once and says what came: for people, whatever the output is.
int test(const std::string& url, const Config& config, Console& console) {
  const auto fetched = fetch_feed(url, config);
  if (!fetched) {
    console.say(fmt::format("{}: {}: {}", url, fetched.error().code, fetched.error().text));
    return kExitUnavailable;
  }
  DataWriter& out = console.out();
  const FetchAnswer& answer = fetched->answer;
  for (const FetchHop& hop : answer.hops) out.line(fmt::format("redirect    {} to {}", hop.status, hop.target));
  out.line(fmt::format("status      {}, {} bytes", answer.status, answer.body.size()));
  const Validators validators = validators_of(answer.header);
  out.line(fmt::format("validators  {}", validators == Validators{}
                                             ? "none: every poll transfers the whole feed"
                                             : validators.etag + " " + validators.last_modified));
  if (const auto fresh = fresh_for(answer.header, system_now()))
    out.line(fmt::format("fresh for   {}", format_duration(*fresh)));
  if (const std::string why = words_of(*fetched); !why.empty()) {
    console.say(fmt::format("{}: {}", url, why));
    return kExitBadInput;
  }
  const FeedFacts& facts = *fetched->reading->feed;
  out.line(fmt::format("feed        {}, \"{}\", {} entries{}", to_string(fetched->reading->origin.format), facts.title,
                       facts.entries, facts.malformed ? ", malformed: " + facts.malformed_reason : ""));
  if (facts.ttl) out.line(fmt::format("ttl         {}", format_duration(*facts.ttl)));
  for (const auto& item : fetched->reading->items) {
    if (const auto* article = std::get_if<Article>(&item)) {
      out.line(fmt::format("entry       {} {}", article->published ? article->published->value : "no date",
                           article->headline.empty() ? article->title : article->headline));
    } else {
      out.line(fmt::format("refused     {}", std::get<Refusal>(item).reason.text));
    }
  }
  return kExitOk;
}

int feeds(const Arguments& arguments, Console& console) {
  if (!arguments.interval.empty() && !parse_duration(arguments.interval)) {
    console.say("--interval must be a duration such as 15m or 2h");
    return kExitUsage;
  }
  const bool needs_url = arguments.action != "list";
  if (needs_url == arguments.urls.empty()) {
    console.say(needs_url ? "which feed? give its address" : "list takes no address");
    return kExitUsage;
  }
  Overrides overrides;
  overrides.state_dir = arguments.state_dir;
  const auto config = configured(config_file_of(arguments.config), overrides, console);
  if (!config) return kExitConfig;
  if (arguments.action == "list") return list(*config, console);
  if (arguments.action == "add") return add(arguments, *config, console);
  if (arguments.action == "rm") return remove(arguments, *config, console);
  int status = kExitOk;
  for (const std::string& url : arguments.urls) status = std::max(status, test(url, *config, console));
  return status;
}

}  // namespace

Command feeds_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "feeds",
      .brief = "add, remove, list and try feeds",
      .about =
          "add subscribes to feeds, after a look whether they are feeds; rm ends that. Both change feeds.toml in the "
          "state directory, which a running daemon takes up within seconds; feeds of the configuration are changed "
          "there. list says of every feed how it is doing: to a terminal in words, else one JSON object a line. test "
          "fetches once, without daemon or state, and shows what came.",
      .options =
          {{"ACTION", "", "what to do", &a->action, {"add", "rm", "list", "test"}, Option::Completes::Nothing, true},
           {"URL", "", "addresses of feeds; of rm also names", &a->urls},
           {"--name", "NAME", "add: the input's name in events", &a->name},
           {"--interval", "TIME", "add: poll it every so often instead of adaptively", &a->interval},
           {"--unchecked", "", "add: without a look at what is there", &a->unchecked},
           journal_config_option(a->config),
           {"--state-dir", "DIR", "where the state is, instead", &a->state_dir, {}, Option::Completes::Folders}},
      .examples = {{"newsd feeds add https://news.example/rss --name desk", "subscribe, if that is a feed"},
                   {"newsd feeds list", "state, last success, next poll, what is wrong"},
                   {"newsd feeds test https://news.example/rss", "what a poll would find"}},
      .more = "man newsd, FILES; [[feed]] and [fetch] in /etc/newsd/newsd.toml"};
  command.run = [a](Console& console) { return feeds(*a, console); };
  return command;
}

}  // namespace newsd
