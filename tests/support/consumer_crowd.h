// ConsumerCrowd: many consumers of one newsd at once, over HTTP (server-sent events, lines, WebSocket) and over its
// unix socket, on one thread. Each comes again behind the last event it has when its connection ends, and counts what
// came that is not the event after that: a repeat, or a hole.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace newsd {

enum class CrowdShape { Sse, Lines, WebSocket, Socket };

struct CrowdMember {
  CrowdShape shape = CrowdShape::Sse;
  std::filesystem::path socket;  ///< a unix socket: of the HTTP server, or with CrowdShape::Socket of the output
  std::uint64_t from = 0;        ///< the sequence it has already
  bool is_slow = false;          ///< takes a few kilobytes now and then
  bool keeps_ids = false;
};

class ConsumerCrowd {
 public:
  explicit ConsumerCrowd(std::vector<CrowdMember> members);
  ~ConsumerCrowd();
  ConsumerCrowd(const ConsumerCrowd&) = delete;
  ConsumerCrowd& operator=(const ConsumerCrowd&) = delete;

  /// Any thread, while it runs.
  std::uint64_t deliveries() const { return deliveries_; }
  std::uint64_t faults() const { return faults_; }  ///< repeats, holes, and lines that are gaps or errors
  std::uint64_t connects() const { return connects_; }
  std::size_t connected() const { return connected_; }
  /// How many have come as far as this.
  std::size_t members_at(std::uint64_t sequence) const;
  /// The last event that anybody has.
  std::uint64_t furthest() const;
  std::size_t size() const { return consumers_.size(); }
  /// Ends all connections; then the ids that a member kept may be looked at.
  void stop();
  const std::vector<std::string>& ids(std::size_t member) const;

 private:
  struct Consumer;
  void run();

  std::vector<std::unique_ptr<Consumer>> consumers_;
  std::atomic<std::uint64_t> deliveries_{0}, faults_{0}, connects_{0};
  std::atomic<std::size_t> connected_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace newsd
