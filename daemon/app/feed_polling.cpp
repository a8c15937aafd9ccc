#include "daemon/app/feed_polling.h"

#include "daemon/ops/clock.h"
#include "daemon/ops/log.h"
#include "daemon/serve/hub_answer.h"
#include "feeds/text/base64.h"

#include <array>
#include <fstream>
#include <utility>

namespace newsd {
namespace {

constexpr std::size_t kLongestCredentials = 4096;

void log_feed_notice(const SourceNotice& notice) {
  switch (notice.kind) {
    case SourceNotice::Kind::Recovered: return log_info("feed", "well again", {{"feed", notice.error.where}});
    case SourceNotice::Kind::News: return log_info("feed", notice.error.text, {{"feed", notice.error.where}});
    case SourceNotice::Kind::Trouble: break;
  }
  log_warn("feed", notice.error.text, {{"code", notice.error.code}, {"feed", notice.error.where}});
}

FeedPollerOptions poller_options(const FetchConfig& config, const WebSubConfig& websub, bool once) {
  FeedPollerOptions options;
  options.min_interval = config.min_interval;
  options.max_interval = config.max_interval;
  options.per_host = config.per_host;
  options.max_sitemaps = config.max_sitemaps;
  options.once = once;
  options.clock = system_clock();
  options.tell = log_feed_notice;
  options.websub = websub_options(websub);
  return options;
}

PageOptions page_options(const FetchConfig& config, bool once) {
  PageOptions options;
  options.interval = config.page_interval;
  options.patience = config.page_patience;
  options.most = config.max_pages;
  options.user_agent = config.user_agent;
  options.once = once;
  options.clock = system_clock();
  return options;
}

std::vector<FeedSubscription> subscriptions_of(const Config& config) {
  std::vector<FeedSubscription> all;
  for (const FeedConfig& feed : config.feeds) {
    FeedSubscription subscription;
    subscription.url = feed.url;
    subscription.name = feed.name;
    subscription.full_text = feed.full_text;
    if (feed.interval.count() > 0) subscription.interval = feed.interval;
    if (!feed.credentials_file.empty()) {
      auto authorization = authorization_of(feed.credentials_file);
      if (authorization)
        subscription.authorization = *std::move(authorization);
      else
        log_warn("feed", "is asked for without credentials",
                 {{"feed", feed.url}, {"error", authorization.error().message()}});
    }
    all.push_back(std::move(subscription));
  }
  return all;
}

}  // namespace

WebSubOptions websub_options(const WebSubConfig& config) {
  WebSubOptions options;
  if (config.public_url.empty()) return options;
  const std::string_view base = config.public_url;
  options.callback_base = std::string(base.substr(0, base.find_last_not_of('/') + 1)) + std::string(kHubPath);
  options.lease = std::chrono::duration_cast<std::chrono::seconds>(config.lease);
  options.backup_poll = config.backup_poll;
  options.max_content = config.max_content;
  return options;
}

FetchOptions fetch_options(const FetchConfig& config) {
  FetchOptions options;
  options.user_agent = config.user_agent;
  std::vector<AddressRange> allowed;
  for (const std::string& cidr : config.allow_private) {
    if (const auto range = AddressRange::parse(cidr)) allowed.push_back(*range);
  }
  options.addresses = AddressRules(std::move(allowed));
  options.proxy = config.proxy;
  options.timeout = config.timeout;
  options.connect_timeout = config.connect_timeout;
  options.max_body = config.max_body;
  options.max_ratio = config.max_ratio;
  options.max_redirects = config.max_redirects;
  options.per_host = config.per_host;
  options.at_once = config.at_once;
  return options;
}

Result<std::string> authorization_of(const std::filesystem::path& credentials_file) {
  std::ifstream in(credentials_file, std::ios::binary);
  std::array<char, kLongestCredentials + 1> bytes{};
  in.read(bytes.data(), bytes.size());
  if (!in.eof()) return Error(ConfigError::Unreadable, "cannot be read, or is no line", credentials_file.string());
  std::string_view line(bytes.data(), static_cast<std::size_t>(in.gcount()));
  line = line.substr(0, line.find_first_of("\r\n"));
  for (const char c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return Error(ConfigError::Unreadable, "holds a control character", credentials_file.string());
  }
  const auto cut = line.find_first_of(" :");
  if (cut == std::string_view::npos || cut == 0)
    return Error(ConfigError::Unreadable, "holds neither \"user:password\" nor \"Bearer …\"",
                 credentials_file.string());
  return line[cut] == ' ' ? std::string(line) : "Basic " + base64(line);
}

std::vector<RememberedFeed> remembered_feeds(const std::vector<FeedRow>& rows) {
  std::vector<RememberedFeed> feeds;
  for (const FeedRow& row : rows) {
    auto state = decode_feed_state(row.state);
    auto shown = decode_shown(row.shown.value_or(""));
    auto hub = decode_hub_state(row.hub.value_or(""));
    if (!state || !shown) {
      log_warn("feed", "what is remembered of it cannot be read: it is polled as if for the first time",
               {{"feed", row.feed}, {"error", (state ? shown.error() : state.error()).message()}});
      continue;
    }
    if (!hub) log_warn("feed", "its subscription at a hub cannot be read: another is asked for", {{"feed", row.feed}});
    feeds.push_back({row.feed, *std::move(state), *std::move(shown), hub ? *std::move(hub) : HubState{}});
  }
  return feeds;
}

std::vector<HeldEntry> remembered_entries(const std::vector<HeldRow>& rows) {
  std::vector<HeldEntry> entries;
  for (const HeldRow& row : rows) {
    auto entry = decode_held_entry(row.key, row.entry);
    if (entry)
      entries.push_back(*std::move(entry));
    else
      log_warn("feed", "an entry that waits for its page cannot be read: it is left out",
               {{"entry", row.key}, {"error", entry.error().message()}});
  }
  return entries;
}

FeedPolling::FeedPolling(boost::asio::io_context& io, Sink& sink, const Config& config, RememberedPolling remembered,
                         bool once) {
  auto fetcher = std::make_unique<CurlFetcher>(io, fetch_options(config.fetch));
  fetcher_ = fetcher.get();
  poller_ =
      std::make_unique<FeedPoller>(io, sink, std::move(fetcher), poller_options(config.fetch, config.websub, once),
                                   page_options(config.fetch, once), std::move(remembered));
  poller_->subscribe(subscriptions_of(config));
}

void FeedPolling::apply(const Config& config) {
  fetcher_->set_options(fetch_options(config.fetch));
  poller_->set_intervals(config.fetch.min_interval, config.fetch.max_interval, config.fetch.per_host);
  poller_->set_max_sitemaps(config.fetch.max_sitemaps);
  poller_->set_page_pace(page_options(config.fetch, false));
  poller_->subscribe(subscriptions_of(config));
  poller_->set_websub(websub_options(config.websub));
}

std::vector<FeedStanding> FeedPolling::standings() const {
  std::vector<FeedStanding> all;
  poller_->each([&](const FeedSubscription& subscription, const FeedState& state, Instant due, const HubState* hub) {
    all.push_back({subscription.url, subscription.name, subscription.interval, &state, due, hub});
  });
  return all;
}

}  // namespace newsd
