#include "tests/feeds/fetch/fetch_once.h"

#include <catch2/catch.hpp>

#include <chrono>

namespace newsd {
namespace {

using namespace std::chrono_literals;

std::string chunk(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string size;
  for (std::size_t n = bytes.size(); n > 0; n /= 16) size.insert(size.begin(), kHex[n % 16]);
  return size + "\r\n" + std::string(bytes) + "\r\n";
}

FetchOptions small() {
  FetchOptions options = test_options();
  options.max_body = 3 << 20;
  options.timeout = 400ms;
  return options;
}

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

TEST_CASE("a body without end is cut off at the limit, counted as decoded") {
  std::atomic<std::uint64_t> sent = 0;
  HttpOrigin origin([&](const OriginRequest&, int, const OriginWrite& write) {
    write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string part = chunk(std::string(60'000, 'x'));
    while (write(part)) sent += part.size();
    return false;
  });
  FetchOptions options = small();
  options.timeout = 10s;
  CHECK(fetch_once(origin.url(), options).error().is(FetchError::TooLarge));
  CHECK(sent < 20'000'000);
}

TEST_CASE("a length that is announced too large, and a body of an answer nobody reads, cost nothing") {
  HttpOrigin origin([&](const OriginRequest& request, int, const OriginWrite& write) {
    write(request.path == "/feed" ? "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
                                  : "HTTP/1.1 404 No\r\nContent-Length: 99999999999\r\n\r\n");
    const std::string part(60'000, 'x');
    while (write(part)) {}
    return false;
  });
  FetchOptions options = small();
  options.timeout = 10s;
  CHECK(fetch_once(origin.url(), options).error().is(FetchError::TooLarge));
  const auto missing = fetch_once(origin.url("/missing"), options);
  REQUIRE(missing.has_value());
  CHECK(missing->status == 404);
  CHECK(missing->body.empty());
}

TEST_CASE("a header without end is cut off") {
  HttpOrigin origin([](const OriginRequest&, int, const OriginWrite& write) {
    write("HTTP/1.1 200 OK\r\n");
    const std::string line = "X-Fill: " + std::string(1000, 'y') + "\r\n";
    while (write(line)) {}
    return false;
  });
  FetchOptions options = small();
  options.timeout = 10s;
  const auto answer = fetch_once(origin.url(), options);
  REQUIRE(answer.has_error());
  CHECK((answer.error().is(FetchError::TooLarge) || answer.error().is(FetchError::Protocol)));
}

TEST_CASE("silence and drops of bytes end with the time") {
  std::atomic<bool> end = false;
  HttpOrigin origin([&](const OriginRequest& request, int, const OriginWrite& write) {
    if (request.path == "/silent") return true;
    write("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n");
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (!end && write("x") && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    return false;
  });
  for (const char* path : {"/silent", "/drops"}) {
    CAPTURE(path);
    CHECK(seconds_of([&] { CHECK(fetch_once(origin.url(path), small()).error().is(FetchError::Timeout)); }) < 3);
  }
  end = true;
}

TEST_CASE("a body that ends before its length is truncated, not short") {
  HttpOrigin origin([](const OriginRequest&, int, const OriginWrite& write) {
    write("HTTP/1.1 200 OK\r\nETag: \"cut\"\r\nContent-Length: 900\r\n\r\n<rss>");
    return false;
  });
  CHECK(fetch_once(origin.url()).error().is(FetchError::Truncated));
}

TEST_CASE("addresses that are not public are not connected to, by whatever name or redirect") {
  const auto here = [](const OriginRequest&, int, const OriginWrite& write) {
    return write(http_answer(200, {}, "in"));
  };
  HttpOrigin inside(here);
  const std::string port = std::to_string(inside.port());
  FetchOptions none = test_options();
  none.addresses = {};
  for (const std::string& url : {inside.url(), "http://localhost:" + port + "/", "http://0x7f000001:" + port + "/",
                                 "http://2130706433:" + port + "/", "http://127.1:" + port + "/",
                                 "http://[::ffff:127.0.0.1]:" + port + "/", "http://0.0.0.0:" + port + "/"}) {
    CAPTURE(url);
    const auto answer = fetch_once(url, none);
    REQUIRE(answer.has_error());
    CHECK((answer.error().is(FetchError::BlockedAddress) || answer.error().is(FetchError::BadUrl)));
  }
  CHECK(inside.requests().empty());
  CHECK(inside.connections() == 0);
}

TEST_CASE("a redirect is held to the same rules as the address that was asked for") {
  HttpOrigin inside(
      [](const OriginRequest&, int, const OriginWrite& write) { return write(http_answer(200, {}, "in")); });
  const std::string there = "http://127.0.0.2:" + std::to_string(inside.port()) + "/";
  HttpOrigin origin([&](const OriginRequest& request, int, const OriginWrite& write) {
    return write(http_answer(302, {request.path == "/file" ? "Location: file:///etc/passwd" : "Location: " + there}));
  });
  CHECK(fetch_once(origin.url()).error().is(FetchError::BlockedAddress));
  CHECK(fetch_once(origin.url("/file")).error().is(FetchError::BlockedScheme));
  CHECK(inside.connections() == 0);
}

TEST_CASE("large bodies are taken a few at a time") {
  HttpOrigin origin([](const OriginRequest&, int, const OriginWrite& write) {
    return write(http_answer(200, {}, std::string(2 << 20, 'x')));
  });
  FetchOptions options = test_options();
  options.per_host = 16;
  std::vector<FetchRequest> requests(16);
  for (FetchRequest& request : requests) request.url = origin.url();
  for (const auto& answer : fetch_all(requests, options)) {
    REQUIRE(answer.has_value());
    CHECK(answer->body.size() == 2 << 20);
  }
}

}  // namespace
}  // namespace newsd
