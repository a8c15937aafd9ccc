#include "feeds/fetch/fetcher.h"

#include <algorithm>
#include <string_view>

namespace newsd {

std::string_view code_of(FetchError e) {
  switch (e) {
    case FetchError::Dns: return "dns";
    case FetchError::Connect: return "connect";
    case FetchError::Tls: return "tls";
    case FetchError::Timeout: return "timeout";
    case FetchError::Truncated: return "truncated";
    case FetchError::Protocol: return "protocol";
    case FetchError::TooLarge: return "too-large";
    case FetchError::BlockedAddress: return "blocked-address";
    case FetchError::BlockedScheme: return "blocked-scheme";
    case FetchError::TooManyRedirects: return "too-many-redirects";
    case FetchError::RedirectLoop: return "redirect-loop";
    case FetchError::BadUrl: return "bad-url";
    case FetchError::Stopped: return "stopped";
  }
  return "protocol";
}

std::string permanent_target(const std::vector<FetchHop>& hops) {
  std::string target;
  for (const FetchHop& hop : hops) {
    if (hop.status != 301 && hop.status != 308) break;
    target = hop.target;
  }
  return target;
}

std::string origin_of(std::string_view url) {
  const auto authority = url.find("//");
  if (authority == std::string_view::npos) return std::string(url);
  const auto end = std::min(url.find_first_of("/?#", authority + 2), url.size());
  std::string origin(url.substr(0, authority + 2));
  const std::string_view host = url.substr(authority + 2, end - authority - 2);
  origin += host.substr(host.rfind('@') == std::string_view::npos ? 0 : host.rfind('@') + 1);
  std::transform(origin.begin(), origin.end(), origin.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return origin;
}

}  // namespace newsd
