// A real HTTP/1.1 server for tests, on a port of its own: answers by a script, remembers what it was asked. Its
// connections are served by threads; nothing outlives it.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace newsd {

/// Header names in lower case.
struct OriginRequest {
  std::string method, path;
  std::map<std::string, std::string> headers;
  std::string body;  ///< as long as Content-Length says
  bool has(const std::string& name) const { return headers.contains(name); }
};

/// Writes to the client; false: it is gone.
using OriginWrite = std::function<bool(std::string_view)>;

class HttpOrigin {
 public:
  /// n: how often this path was asked for before. The script writes the whole answer; the connection is closed then,
  /// unless it returns true.
  using Script = std::function<bool(const OriginRequest&, int n, const OriginWrite&)>;
  /// address: "127.0.0.1" or "::1".
  explicit HttpOrigin(Script script, const std::string& address = "127.0.0.1");
  ~HttpOrigin();
  HttpOrigin(const HttpOrigin&) = delete;
  HttpOrigin& operator=(const HttpOrigin&) = delete;

  /// "http://127.0.0.1:4711" + path.
  std::string url(std::string_view path = "/feed") const;
  int port() const { return port_; }
  std::vector<OriginRequest> requests() const;
  /// Connections ever, and the most requests that were answered at one time.
  int connections() const { return connections_; }
  int most_at_once() const { return most_at_once_; }
  /// Whether the origin was told to end: a script that waits looks at it.
  bool is_ending() const { return ending_; }

 private:
  void accept();
  void serve(int fd);

  Script script_;
  std::string host_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<int> connections_{0}, at_once_{0}, most_at_once_{0};
  mutable std::mutex mutex_;  // guards what follows
  std::vector<OriginRequest> requests_;
  std::map<std::string, int> counts_;
  std::vector<int> open_;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

/// "HTTP/1.1 200 OK", the header lines, Content-Length and the body.
std::string http_answer(int status, const std::vector<std::string>& header, std::string_view body = {});

}  // namespace newsd
