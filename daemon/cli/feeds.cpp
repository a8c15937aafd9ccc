#include "daemon/app/exit_status.h"
#include "daemon/app/feed_polling.h"
#include "daemon/cli/command.h"
#include "daemon/cli/configured.h"
#include "daemon/cli/feed_exchange.h"
#include "daemon/cli/feed_list.h"
#include "daemon/cli/feed_words.h"
#include "daemon/cli/fetch_feed.h"
#include "daemon/cli/input_file.h"
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
  bool full_text = false, unchecked = false;
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

/// What is subscribed to for an address: the feed that is there, or the first that the page there names and that is
/// one.
struct FeedAtAddress {
  std::string url;
  std::string why_not;              ///< empty: url is a feed
  std::vector<std::string> others;  ///< that the page names besides
};

FeedAtAddress feed_at(const std::string& url, const Config& config) {
  constexpr std::size_t kTried = 5;  // of the feeds a page names
  const auto fetched = fetch_feed(url, config);
  if (!fetched) return {url, fetched.error().text, {}};
  const std::string why_not = words_of(*fetched);
  if (why_not.empty()) return {url, {}, {}};
  std::vector<std::string> named = feeds_named(fetched->answer);
  for (std::size_t i = 0; i < std::min(named.size(), kTried); ++i) {
    const auto feed = fetch_feed(named[i], config);
    if (!feed || !words_of(*feed).empty()) continue;
    FeedAtAddress found{named[i], {}, {}};
    named.erase(named.begin() + static_cast<std::ptrdiff_t>(i));
    found.others = std::move(named);
    return found;
  }
  return {url, named.empty() ? why_not : "the page there names feeds, but none of them can be read", {}};
}

/// The journal's rows by feed; none when there is no journal yet.
Result<std::map<std::string, RememberedFeed>> states_of(const Config& config) {
  std::map<std::string, RememberedFeed> states;
  auto reader = JournalReader::open(config.state_dir);
  if (!reader) {
    if (reader.error().is(JournalError::NotFound)) return states;
    return reader.error();
  }
  auto rows = (*reader)->feeds();
  if (!rows) return rows.error();
  for (RememberedFeed& feed : remembered_feeds(*rows)) states.emplace(feed.feed, feed);
  return states;
}

int list(const Config& config, Console& console) {
  const auto states = states_of(config);
  if (!states) return fail(console, states.error());
  const Instant now = system_now();
  for (const FeedConfig& feed : config.feeds) {
    const auto state = states->find(feed.url);
    const FeedState* known = state == states->end() ? nullptr : &state->second.state;
    FeedStanding standing{feed.url, feed.name, {}, known, known == nullptr ? Instant::max() : known->next_poll};
    if (known != nullptr) standing.hub = &state->second.hub;
    if (feed.interval.count() > 0) standing.interval = feed.interval;
    JsonText json;
    if (!console.out_is_terminal()) write_feed(json, standing, config.fetch, now);
    console.out().line(console.out_is_terminal() ? feed_words(standing, config.fetch, now) : json.take());
  }
  if (config.feeds.empty()) console.say("there are no feeds: no [[feed]] in the configuration, none added");
  return kExitOk;
}

bool is_among(const std::vector<FeedConfig>& feeds, const std::string& url) {
  return std::any_of(feeds.begin(), feeds.end(), [&](const FeedConfig& feed) { return feed.url == url; });
}

bool has_name(const std::vector<FeedConfig>& feeds, const std::string& name) {
  return std::any_of(feeds.begin(), feeds.end(), [&](const FeedConfig& feed) { return feed.name == name; });
}

int add(const Arguments& arguments, const Config& config, Console& console) {
  auto feeds = read_feed_list(config.state_dir);
  if (!feeds) return fail(console, feeds.error());
  if (!arguments.name.empty() && (has_name(config.feeds, arguments.name) || has_name(*feeds, arguments.name))) {
    console.say(fmt::format("a feed is named {} already: names are used once", arguments.name));
    return kExitUsage;
  }
  int status = kExitOk;
  bool changed = false;
  for (const std::string& url : arguments.urls) {
    if (const auto why = refuse_url(url); !why.empty()) {
      console.say("the address " + why);
      status = kExitUsage;
      continue;
    }
    const auto is_known = [&](const std::string& address) {
      const bool known = is_among(config.feeds, address) || is_among(*feeds, address);
      if (known) console.say(fmt::format("{}: is subscribed to already", address));
      return known;
    };
    if (is_known(url)) continue;
    FeedConfig feed;
    feed.url = url;
    if (!arguments.unchecked) {
      const FeedAtAddress found = feed_at(url, config);
      if (!found.why_not.empty()) {
        console.say(fmt::format("{}: not added: {}; --unchecked adds it all the same", url, found.why_not));
        status = kExitBadInput;
        continue;
      }
      if (found.url != url) {
        console.say(fmt::format("{}: the page names the feed {}{}{}", url, found.url,
                                found.others.empty() ? "" : ", and besides ", fmt::join(found.others, " ")));
        if (is_known(found.url)) continue;
        feed.url = found.url;
      }
    }
    feed.name = arguments.name;
    if (!arguments.interval.empty()) feed.interval = *parse_duration(arguments.interval);
    feed.full_text = arguments.full_text;
    feeds->push_back(std::move(feed));
    changed = true;
  }
  if (!changed) return status;
  if (auto written = write_feed_list(config.state_dir, *feeds); !written) return fail(console, written.error());
  return status;
}

/// Takes the feeds of OPML files over, as they are listed there: whether they are feeds is seen when they are polled.
int import(const Arguments& arguments, const Config& config, Console& console) {
  auto feeds = read_feed_list(config.state_dir);
  if (!feeds) return fail(console, feeds.error());
  std::vector<FeedConfig> subscribed = config.feeds;
  int status = kExitOk;
  bool changed = false;
  for (const std::string& file : arguments.urls) {
    const auto bytes = read_input(file, config.limits.max_bytes, console.in());
    const auto listed = bytes ? read_opml(*bytes) : Result<std::vector<OpmlFeed>>(bytes.error());
    if (!listed) {
      console.say(fmt::format("{}: {}", file, listed.error().text));
      status = kExitBadInput;
      continue;
    }
    const FeedImport done = import_feeds(*listed, subscribed);
    for (const std::string& why : done.refused) console.say(fmt::format("{}: {}", file, why));
    console.say(fmt::format("{}: {} feeds added, {} known already, {} refused", file, done.added.size(), done.known,
                            done.refused.size()));
    if (!done.refused.empty()) status = kExitBadInput;
    subscribed.insert(subscribed.end(), done.added.begin(), done.added.end());
    feeds->insert(feeds->end(), done.added.begin(), done.added.end());
    changed = changed || !done.added.empty();
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
    for (const std::string& named : feeds_named(answer)) console.say("the page there names the feed " + named);
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
  if (!arguments.name.empty() && arguments.urls.size() > 1) {
    console.say("--name names one feed: give one address");
    return kExitUsage;
  }
  const bool needs_argument = arguments.action != "list" && arguments.action != "export";
  if (needs_argument == arguments.urls.empty()) {
    console.say(!needs_argument                ? arguments.action + " takes no address"
                : arguments.action == "import" ? "which file? \"-\" is stdin"
                                               : "which feed? give its address");
    return kExitUsage;
  }
  Overrides overrides;
  overrides.state_dir = arguments.state_dir;
  const auto config = configured(config_file_of(arguments.config), overrides, console);
  if (!config) return kExitConfig;
  if (arguments.action == "list") return list(*config, console);
  if (arguments.action == "add") return add(arguments, *config, console);
  if (arguments.action == "rm") return remove(arguments, *config, console);
  if (arguments.action == "import") return import(arguments, *config, console);
  if (arguments.action == "export") {
    console.out().write(export_feeds(config->feeds));
    return kExitOk;
  }
  int status = kExitOk;
  for (const std::string& url : arguments.urls) status = std::max(status, test(url, *config, console));
  return status;
}

}  // namespace

Command feeds_command() {
  auto a = std::make_shared<Arguments>();
  Command command{
      .name = "feeds",
      .brief = "add, remove, list and try feeds, take over lists of them",
      .about =
          "add subscribes to feeds, after a look whether they are feeds; of a site's address the first feed that its "
          "page names. import subscribes to the feeds of OPML files, which other readers export; rm ends a "
          "subscription. All three change feeds.toml in the state directory, which a running daemon takes up within "
          "seconds; feeds of the configuration are changed there. export writes all feeds as OPML, without "
          "credentials. list says of every feed how it is doing: to a terminal in words, else one JSON object a line. "
          "test fetches once, without daemon or state, and shows what came.",
      .options = {{"ACTION",
                   "",
                   "what to do",
                   &a->action,
                   {"add", "rm", "list", "test", "import", "export"},
                   Option::Completes::Nothing,
                   true},
                  {"URL", "", "addresses of feeds or sites; of rm also names, of import files (\"-\" is stdin)",
                   &a->urls},
                  {"--name", "NAME", "add: the input's name in events", &a->name},
                  {"--interval", "TIME", "add: poll it every so often instead of adaptively", &a->interval},
                  {"--full-text", "", "add: tell its entries with the text of the pages they link to", &a->full_text},
                  {"--unchecked", "", "add: without a look at what is there", &a->unchecked},
                  journal_config_option(a->config),
                  {"--state-dir", "DIR", "where the state is, instead", &a->state_dir, {}, Option::Completes::Folders}},
      .examples = {{"newsd feeds add https://news.example/rss --name desk", "subscribe, if that is a feed"},
                   {"newsd feeds import subscriptions.opml", "what another reader subscribed to"},
                   {"newsd feeds list", "state, last success, next poll, what is wrong"},
                   {"newsd feeds test https://news.example/rss", "what a poll would find"}},
      .more = "man newsd, FILES; [[feed]] and [fetch] in /etc/newsd/newsd.toml"};
  command.run = [a](Console& console) { return feeds(*a, console); };
  return command;
}

}  // namespace newsd
