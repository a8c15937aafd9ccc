// Fetches with the real CurlFetcher from an origin of the test's own.
#pragma once

#include "feeds/fetch/curl_fetcher.h"
#include "tests/support/http_origin.h"

#include <boost/asio/io_context.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace newsd {

/// Loopback is allowed: that is where test origins are.
inline FetchOptions test_options() {
  FetchOptions options;
  options.user_agent = "newsd-test/1 (+https://newsd.example)";
  options.addresses = AddressRules({*AddressRange::parse("127.0.0.1/32"), *AddressRange::parse("::1/128")});
  options.timeout = std::chrono::seconds(10);
  return options;
}

inline std::vector<Result<FetchAnswer>> fetch_all(const std::vector<FetchRequest>& requests,
                                                  const FetchOptions& options = test_options()) {
  boost::asio::io_context io;
  CurlFetcher fetcher(io, options);
  std::vector<Result<FetchAnswer>> answers;
  for (const FetchRequest& request : requests) {
    fetcher.fetch(request, [&](Result<FetchAnswer> answer) {
      answers.push_back(std::move(answer));
      if (answers.size() == requests.size()) io.stop();
    });
  }
  io.run();
  return answers;
}

inline Result<FetchAnswer> fetch_once(FetchRequest request, const FetchOptions& options = test_options()) {
  return std::move(fetch_all({std::move(request)}, options).front());
}
inline Result<FetchAnswer> fetch_once(const std::string& url, const FetchOptions& options = test_options()) {
  FetchRequest request;
  request.url = url;
  return fetch_once(std::move(request), options);
}

}  // namespace newsd
