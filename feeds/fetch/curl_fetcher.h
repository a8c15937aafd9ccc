// CurlFetcher: the Fetcher that really fetches, with libcurl. I/O thread. HTTP/1.1 and 2, gzip, br and zstd; no
// cookies, no referrer, no proxy but the one configured. Bounded in time, redirects, header and decoded bytes, requests
// to a host and altogether; it connects to no address that the rules forbid, whatever a name resolves to.
#pragma once

#include "feeds/fetch/fetcher.h"
#include "feeds/http/address.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace newsd {

struct FetchOptions {
  std::string user_agent;
  AddressRules addresses;
  std::string proxy;  ///< "http://host:port", "socks5h://…"; empty: none. Behind one it is the proxy that resolves
                      ///< names and connects: the address rules then hold for the proxy alone
  std::chrono::milliseconds timeout = std::chrono::seconds(30);          ///< of a request with all its redirects
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);  ///< of resolving and connecting
  std::uint64_t max_body = 16 << 20;                                     ///< decoded
  std::uint64_t max_ratio = 200;  ///< of decoded to transferred bytes, beyond the first MiB
  std::size_t max_redirects = 5;
  std::size_t per_host = 2;  ///< requests at a time to one host and port
  std::size_t at_once = 64;  ///< altogether
};

class CurlFetcher final : public Fetcher {
 public:
  CurlFetcher(boost::asio::io_context& io, FetchOptions options);
  ~CurlFetcher() override;
  void fetch(FetchRequest request, Done done) override;
  void stop() override;
  /// For requests made from now on.
  void set_options(FetchOptions options);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace newsd
