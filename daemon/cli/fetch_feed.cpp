#include "daemon/cli/fetch_feed.h"

#include "daemon/app/feed_polling.h"
#include "daemon/ops/clock.h"
#include "feeds/format/parse_feed.h"
#include "feeds/source/fetched_document.h"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace newsd {

Result<FetchedFeed> fetch_feed(const std::string& url, const Config& config, const std::string& authorization) {
  boost::asio::io_context io;
  CurlFetcher fetcher(io, fetch_options(config.fetch));
  FetchRequest request;
  request.url = request.authorized_url = url;
  request.authorization = authorization;
  std::optional<Result<FetchAnswer>> came;
  fetcher.fetch(std::move(request), [&](Result<FetchAnswer> answer) {
    came = std::move(answer);
    io.stop();
  });
  io.run();
  if (!*came) return came->error();

  FetchAnswer answer = std::move(**came);
  const Document document = fetched_document(OriginKind::Feed, answer.final_url, answer, system_now());
  ReadLimits limits = config.limits;
  limits.max_bytes = std::max(limits.max_bytes, document.bytes.size());
  Result<Reading> reading = read(document, limits);
  return FetchedFeed{std::move(answer), std::move(reading)};
}

std::vector<std::string> feeds_named(const FetchAnswer& answer) {
  std::vector<std::string> addresses;
  const std::string type(answer.header.value("content-type").value_or(""));
  const auto document = parse_feed_document(answer.body, {answer.final_url, type, {}, {}});
  if (!document) return addresses;
  if (const auto* list = std::get_if<FeedList>(&*document); list != nullptr && list->format == FeedFormat::Html) {
    for (const FoundFeed& found : list->found) addresses.push_back(found.url);
  }
  return addresses;
}

}  // namespace newsd
